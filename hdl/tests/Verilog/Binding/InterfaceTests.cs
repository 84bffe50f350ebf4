using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Hdl.Tests.Verilog.Binding;

/// <summary>What Verilator cannot run of interfaces, and which ports a module gets of them.</summary>
public sealed class InterfaceTests
{
    private const string Bus = "interface bus_if; logic [3:0] a, b; wire [3:0] w; modport p(input .first(a[1:0]), output .last(b[3])); endinterface\n";

    [Test]
    public void Only_what_a_module_uses_of_an_interface_becomes_its_ports()
    {
        var top = Read("""
            module c(bus_if p, input x); assign p.b[2:1] = p.a[1:0]; assign p.b[3] = x; endmodule
            module m(input [3:0] a, output [3:0] y); bus_if bus(); c u(bus, a[3]); assign bus.a = a; assign bus.b[0] = a[2]; assign y = bus.b; endmodule
            """);
        var ports = top.Top.Instances[0].Module.Ports.Select(p => $"{p.Direction} {p.Name} {p.Width}");
        Assert.That(ports, Is.EquivalentTo(new[] { "Input x 1", "Input p_a 4", "Input p_b_0 1", "Output p_b_3_1 3" }));
        var run = new DesignRun(top);
        run.Set("a", 0b1101);
        Assert.That(run["y"].ToUInt64(), Is.EqualTo(0b1011));
    }

    [Test]
    public void A_modport_may_give_parts_names_of_their_own()
    {
        var run = new DesignRun(Read("""
            module c(bus_if.p p, output y); assign p.last = ^p.first; assign y = p.last; endmodule
            module m(input [3:0] a, output y, z); bus_if bus(); c u(.p(bus), .y(y)); assign bus.a = a; assign z = bus.b[3]; endmodule
            """));
        run.Set("a", 0b1101);
        Assert.That((run["y"].ToUInt64(), run["z"].ToUInt64()), Is.EqualTo((1UL, 1UL)));
        run.Set("a", 0b1111);
        Assert.That((run["y"].ToUInt64(), run["z"].ToUInt64()), Is.EqualTo((0UL, 0UL)));
    }

    [Test]
    public void A_port_of_any_interface_takes_that_of_its_connection()
    {
        var top = Read("""
            interface wide_if; logic [7:0] a; endinterface
            module c(interface p, output [7:0] y); assign y = ~p.a; endmodule
            module m(input [7:0] a, output [7:0] y, z);
              bus_if bus(); wide_if wide(); c u(bus, y), v(wide, z); assign bus.a = a[3:0]; assign wide.a = a;
            endmodule
            """);
        Assert.That(top.Top.Instances[0].Module, Is.Not.SameAs(top.Top.Instances[1].Module));
        var run = new DesignRun(top);
        run.Set("a", 0x35);
        Assert.That((run["y"].ToUInt64(), run["z"].ToUInt64()), Is.EqualTo((0xFAUL, 0xCAUL)));
    }

    [Test]
    public void Modules_drive_a_wire_of_an_interface_in_turn()
    {
        var run = new DesignRun(Read("""
            module c #(parameter ID = 0)(bus_if p, input on, output [3:0] y); assign p.w = on ? 4'd5 + ID : 4'bz; assign y = p.w; endmodule
            module m(input on, output [3:0] y, z); bus_if bus(); c u(bus, on, y); c #(2) v(bus, !on, z); endmodule
            """));
        run.Set("on", 1);
        Assert.That((run["y"].ToUInt64(), run["z"].ToUInt64()), Is.EqualTo((5UL, 5UL)));
        run.Set("on", 0);
        Assert.That((run["y"].ToUInt64(), run["z"].ToUInt64()), Is.EqualTo((7UL, 7UL)));
    }

    [Test]
    public void Names_of_interfaces_are_read_through_instances()
    {
        var run = new DesignRun(Read("""
            module c(input [3:0] a); bus_if bus[2](); assign bus[1].a = a + 4'd1; endmodule
            module m(input [3:0] a, output [3:0] y); c u(a); assign y = u.bus[1].a; endmodule
            """));
        run.Set("a", 6);
        Assert.That(run["y"].ToUInt64(), Is.EqualTo(7));
    }

    [Test]
    public void Instances_with_interfaces_of_equal_parameters_are_one_module()
    {
        var top = Read("""
            interface x_if #(parameter W = 2); logic [W-1:0] a; endinterface
            module c(x_if p, output y); assign y = ^p.a; endmodule
            module m(input [3:0] a, output [2:0] y);
              x_if i(), j(); x_if #(4) k(); assign i.a = a[1:0]; assign j.a = a[3:2]; assign k.a = a;
              c u(i, y[0]), v(j, y[1]), w(k, y[2]);
            endmodule
            """);
        Assert.That(top.Top.Instances[0].Module, Is.SameAs(top.Top.Instances[1].Module));
        Assert.That(top.Top.Instances[0].Module, Is.Not.SameAs(top.Top.Instances[2].Module));
    }

    private static Design Read(string text) => VerilogReader.ReadText(Bus + text, "text.sv", bind: new() { Top = "m" }).OrThrow().Design;
}
