using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Tests.Oracles;

namespace HwSeed.Sim.Tests;

/// <summary>Ports, paths, memories, power-up and refusals.</summary>
public sealed class SimulatorApiTests
{
    [Test]
    public void Many_steps_at_once_are_as_many_single_steps()
    {
        var design = RandomDesign.Generate(4);
        var (once, many) = (Simulator.Compile(design).OrThrow(), Simulator.Compile(design).OrThrow());
        foreach (var count in new[] { 1, 2, 7, 0, 100 })
        {
            many.Step(count);
            for (var i = 0; i < count; i++)
            {
                once.Step();
            }

            foreach (var net in once.Netlist.Nets)
            {
                Assert.That(many.Peek(net.Path), Is.EqualTo(once.Peek(net.Path)), net.Path);
            }
        }

        Assert.That(many.Cycles, Is.EqualTo(110));
    }

    [Test]
    public void Power_up_returns_to_reset_values_and_empty_memories()
    {
        var builder = new ModuleBuilder("m");
        var enable = builder.Input("enable");
        var count = builder.Register("count", 4);
        builder.Drive(count, count + Expression.FromInteger(1, 4), resetValue: 9);
        builder.Memory("words", 70, 11, new(enable, count, Expression.SignExtend(count, 70)));
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        simulator.Poke(simulator.Port("enable"), 1);
        Assert.That(simulator.Peek("count").Unsigned, Is.EqualTo((System.Numerics.BigInteger)9));
        simulator.Step(16);
        Assert.That(simulator.PeekMemory("words", 10).Signed, Is.EqualTo((System.Numerics.BigInteger)(-6)), "15..11 are outside");
        Assert.That(simulator.PeekMemory("words", 7).Signed, Is.EqualTo((System.Numerics.BigInteger)7));
        simulator.PowerUp();
        Assert.That(simulator.Peek("count").Unsigned, Is.EqualTo((System.Numerics.BigInteger)9));
        Assert.That(simulator.PeekMemory("words", 7), Is.EqualTo(BitVector.Zero(70)));
        Assert.That(simulator.Peek("enable"), Is.EqualTo(BitVector.Zero(1)));
    }

    [Test]
    public void A_poked_value_loses_the_bits_above_the_port()
    {
        var builder = new ModuleBuilder("m");
        builder.Output("y", ~builder.Input("x", 5));
        builder.Output("z", builder.Input("w", 65));
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        simulator.Poke(simulator.Port("x"), 0xFF);
        Assert.That(simulator.Peek(simulator.Port("y")), Is.Zero);
        simulator.Poke(simulator.Port("w"), [5, 7]);
        Assert.That(simulator.Peek("z").Unsigned, Is.EqualTo((System.Numerics.BigInteger.One << 64) + 5));
        simulator.Poke(simulator.Port("w"), 3);
        Assert.That(simulator.Peek("z").Unsigned, Is.EqualTo((System.Numerics.BigInteger)3));
    }

    [Test]
    public void Wrong_names_and_directions_are_the_callers_bug()
    {
        var builder = new ModuleBuilder("m");
        builder.Output("y", builder.Input("x", 5));
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        Assert.That(() => simulator.Port("nowhere"), Throws.TypeOf<KeyNotFoundException>());
        Assert.That(() => simulator.Peek("a.b"), Throws.TypeOf<KeyNotFoundException>());
        Assert.That(() => simulator.PeekMemory("a", 0), Throws.TypeOf<KeyNotFoundException>());
        Assert.That(() => simulator.Poke(simulator.Port("y"), 1), Throws.ArgumentException);
    }

    [Test]
    public void A_rotation_compared_with_zero_is_not_taken_for_zero()
    {
        // The limbs of the complement are the same node, so the slice across them is a rotation.
        var builder = new ModuleBuilder("m");
        var wide = ~Expression.SignExtend(builder.Input("x", 31), 200);
        builder.Output("y", Expression.ReduceOr(wide[92, 64]));
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        Assert.That(simulator.Peek(simulator.Port("y")), Is.EqualTo(1));
        simulator.Poke(simulator.Port("x"), 1UL << 30);
        Assert.That(simulator.Peek(simulator.Port("y")), Is.Zero);
    }

    [Test]
    public void A_design_that_cannot_be_elaborated_is_refused()
    {
        var loop = new Module("m", [], [new("a", ~new Reference("a", 1))], [], [], [], []);
        Assert.That(Simulator.Compile(new Design(loop)).Diagnostics.Single().Code, Is.EqualTo("HW1040"));
    }

    [Test]
    public void Toggles_are_the_bits_that_the_tree_simulator_sees_change()
    {
        var design = RandomDesign.Generate(31);
        var (simulator, tree) = (Simulator.Compile(design).OrThrow(), new TreeSimulator(design));
        simulator.CountsToggles = true;
        var expected = new Dictionary<string, long>();
        var random = new Random(1);
        for (var cycle = 0; cycle < 30; cycle++)
        {
            foreach (var port in design.Top.InputPorts)
            {
                var value = RandomDesign.Value(random, Math.Min(64, port.Width)).ToUInt64();
                simulator.Poke(simulator.Port(port.Name), value);
                tree.Poke(port.Name, new(value, port.Width));
            }

            var before = simulator.Toggles().Signals.ToDictionary(s => s.Path, s => tree.Peek(s.Path));
            simulator.Step();
            tree.Step();
            foreach (var (path, value) in before)
            {
                var changed = (value ^ tree.Peek(path)).Unsigned.ToByteArray().Sum(b => System.Numerics.BitOperations.PopCount(b));
                expected[path] = expected.GetValueOrDefault(path) + changed;
            }
        }

        var toggles = simulator.Toggles();
        Assert.That(toggles.Signals.ToDictionary(s => s.Path, s => s.Toggles), Is.EqualTo(expected));
        Assert.That(toggles.Total, Is.Positive.And.EqualTo(expected.Values.Sum()));
        Assert.That(toggles.Cycles, Is.EqualTo(30));
    }
}
