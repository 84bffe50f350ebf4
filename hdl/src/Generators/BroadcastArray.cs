using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Each activation reaches a whole row of PEs and each weight a whole column on one edge; each PE sums its own output. On
/// capture all sums move into the drain chain, one link a PE, and start anew from zero; the chain then passes them on in
/// row-major order while the next tile is summed.
/// </summary>
internal static class BroadcastArray
{
    public static Module Module(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var pe = ProcessingElement(sizes);
        var m = new ModuleBuilder("broadcast_array");
        var clear = m.Input("clear");
        var valid = m.Input("input_valid");
        var inputWord = m.Input("input_word", arch.Rows * arch.OperandBits);
        var weightWord = m.Input("weight_word", arch.Columns * arch.OperandBits);
        var capture = m.Input("capture");
        var move = m.Input("move");

        // Idle PEs multiply zeros.
        var idle = m.Wire("idle", ~valid);
        var a = Operands("a", inputWord, arch.Rows, idle);
        var b = Operands("b", weightWord, arch.Columns, null);
        Expression next = Expression.FromInteger(0, arch.AccumulatorBits);
        for (var r = arch.Rows - 1; r >= 0; r--)
        {
            for (var c = arch.Columns - 1; c >= 0; c--)
            {
                next = m.Instance($"pe_{r}_{c}", pe,
                    ("clear", clear), ("capture", capture), ("move", move), ("a", a[r]), ("b", b[c]), ("next", next))["held"];
            }
        }

        m.Output("head", next);
        return m.Build();

        Expression[] Operands(string name, Expression word, int lanes, Expression? reset) =>
            [.. Enumerable.Range(0, lanes).Select(i => m.Register($"{name}_{i}", word[i * arch.OperandBits, arch.OperandBits], reset: reset))];
    }

    private static Module ProcessingElement(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var m = new ModuleBuilder("broadcast_pe");
        var clear = m.Input("clear");
        var capture = m.Input("capture");
        var move = m.Input("move");
        var a = m.Input("a", arch.OperandBits);
        var b = m.Input("b", arch.OperandBits);
        var next = m.Input("next", arch.AccumulatorBits);
        var product = Multipliers.Signed(m, a, b, arch.PePipeline);
        var sum = m.Register("sum_q", arch.AccumulatorBits);
        m.Drive(sum, sum + Expression.SignExtend(product, arch.AccumulatorBits), reset: clear);
        m.Output("held", m.Register("held_q", Expression.Mux(capture, sum, next), move));
        return m.Build();
    }
}
