using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Activations flow right, weights flow down, each PE sums its own output. A compute that starts fresh clears all sums
/// on the edge after it was accepted, before any product can arrive.
/// </summary>
internal static class OutputStationaryArray
{
    public static Module Module(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var pe = ProcessingElement(sizes);
        var m = new ModuleBuilder("output_stationary_array");
        var start = m.Input("start");
        var accumulate = m.Input("accumulate");
        var valid = m.Input("input_valid");
        var inputWord = m.Input("input_word", arch.Rows * arch.OperandBits);
        var weightWord = m.Input("weight_word", arch.Columns * arch.OperandBits);
        var fetch = m.Input("fetch");
        var fetchRow = m.Input("fetch_row", sizes.ResultAddress);

        var clear = m.Register("clear", start & ~accumulate);
        var a = ArrayEdges.Skew(m, "a", inputWord, arch.Rows, valid);
        var b = ArrayEdges.Skew(m, "b", weightWord, arch.Columns, valid);
        var sums = new Expression[arch.Rows, arch.Columns];
        for (var r = 0; r < arch.Rows; r++)
        {
            for (var c = 0; c < arch.Columns; c++)
            {
                var outputs = m.Instance($"pe_{r}_{c}", pe, ("clear", clear), ("a", a[r]), ("b", b[c]));
                (a[r], b[c], sums[r, c]) = (outputs["a_next"], outputs["b_next"], outputs["sum"]);
            }
        }

        var row = new Expression[arch.Columns];
        for (var c = 0; c < arch.Columns; c++)
        {
            var column = Enumerable.Range(0, arch.Rows).Select(r => sums[r, c]).ToArray();
            row[arch.Columns - 1 - c] = m.Register($"row_{c}", StoreUnit.Select(fetchRow, column), fetch);
        }

        m.Output("row_data", Expression.Concat(row));
        return m.Build();
    }

    private static Module ProcessingElement(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var m = new ModuleBuilder("output_stationary_pe");
        var clear = m.Input("clear");
        var a = m.Input("a", arch.OperandBits);
        var b = m.Input("b", arch.OperandBits);
        var product = Multipliers.Signed(m, a, b, arch.PePipeline);
        var sum = m.Register("sum_q", arch.AccumulatorBits);
        m.Drive(sum, sum + Expression.SignExtend(product, arch.AccumulatorBits), reset: clear);
        m.Output("a_next", m.Register("a_q", a));
        m.Output("b_next", m.Register("b_q", b));
        m.Output("sum", sum);
        return m.Build();
    }
}
