using HwSeed.Hdl.Architectures;

namespace HwSeed.Hdl.Generators.Hosts.Soc;

/// <summary>A batch script that makes an IP of <c>axi_engine</c> for Vivado's catalogue: buses by the names of their ports, their clock and reset.</summary>
public static class VivadoPackage
{
    /// <summary>Name of the script.</summary>
    public const string FileName = "package_ip.tcl";

    /// <summary>The script; it lies beside the Verilog and writes to <c>vivado_ip</c> there.</summary>
    public static string Script(Architecture architecture)
    {
        var top = SocPorts.AxiTop;
        var about = $"{architecture.Rows}x{architecture.Columns} GEMM engine, {architecture.InputBits}-bit activations, {architecture.WeightBits}-bit weights, AXI4-Lite registers and AXI4-Stream data";
        return $$"""
            # Makes a Vivado IP of {{top}}: vivado -mode batch -source {{FileName}} [-tclargs PART]
            # Written for Vivado 2020.1 and later, and not run by HwSeed, which has no Vivado: see hdl/docs/hosts.md.
            set here [file dirname [file normalize [info script]]]
            set build [file join $here vivado_ip]
            set options [expr {[llength $argv] > 0 ? [list -part [lindex $argv 0]] : [list]}]
            create_project -force package_{{top}} [file join $build project] {*}$options
            add_files -norecurse [file join $here {{top}}.v]
            set_property top {{top}} [current_fileset]
            update_compile_order -fileset sources_1

            ipx::package_project -root_dir [file join $build ip] -vendor hwseed -library hwseed -taxonomy /UserIP -import_files -force
            set core [ipx::current_core]
            set_property name {{top}} $core
            set_property version 1.0 $core
            set_property display_name {HwSeed GEMM engine} $core
            set_property description {{{about}}} $core

            # Buses are known by the names of their ports; a name that is not taken for one ends the script.
            set buses {s_axi s_axis_cmd s_axis_data m_axis_result}
            foreach bus $buses {
                if {[llength [ipx::get_bus_interfaces $bus -of_objects $core]] != 1} {
                    error "Vivado found no bus interface $bus"
                }
            }

            if {[llength [ipx::get_bus_interfaces clk -of_objects $core]] == 0} {
                ipx::infer_bus_interface clk xilinx.com:signal:clock_rtl:1.0 $core
            }
            if {[llength [ipx::get_bus_interfaces aresetn -of_objects $core]] == 0} {
                ipx::infer_bus_interface aresetn xilinx.com:signal:reset_rtl:1.0 $core
            }
            set reset [ipx::get_bus_interfaces aresetn -of_objects $core]
            if {[llength [ipx::get_bus_parameters POLARITY -of_objects $reset]] == 0} {
                ipx::add_bus_parameter POLARITY $reset
            }
            set_property value ACTIVE_LOW [ipx::get_bus_parameters POLARITY -of_objects $reset]
            foreach bus $buses {
                ipx::associate_bus_interfaces -busif $bus -clock clk $core
            }
            ipx::associate_bus_interfaces -clock clk -reset aresetn $core

            foreach map [ipx::get_memory_maps -of_objects $core] {
                foreach block [ipx::get_address_blocks -of_objects $map] {
                    set_property range {{1 << AxiLiteSlave.AddressBits}} $block
                }
            }

            ipx::create_xgui_files $core
            ipx::update_checksums $core
            ipx::check_integrity $core
            ipx::save_core $core
            close_project
            puts "IP in [file join $build ip]"

            """;
    }
}
