using System.Globalization;

namespace HwSeed.Toolchain;

/// <summary>A Vivado project of an engine alone, without pins: synthesis and, if asked for, place and route out of context.</summary>
internal static class XilinxProject
{
    public static IReadOnlyList<ProjectFile> Files(VendorProjectRequest request) =>
    [
        new($"{request.Engine}.xdc", string.Create(CultureInfo.InvariantCulture, $"""
            # {request.ClockMhz} MHz
            create_clock -name clk -period {1000 / request.ClockMhz:F3} [get_ports clk]

            """).ReplaceLineEndings("\n")),
        new("vivado.tcl", Tcl(request)),
        VendorProject.Script($"Vivado's own synthesis of the engine for {request.Device.Part}: build/*.rpt; 'sh {VendorProject.ScriptName} route' places and routes too",
            [("vivado", "AMD Vivado; source its settings64.sh first")],
            "vivado -mode batch -nojournal -log build/vivado.log -source vivado.tcl -tclargs \"$@\"\n"),
        VendorProject.Makefile(request, """
            .PHONY: route
            route:
            	sh build.sh route

            """),
    ];

    private static string Tcl(VendorProjectRequest request) => $$"""
        # vivado -mode batch -source vivado.tcl [-tclargs route]
        # {{request.Engine}} out of context: no pins, so what leaves the engine has no output delay and only its own registers are timed.
        set top {{request.Engine}}
        set part {{request.Device.Part}}
        set here [file dirname [file normalize [info script]]]
        set build [file join $here build]
        file mkdir $build
        if {[llength [get_parts -quiet $part]] == 0} {
            puts stderr "this Vivado has no $part; add the device with Vivado's installer"
            exit 3
        }
        create_project -force $top [file join $build project] -part $part
        read_verilog [file join $here $top.v]
        read_xdc -mode out_of_context [file join $here $top.xdc]
        set_property top $top [current_fileset]
        synth_design -top $top -part $part -mode out_of_context{{(request.Dsps ? "" : " -max_dsp 0")}}
        report_utilization -file [file join $build synthesis-utilisation.rpt]
        report_timing_summary -file [file join $build synthesis-timing.rpt]
        write_checkpoint -force [file join $build synthesis.dcp]
        if {[lsearch -exact $argv route] >= 0} {
            opt_design
            place_design
            phys_opt_design
            route_design
            report_utilization -file [file join $build routed-utilisation.rpt]
            report_timing_summary -file [file join $build routed-timing.rpt]
            write_checkpoint -force [file join $build routed.dcp]
        }

        """.ReplaceLineEndings("\n");
}
