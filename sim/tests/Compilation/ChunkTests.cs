using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Tests.Oracles;

namespace HwSeed.Sim.Tests.Compilation;

/// <summary>Designs that take several methods: words cross from one to the next.</summary>
public sealed class ChunkTests
{
    [Test]
    public void A_design_of_many_chunks_still_evaluates_right()
    {
        // A ring of mixers: every cell reads its neighbour's combinational output and one control bit shared by all.
        var builder = new ModuleBuilder("ring");
        var control = builder.Wire("control", Expression.ReduceXor(builder.Input("seed", 32)));
        var cells = Enumerable.Range(0, 600).Select(i => builder.Register($"cell{i}", 24)).ToList();
        Expression chain = builder.Wire("start", Expression.ZeroExtend(control, 24));
        for (var i = 0; i < cells.Count; i++)
        {
            var mixed = (cells[i] ^ chain) + Expression.Mux(control, cells[(i + 1) % cells.Count], chain);
            chain = builder.Wire($"chain{i}", mixed + Expression.FromInteger(i, 24));
            builder.Drive(cells[i], chain, reset: Expression.Equal(chain, 5), resetValue: i);
        }

        builder.Output("end", chain);
        var design = new Design(builder.Build());
        Assert.That(Simulator.Compile(design).OrThrow().EdgeChunks, Is.GreaterThan(2));
        SimulatorTests.AgreesWithTheTree(design, seed: 1, cycles: 6);
    }

    [Test]
    public void A_very_deep_expression_neither_overflows_the_stack_nor_the_compiler()
    {
        var builder = new ModuleBuilder("deep");
        var x = builder.Input("x", 16);
        var value = x;
        for (var i = 0; i < 20_000; i++)
        {
            value = new Binary(i % 2 == 0 ? BinaryOperator.Add : BinaryOperator.Xor, value, new Reference("x", 16));
        }

        builder.Output("y", value);
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        simulator.Poke(simulator.Port("x"), 0x1234);
        ushort expected = 0x1234;
        for (var i = 0; i < 20_000; i++)
        {
            expected = (ushort)(i % 2 == 0 ? expected + 0x1234 : expected ^ 0x1234);
        }

        Assert.That(simulator.Peek(simulator.Port("y")), Is.EqualTo(expected));
    }
}
