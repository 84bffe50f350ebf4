using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Each PE sums its own output. Systolic: activations flow right, weights flow down. Broadcast: each activation reaches its
/// whole row and each weight its whole column on one edge. <c>capture</c> follows the last word through the array as words do:
/// where it arrives the sum moves into the PE's link of the drain chain and starts anew from zero, so that the next tile may
/// follow a cycle behind. The chain then passes the sums on, in row-major order, while the next tile is summed.
/// </summary>
internal static class OutputStationaryArray
{
    public static Module Module(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var isSystolic = arch.Interconnect == Interconnect.Systolic;
        var pe = ProcessingElement(sizes, isSystolic);
        var m = new ModuleBuilder("output_stationary_array");
        var valid = m.Input("input_valid");
        var inputWord = m.Input("input_word", sizes.InputWord);
        var weightWord = m.Input("weight_word", sizes.WeightWord);
        var capture = m.Input("capture");
        var move = m.Input("move");

        var (a, b, captures) = isSystolic
            ? (ArrayEdges.Skew(m, "a", inputWord, arch.Rows, valid), ArrayEdges.Skew(m, "b", weightWord, arch.Columns, null),
                ArrayEdges.Wave(m, "capture", capture, arch.Rows))
            : (ArrayEdges.Operands(m, "a", inputWord, arch.Rows, valid), ArrayEdges.Operands(m, "b", weightWord, arch.Columns, null),
                [.. Enumerable.Repeat(capture, arch.Rows)]);
        for (var r = 0; r < arch.Rows; r++)
        {
            for (var c = 0; c < arch.Columns; c++)
            {
                var outputs = m.Instance($"pe_{r}_{c}", pe,
                    ("a", a[r]), ("b", b[c]), ("capture", captures[r]), ("move", move), ("next", Next(r, c)));
                if (isSystolic)
                {
                    (a[r], b[c], captures[r]) = (outputs["a_next"], outputs["b_next"], outputs["capture_next"]);
                }
            }
        }

        m.Output("head", Held(0, 0));
        return m.Build();

        Reference Held(int r, int c) => new($"pe_{r}_{c}_held", arch.AccumulatorBits);

        Expression Next(int r, int c) => c + 1 < arch.Columns ? Held(r, c + 1)
            : r + 1 < arch.Rows ? Held(r + 1, 0) : Expression.FromInteger(0, arch.AccumulatorBits);
    }

    private static Module ProcessingElement(EngineSizes sizes, bool isSystolic)
    {
        var arch = sizes.Arch;
        var m = new ModuleBuilder("output_stationary_pe");
        var a = m.Input("a", sizes.Streamed);
        var b = m.Input("b", sizes.Kept);
        var capture = m.Input("capture");
        var move = m.Input("move");
        var next = m.Input("next", arch.AccumulatorBits);
        var product = Multipliers.Dot(m, arch, a, b);
        var sum = m.Register("sum_q", arch.AccumulatorBits);
        m.Drive(sum, sum + Fit(product, arch.AccumulatorBits), reset: capture);

        // One signal for the whole chain where all sums are captured at once: then a move includes the capture.
        m.Output("held", m.Register("held_q", Expression.Mux(capture, sum, next), isSystolic ? capture | move : move));
        if (isSystolic)
        {
            m.Output("a_next", m.Register("a_q", a));
            m.Output("b_next", m.Register("b_q", b));
            m.Output("capture_next", m.Register("capture_q", capture));
        }

        return m.Build();
    }

    /// <summary>A product in an accumulator's width, which may be narrower than a sum of lanes could become: sums wrap.</summary>
    public static Expression Fit(Expression product, int width) =>
        product.Width > width ? product[0, width] : Expression.SignExtend(product, width);
}
