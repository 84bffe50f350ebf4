using HwSeed.Sim.Stimulus;
using HwSeed.Sim.Tests.Oracles;
using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Tests.Stimulus;

public sealed class RandomStimulusTests
{
    [Test]
    public void The_same_seed_gives_the_same_run_and_another_another()
    {
        Assert.That(Dump(1), Is.EqualTo(Dump(1)));
        Assert.That(Dump(1), Is.Not.EqualTo(Dump(2)));
    }

    [Test]
    public void The_reset_is_held_first_and_then_released()
    {
        var simulator = Simulator.Compile(TrafficLight.Design()).OrThrow();
        var seen = new List<ulong>();
        using var bench = new TestBench(simulator);
        var stimulus = new RandomStimulus(ClockAndReset.Of(simulator.Netlist), 5);
        for (var cycles = 1; cycles <= 6; cycles++)
        {
            simulator.PowerUp();
            Assert.That(new RandomStimulus(ClockAndReset.Of(simulator.Netlist), 5).Run(bench, cycles, default).Cycles, Is.EqualTo(cycles));
            seen.Add(simulator.Peek("rst").ToUInt64());
        }

        Assert.That(seen, Is.EqualTo(new ulong[] { 1, 1, 0, 0, 0, 0 }));
        Assert.That(() => stimulus.Run(bench, null, new(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("rst", false)]
    [TestCase("rst_n", true)]
    [TestCase("reset", false)]
    [TestCase("resetn", true)]
    [TestCase("nreset", true)]
    [TestCase("i_rst", false)]
    [TestCase("rst_ni", true)]
    [TestCase("clear", false)]
    public void A_reset_is_known_by_its_name(string name, bool isLow)
    {
        var builder = new HwSeed.Hdl.Rtl.ModuleBuilder("m");
        builder.Output("y", builder.Input("first") & builder.Input(name));
        var netlist = HwSeed.Hdl.Netlists.Netlist.Elaborate(new(builder.Build())).OrThrow();
        Assert.That(ClockAndReset.Of(netlist), Is.EqualTo(new ClockAndReset(null, name, isLow)));
    }

    [Test]
    public void Clock_and_asynchronous_reset_are_known_by_their_edges_through_the_hierarchy()
    {
        var leaf = new HwSeed.Hdl.Rtl.ModuleBuilder("leaf");
        var (tick, stop, data) = (leaf.Input("tick"), leaf.Input("stop"), leaf.Input("data", 4));
        _ = tick;
        leaf.Output("y", leaf.Register("q", HwSeed.Hdl.Rtl.Expression.Mux(stop, data, HwSeed.Hdl.Rtl.Expression.FromInteger(0, 4))));
        var module = leaf.Build();
        module = module with
        {
            HasImplicitClock = false,
            Registers = [module.Registers[0] with { Edges = [new("tick", Rising: true), new("stop", Rising: false)] }],
        };
        var top = new HwSeed.Hdl.Rtl.ModuleBuilder("top");
        var (b, a, d) = (top.Input("halt"), top.Input("sysclk"), top.Input("d", 4));
        top.Output("y", top.Instance("u", module, ("tick", a), ("stop", b), ("data", d))["y"]);
        var netlist = HwSeed.Hdl.Netlists.Netlist.Elaborate(new(top.Build() with { HasImplicitClock = false })).OrThrow();
        Assert.That(ClockAndReset.Of(netlist), Is.EqualTo(new ClockAndReset("sysclk", "halt", true)));
        Assert.That(ClockAndReset.Of(netlist, "sysclk", "halt").ResetLevel(resetting: true), Is.Zero);
    }

    private static string Dump(ulong seed)
    {
        var simulator = Simulator.Compile(RandomDesign.Generate(9)).OrThrow();
        var text = new StringWriter();
        using (var bench = new TestBench(simulator) { Waves = [new(simulator, null, new VcdWriter(text))] })
        {
            new RandomStimulus(ClockAndReset.Of(simulator.Netlist), seed).Run(bench, 50, default);
        }

        return text.ToString();
    }
}
