using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// An output-stationary engine between its scratchpads and its sums: words are tags here instead of numbers. Every word read
/// reaches every processing element once, the activation beside its weight, and a capture takes exactly the words of the
/// computes before its store. Environment: from power-up without a further reset, legal computes and stores, any host.
/// </summary>
internal static class WavefrontProperties
{
    // A tag: that it is one, the parity of the stores before its compute, and the word's number modulo four.
    public static PropertyHarness Harness(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var h = new HarnessBuilder("wavefront through the array", "wavefront");
        var m = h.M;
        var data = m.Input("cmd_data", 64);
        var opcode = data[CommandEncoding.OpcodeLow, 4];
        var fields = new[] { 0, 1, 2 }.Select(i => data[CommandEncoding.FieldLow(i), CommandEncoding.FieldBits]).ToArray();
        var computes = m.Wire("is_legal_compute", Expression.ReduceOr(HarnessBuilder.Fit(fields[1], sizes.InputCount))
            & ~Expression.ReduceOr(fields[1][sizes.InputCount, CommandEncoding.FieldBits - sizes.InputCount]));
        var stores = m.Wire("is_legal_store", Within(fields[1], arch.Rows) & Within(fields[2], arch.Columns));
        var isLegal = m.Wire("is_legal", (~Expression.Equal(opcode, CommandEncoding.ComputeOpcode) | computes)
            & (~Expression.Equal(opcode, CommandEncoding.StoreOpcode) | stores));
        var engine = AcceleratorGenerator.Generate(arch).OrThrow().Top;
        engine = ModuleView.FreeInstance(ModuleView.FreeInstance(engine, "input_scratchpad"), "weight_scratchpad");
        engine = ModuleView.Show(engine, "start_compute", "start_store", "compute_unit_input_read");
        engine = ModuleView.Within(engine, "output_stationary_array", array =>
            ModuleView.Within(array, "output_stationary_pe", pe => ModuleView.Show(pe, "a", "b", "capture")));

        var read = new Reference("engine_" + ModuleView.Shown("compute_unit_input_read"), 1);
        var parity = m.Register("parity", 1);
        m.Drive(parity, ~parity, new Reference("engine_" + ModuleView.Shown("start_store"), 1));
        var colour = m.Register("colour", parity, new Reference("engine_" + ModuleView.Shown("start_compute"), 1));
        var number = m.Register("number", 2);
        m.Drive(number, number + HarnessBuilder.One(number), read);
        var word = m.Register("word", Expression.Concat(number, colour, Expression.FromInteger(1, 1)), read);
        var marks = Math.Min(word.Width, Math.Min(arch.InputBits, arch.WeightBits));
        var unit = m.Instance("engine", engine,
            ("rst", Expression.FromInteger(0, 1)), ("cmd_valid", m.Input("cmd_valid") & isLegal), ("cmd_data", data),
            ("in_valid", m.Input("in_valid")), ("in_data", Expression.FromInteger(0, arch.InputStreamBits)), ("out_ready", m.Input("out_ready")),
            ("input_scratchpad_word", Repeat(arch.InputWordOperands, arch.InputBits)), ("weight_scratchpad_word", Repeat(arch.WeightWordOperands, arch.WeightBits)));

        Expression[] lost = [.. Enumerable.Repeat(Expression.FromInteger(0, 1), 4)];
        var isSystolic = arch.Interconnect == Interconnect.Systolic;
        var reads = ArrayEdges.Wave(m, "reads", read, 3 + (isSystolic ? arch.Rows + arch.Columns - 2 : 0));
        for (var r = 0; r < arch.Rows; r++)
        {
            for (var c = 0; c < arch.Columns; c++)
            {
                var (a, b, capture) = (Port(r, c, "a"), Port(r, c, "b"), Port(r, c, "capture"));
                var summed = ArrayEdges.Delay(m, $"summed_{r}_{c}", a[0, 2], EngineTiming.ProductCycles(arch));
                var turn = m.Register($"turn_{r}_{c}", 1);
                m.Drive(turn, ~turn, capture);
                Or(0, r, c, a[0, 1] ^ reads[2 + (isSystolic ? r + c : 0)]);
                Or(1, r, c, a[0, 1] & ~Expression.Equal(Marks(a), Marks(b)));
                Or(2, r, c, capture & summed[0, 1]);
                Or(3, r, c, summed[0, 1] & (summed[1, 1] ^ turn));
            }
        }

        h.Never("reach", "every word that is read reaches every processing element after its edges, and nothing else does", lost[0]);
        h.Never("beside", $"in every lane of every processing element a word meets the other scratchpad's word of the same {(marks == word.Width ? "number" : "tile")}", lost[1]);
        h.Never("lost", "no product is due on the edge of a capture, which would lose it", lost[2]);
        h.Never("turn", "a sum holds the products of its own tile only, and all of them when it is captured", lost[3]);
        return h.Build();

        void Or(int i, int r, int c, Expression broken) => lost[i] = m.Wire($"broken_{i}_{r}_{c}", lost[i] | broken);

        Expression Port(int r, int c, string name) => unit[ModuleView.Shown(ModuleView.Through("array", ModuleView.Through($"pe_{r}_{c}", name)))];

        // Operands of two bits have no room for the number of a word.
        Expression Repeat(int operands, int bits) => Expression.Concat([.. Enumerable.Repeat(Expression.ZeroExtend(word[0, marks], bits), operands)]);

        Expression Marks(Expression operands)
        {
            var bits = operands.Width / arch.Lanes;
            return Expression.Concat([.. Enumerable.Range(0, arch.Lanes).Select(lane => operands[lane * bits, marks])]);
        }
    }

    private static Expression Within(Expression value, int most) =>
        Expression.ReduceOr(value) & Expression.LessThanUnsigned(value, Expression.FromInteger(most + 1, value.Width));
}
