using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Tests.Netlists;

public sealed class NetlistTests
{
    [Test]
    public void Hierarchy_becomes_dotted_paths_and_outputs_keep_both_names()
    {
        var netlist = Netlist.Elaborate(TwoCells()).OrThrow();
        Assert.That(netlist.TryFind("right.state", out var state), Is.True);
        Assert.That(state!.Kind, Is.EqualTo(NetKind.Register));
        Assert.That(netlist.TryFind("left.q", out var port), Is.True);
        Assert.That(netlist.TryFind("left_q", out var signal), Is.True);
        Assert.That(signal, Is.SameAs(port));
        Assert.That(netlist.TryFind("middle.q", out _), Is.False);
        Assert.That(netlist.Scopes.Select(s => s.Path), Is.EqualTo(new[] { "", "left", "right" }));
        Assert.That(netlist.Registers, Has.Count.EqualTo(2));
    }

    [Test]
    public void Each_assignment_stands_after_those_that_it_reads()
    {
        var builder = new ModuleBuilder("m");
        Expression value = new Reference("w9", 8);
        builder.Output("y", value);
        for (var i = 9; i > 0; i--)
        {
            builder.Wire($"w{i}", ~new Reference($"w{i - 1}", 8));
        }

        builder.Wire("w0", builder.Input("x", 8));
        var netlist = Netlist.Elaborate(new(builder.Build())).OrThrow();
        Assert.That(netlist.Assignments.Select(a => a.Target.Path),
            Is.EqualTo(Enumerable.Range(0, 10).Select(i => $"w{i}").Append("y")));
        Assert.That(netlist.Assignments.Select(a => a.Level), Is.EqualTo(Enumerable.Range(0, 11)));
    }

    [Test]
    public void A_loop_through_instances_is_refused_with_its_path()
    {
        var inner = new ModuleBuilder("inverter");
        inner.Output("q", ~inner.Input("d"));
        var inverter = inner.Build();
        var outer = new ModuleBuilder("oscillator");
        outer.Instance("a", inverter, ("d", new Reference("b_q", 1)));
        outer.Instance("b", inverter, ("d", new Reference("a_q", 1)));
        var result = Netlist.Elaborate(new(outer.Build()));
        Assert.That(result.Diagnostics.Single().ToString(), Is.EqualTo(
            "error HW1040: combinational loop: a.d -> a.q -> b.d -> b.q -> a.d"));
    }

    [Test]
    public void A_net_that_reads_itself_is_a_loop()
    {
        var module = new Module("m", [], [new("w", ~new Reference("w", 1))], [], [], [], []);
        Assert.That(Netlist.Elaborate(new(module)).Diagnostics.Single().ToString(), Is.EqualTo(
            "error HW1040: combinational loop: w -> w"));
    }

    [Test]
    public void Loops_of_Verilog_become_nets_that_hold()
    {
        var (s, r) = (new ModuleBuilder("latch", hasImplicitClock: false), new ModuleBuilder("m"));
        var q = s.Wire("q", ~(s.Input("s_n") & new Reference("q_n", 1)));
        s.Output("y", s.Wire("q_n", ~(s.Input("r_n") & q)));
        var latch = s.Build();
        r.Output("y", r.Instance("u", latch, ("s_n", r.Input("a")), ("r_n", r.Input("b")))["y"]);
        var netlist = Netlist.Elaborate(new(r.Build())).OrThrow();
        Assert.That(netlist.Latches.Select(l => (l.Target.Path, l.IsCut)), Is.EqualTo(new[] { ("u.q", true), ("u.q_n", true) }));
        Assert.That(netlist.Nets.Count(n => n.Kind == NetKind.Latch), Is.EqualTo(2));
        Assert.That(Netlist.FindLoops(netlist.Design), Has.Count.EqualTo(1), "the linter still sees it");
    }

    [Test]
    public void A_loop_that_is_closed_outside_of_Verilog_is_refused()
    {
        var (inner, outer) = (new ModuleBuilder("buffer", hasImplicitClock: false), new ModuleBuilder("m"));
        inner.Output("q", ~inner.Input("d"));
        outer.Instance("a", inner.Build(), ("d", new Reference("a_q", 1)));
        Assert.That(Netlist.Elaborate(new(outer.Build())).Diagnostics.Single().ToString(), Is.EqualTo(
            "error HW1040: combinational loop: a.d -> a.q -> a.d"));
    }

    [Test]
    public void A_path_through_a_register_is_no_loop()
    {
        var builder = new ModuleBuilder("m");
        var r = builder.Register("r", 1);
        builder.Drive(r, builder.Wire("w", ~r));
        Assert.That(Netlist.Elaborate(new(builder.Build())).IsOk, Is.True);
    }

    [Test]
    public void Names_without_a_driver_are_refused()
    {
        var builder = new ModuleBuilder("m");
        builder.Wire("w", new Reference("ghost", 3));
        builder.Register("r", new Reference("phantom", 3));
        Assert.That(Netlist.Elaborate(new(builder.Build())).Diagnostics.Select(d => d.ToString()), Is.EqualTo(new[]
        {
            "error HW1042: nothing drives 'ghost' (module 'm')",
            "error HW1042: nothing drives 'phantom' (module 'm')",
        }));
    }

    [Test]
    public void Names_with_two_drivers_are_refused()
    {
        var one = Expression.FromInteger(1, 1);
        var module = new Module("m", [], [new("w", one), new("w", one)], [], [], [], []);
        Assert.That(Netlist.Elaborate(new(module)).Diagnostics.Select(d => d.ToString()), Is.EqualTo(new[]
        {
            "error HW1043: 'w' has two drivers (module 'm')",
        }));
    }

    private static Design TwoCells()
    {
        var inner = new ModuleBuilder("cell");
        inner.Output("q", inner.Register("state", inner.Input("d", 4)));
        var cell = inner.Build();
        var outer = new ModuleBuilder("pair");
        var left = outer.Instance("left", cell, ("d", outer.Input("d", 4)));
        var right = outer.Instance("right", cell, ("d", left["q"]));
        outer.Output("q", right["q"]);
        return new(outer.Build());
    }
}
