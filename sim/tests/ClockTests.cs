using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Tests.Oracles;

namespace HwSeed.Sim.Tests;

/// <summary>Clocks that are signals: edges, derived and gated clocks, latches, loops that are none.</summary>
public sealed class ClockTests
{
    [Test]
    public void Pulses_are_the_same_as_poking_the_clock_up_and_down()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var design = RandomDesign.WithClocks(seed);
            var (pulsed, poked) = (Simulator.Compile(design).OrThrow(), Simulator.Compile(design).OrThrow());
            var probes = (pulsed.Probe([.. pulsed.Netlist.Nets.Select(n => n.Path)]), poked.Probe([.. poked.Netlist.Nets.Select(n => n.Path)]));
            var random = new Random(seed);
            poked.Evaluate();
            foreach (var pulses in new[] { 1, 5, 2 })
            {
                var clock = $"clk{random.Next(3)}";
                pulsed.Step(pulsed.Port(clock), pulses);
                for (var i = 0; i < pulses; i++)
                {
                    foreach (var level in (ulong[])[1, 0])
                    {
                        poked.Poke(poked.Port(clock), level);
                        poked.Evaluate();
                    }
                }

                probes.Item1.Sample();
                probes.Item2.Sample();
                for (var i = 0; i < probes.Item1.Paths.Count; i++)
                {
                    Assert.That(probes.Item1[i], Is.EqualTo(probes.Item2[i]), $"seed {seed}, {clock}, {probes.Item1.Paths[i]}");
                }
            }
        }
    }

    [Test]
    public void An_asynchronous_reset_acts_without_the_clock_and_a_falling_edge_has_registers_of_its_own()
    {
        var builder = new ModuleBuilder("m", hasImplicitClock: false);
        var (clk, reset) = (builder.Input("clk"), builder.Input("rst_n"));
        var up = builder.Register("up", 8);
        var down = builder.Register("down", 8);
        builder.Drive(new Register("up", Expression.Mux(~reset, Constant(7, 8), up + Constant(1, 8)), null, null, Constant(0, 8).Value)
        {
            Edges = [new("clk", true), new("rst_n", false)],
        });
        builder.Drive(new Register("down", up, null, null, Constant(0, 8).Value) { Edges = [new("clk", false)] });
        builder.Output("q", up);
        builder.Output("p", down);
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        var (clock, rst) = (simulator.Port("clk"), simulator.Port("rst_n"));
        Assert.That(simulator.Peek("up").ToUInt64(), Is.Zero, "a reset that is low from the start has no edge");
        simulator.Poke(rst, 1);
        simulator.Step(clock, 3);
        Assert.That((simulator.Peek("up").ToUInt64(), simulator.Peek("down").ToUInt64()), Is.EqualTo((3UL, 3UL)));
        simulator.Poke(clock, 1);
        Assert.That((simulator.Peek("up").ToUInt64(), simulator.Peek("down").ToUInt64()), Is.EqualTo((4UL, 3UL)));
        simulator.Poke(rst, 0);
        Assert.That(simulator.Peek("up").ToUInt64(), Is.EqualTo(7));
        simulator.Step(clock, 2);
        Assert.That((simulator.Peek("up").ToUInt64(), simulator.Peek("down").ToUInt64()), Is.EqualTo((7UL, 7UL)));
        Assert.That(simulator.Cycles, Is.EqualTo(5));
    }

    [Test]
    public void A_clock_that_registers_divide_ticks_between_the_pulses()
    {
        var builder = new ModuleBuilder("m", hasImplicitClock: false);
        var clk = builder.Input("clk");
        foreach (var (name, source) in new[] { ("half", "clk"), ("quarter", "half") })
        {
            var q = builder.Register(name, 1);
            builder.Drive(new Register(name, ~q, null, null, BitVector.Zero(1)) { Edges = [new(source, true)] });
        }

        var count = builder.Register("count", 8);
        builder.Drive(new Register("count", count + Constant(1, 8), null, null, BitVector.Zero(8)) { Edges = [new("quarter", true)] });
        builder.Output("y", count);
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        simulator.Step(simulator.Port("clk"), 401);
        Assert.That(simulator.Peek("count").ToUInt64(), Is.EqualTo(101), "half rises at pulses 1, 3, 5, ..., quarter at 1, 5, 9, ...");
    }

    [Test]
    public void A_gated_clock_with_its_latch_does_not_glitch()
    {
        var builder = new ModuleBuilder("m", hasImplicitClock: false);
        var (clk, enable) = (builder.Input("clk"), builder.Input("enable"));
        var open = builder.Latch("open", ~clk, enable);
        builder.Wire("gated", clk & open);
        var count = builder.Register("count", 8);
        builder.Drive(new Register("count", count + Constant(1, 8), null, null, BitVector.Zero(8)) { Edges = [new("gated", true)] });
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        var clock = simulator.Port("clk");
        simulator.Step(clock, 3);
        Assert.That(simulator.Peek("count").ToUInt64(), Is.Zero);
        simulator.Poke(simulator.Port("enable"), 1);
        simulator.Step(clock, 3);
        Assert.That(simulator.Peek("count").ToUInt64(), Is.EqualTo(3));
        simulator.Poke(clock, 1);
        simulator.Evaluate();
        simulator.Poke(simulator.Port("enable"), 0);
        Assert.That(simulator.Peek("count").ToUInt64(), Is.EqualTo(4), "the latch is closed while the clock is high");
        simulator.Step(clock, 3);
        Assert.That(simulator.Peek("count").ToUInt64(), Is.EqualTo(4));
    }

    [Test]
    public void Two_latches_in_a_ring_are_a_flip_flop()
    {
        var builder = new ModuleBuilder("m");
        var clk = builder.Input("c");
        var slave = new Reference("slave", 4);
        var master = builder.Latch("master", ~clk, slave + Constant(1, 4));
        builder.Latch("slave", clk, master);
        builder.Output("y", slave);
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        Assert.That(simulator.Netlist.Latches.Select(l => l.IsCut), Is.All.True);
        var c = simulator.Port("c");
        simulator.Evaluate();
        for (var i = 1; i < 40; i++)
        {
            simulator.Poke(c, 1);
            Assert.That(simulator.Peek("slave").ToUInt64(), Is.EqualTo((ulong)i % 16));
            simulator.Poke(c, 0);
            simulator.Evaluate();
        }
    }

    [Test]
    public void A_clock_that_turns_itself_back_is_refused_when_it_happens()
    {
        var builder = new ModuleBuilder("m", hasImplicitClock: false);
        var start = builder.Input("start");
        var q = builder.Register("q", 1);
        builder.Wire("tick", start & ~q);
        builder.Drive(new Register("q", ~q, null, null, BitVector.Zero(1)) { Edges = [new("tick", true), new("tick", false)] });
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        simulator.Evaluate();
        simulator.Poke(simulator.Port("start"), 1);
        Assert.That(simulator.Evaluate, Throws.TypeOf<InvalidInputException>().With.Message.EqualTo(
            "error HW1046: the design does not settle: clocks or latches still change after 1000 rounds"));
    }

    [Test]
    public void A_ripple_carry_chain_over_one_vector_and_through_instances_is_no_loop()
    {
        var cell = new ModuleBuilder("cell");
        var (a, b, c) = (cell.Input("a"), cell.Input("b"), cell.Input("c"));
        cell.Output("s", a ^ b ^ c);
        cell.Output("co", (a & b) | (c & (a ^ b)));
        var module = cell.Build();
        const int Width = 70;
        var top = new ModuleBuilder("adder");
        var (x, y) = (top.Input("x", Width), top.Input("y", Width));
        var carry = new Reference("carry", Width + 1);
        var cells = Enumerable.Range(0, Width).Select(i => top.Instance(
            $"u{i}", module, ("a", x[i, 1]), ("b", y[i, 1]), ("c", carry[i, 1]))).ToList();
        top.Wire("carry", Expression.Concat([.. cells.Select(u => u["co"]).Reverse(), Constant(0, 1)]));
        top.Output("sum", Expression.Concat([carry[Width, 1], .. cells.Select(u => u["s"]).Reverse()]));
        AddsUp(new(top.Build()), Width);
    }

    [Test]
    public void A_chain_without_slices_of_single_bits_is_no_loop_either()
    {
        const int Width = 40;
        var top = new ModuleBuilder("adder");
        var (x, y) = (top.Input("x", Width), top.Input("y", Width));
        var carry = new Reference("carry", Width + 1);
        var generate = x & y;
        var carries = Expression.Mux(Expression.ReduceAnd(x), generate, generate) | (carry[0, Width] & (x ^ y));
        top.Wire("carry", Expression.ShiftLeft(Expression.ZeroExtend(carries, Width + 1), Constant(1, 3)));
        top.Output("sum", Expression.Concat(carry[Width, 1], x ^ y ^ carry[0, Width]));
        AddsUp(new(top.Build()), Width);
    }

    [Test]
    public void A_loop_of_single_bits_is_refused_with_the_bits_on_it()
    {
        var builder = new ModuleBuilder("m");
        var w = new Reference("w", 4);
        builder.Wire("w", Expression.Concat(w[2, 1], ~w[1, 1], w[2, 1], builder.Input("x")));
        Assert.That(Simulator.Compile(new Design(builder.Build())).Diagnostics.Single().ToString(), Is.EqualTo(
            "error HW1040: combinational loop: w[1] -> w[2] -> w[1]"));
    }

    private static void AddsUp(Design design, int width)
    {
        var simulator = Simulator.Compile(design).OrThrow();
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            var (a, b) = (RandomDesign.Value(random, width), RandomDesign.Value(random, width));
            simulator.Poke("x", a);
            simulator.Poke("y", b);
            Assert.That(simulator.Peek("sum").Unsigned, Is.EqualTo(a.Unsigned + b.Unsigned));
        }
    }

    private static Constant Constant(long value, int width) => new(BitVector.FromInteger(value, width));
}
