using System.Numerics;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Coverage;
using HwSeed.Sim.Tests.Oracles;

namespace HwSeed.Sim.Tests.Coverage;

public sealed class CoverageRecorderTests
{
    [Test]
    public void Toggles_are_the_bits_that_the_tree_simulator_sees_rise_and_fall()
    {
        var design = RandomDesign.Generate(41);
        var (simulator, tree) = (Simulator.Compile(design).OrThrow(), new TreeSimulator(design));
        var coverage = new CoverageRecorder(simulator);
        var random = new Random(2);
        var (last, rose, fell) = (new Dictionary<string, BigInteger>(), new Dictionary<string, BigInteger>(), new Dictionary<string, BigInteger>());
        for (var cycle = 0; cycle < 6; cycle++)
        {
            foreach (var port in design.Top.InputPorts)
            {
                var value = RandomDesign.Value(random, port.Width);
                var limbs = new ulong[simulator.Port(port.Name).Limbs];
                Simulator.CopyLimbs(value, limbs);
                simulator.Poke(simulator.Port(port.Name), limbs);
                tree.Poke(port.Name, value);
            }

            coverage.Settled();
            foreach (var net in simulator.Netlist.Nets)
            {
                var now = tree.Peek(net.Path).Unsigned;
                var before = last.GetValueOrDefault(net.Path, now);
                rose[net.Path] = rose.GetValueOrDefault(net.Path) | (now & ~before);
                fell[net.Path] = fell.GetValueOrDefault(net.Path) | (before & ~now);
                last[net.Path] = now;
            }

            simulator.Step();
            tree.Step();
        }

        var report = coverage.Report();
        Assert.That(report.Cycles, Is.EqualTo(6));
        Assert.That(report.Toggles.ToDictionary(t => t.Path, t => t.Rose.Unsigned), Is.EqualTo(rose));
        Assert.That(report.Toggles.ToDictionary(t => t.Path, t => t.Fell.Unsigned), Is.EqualTo(fell));
        Assert.That(report.ToggleShare.Points, Is.EqualTo(2 * simulator.Netlist.Nets.Sum(n => n.Width)));
        Assert.That(report.ToggleShare.Covered, Is.Positive.And.LessThan(report.ToggleShare.Points));
    }

    [Test]
    public void States_and_transitions_of_a_machine_are_counted()
    {
        var machine = Run(cycles: 200).StateMachines.Single();
        Assert.That(machine.Register, Is.EqualTo("state"));
        Assert.That(machine.States.Select(s => s.Label), Is.EqualTo(new[] { "GREEN", "YELLOW", "2" }));
        Assert.That(machine.States.Sum(s => s.Visits), Is.EqualTo(200));
        Assert.That(machine.Transitions.Select(t => ((int)t.From, (int)t.To, t.Expected)),
            Is.EqualTo(new[] { (0, 1, true), (1, 2, true), (2, 0, true) }));
        Assert.That(machine.Transitions.Select(t => t.Count), Has.All.GreaterThan(5));
        Assert.That(machine.Transitions.Max(t => t.Count) - machine.Transitions.Min(t => t.Count), Is.LessThanOrEqualTo(1), "they take turns");
    }

    [Test]
    public void A_short_run_covers_a_part()
    {
        var report = Run(cycles: 10);
        Assert.That(report.StateShare, Is.EqualTo(new CoverShare(2, 3)));
        Assert.That(report.TransitionShare, Is.EqualTo(new CoverShare(1, 3)));
        Assert.That(report.StatementShare, Is.EqualTo(new CoverShare(0, 0)));
        Assert.That(report.StatementShare.Share, Is.EqualTo(1), "nothing to cover");
    }

    [Test]
    public void Clocked_statements_count_at_their_edges_with_the_values_before_and_others_when_settled()
    {
        var builder = new ModuleBuilder("m");
        var (tick, enable) = (builder.Input("tick"), builder.Input("enable"));
        builder.Output("y", tick & enable);
        var leaf = builder.Build() with
        {
            CoverPoints =
            [
                new("m.v", 7, 5, enable) { Edges = [new("tick", Rising: true)] },
                new("m.v", 8, 5, ~enable) { Edges = [new("tick", Rising: true), new("enable", Rising: false)] },
                new("m.v", 3, 1, tick & enable),
            ],
        };
        var top = new ModuleBuilder("top");
        var inputs = new[] { ("tick", top.Input("tick")), ("enable", top.Input("enable")) };
        top.Output("a", top.Instance("u1", leaf, inputs)["y"]);
        top.Output("b", top.Instance("u2", leaf, inputs)["y"]);
        var simulator = Simulator.Compile(new Design(top.Build())).OrThrow();
        var coverage = new CoverageRecorder(simulator);
        foreach (var (tickNow, enableNow) in ((ulong, ulong)[])[(0, 1), (1, 1), (0, 1), (0, 0), (1, 0), (1, 1), (0, 1), (1, 1)])
        {
            simulator.Poke(simulator.Port("tick"), tickNow);
            simulator.Poke(simulator.Port("enable"), enableNow);
            coverage.Changing();
            coverage.Settled();
        }

        Assert.That(coverage.Report().Statements.Select(s => (s.Line, s.Hits)), Is.EqualTo(new[]
        {
            // Both instances count: settled with both high three times; two rising edges with enable; one without and one fall of enable.
            (3, 6L), (7, 4L), (8, 4L),
        }));
    }

    private static CoverageReport Run(int cycles)
    {
        var simulator = Simulator.Compile(TrafficLight.Design()).OrThrow();
        var coverage = new CoverageRecorder(simulator, (module, register, value) =>
            (module, register, (int)value) switch { ("light", "state", 0) => "GREEN", ("light", "state", 1) => "YELLOW", _ => null });
        TrafficLight.Run(simulator, cycles, 1, () => coverage.Settled());
        return coverage.Report();
    }
}
