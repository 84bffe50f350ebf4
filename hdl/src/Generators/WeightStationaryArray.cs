using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Weights are shifted down into the PEs and stay; activations flow right; partial sums flow down into one accumulator
/// memory a column. Column c works one edge after column c-1: its read request and address pass along.
/// </summary>
internal static class WeightStationaryArray
{
    public static Module Module(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var pe = ProcessingElement(sizes);
        var accumulator = AccumulatorColumn(sizes);
        var m = new ModuleBuilder("weight_stationary_array");
        var start = m.Input("start");
        var accumulate = m.Input("accumulate");
        var valid = m.Input("input_valid");
        var inputWord = m.Input("input_word", arch.Rows * arch.OperandBits);
        var weightWord = m.Input("weight_word", arch.Columns * arch.OperandBits);
        var fetch = m.Input("fetch");
        var fetchRow = m.Input("fetch_row", sizes.ResultAddress);
        var shift = m.Input("weight_shift");
        var streaming = m.Input("streaming");
        var storing = m.Input("storing");
        var accumulatorBase = m.Input("accumulator_base", sizes.ResultAddress);

        var a = ArrayEdges.Skew(m, "a", inputWord, arch.Rows, valid);
        var row = new Expression[arch.Columns];
        var keep = m.Register("keep", accumulate, start);

        // The first column's accumulator is read when row 0's word has come down: Rows + PePipeline + 1 edges later.
        Expression read = streaming;
        for (var i = 0; i <= arch.Rows + arch.PePipeline; i++)
        {
            read = m.Register($"read_{i}", read);
        }

        var next = m.Register("address", sizes.ResultAddress);
        m.Drive(next, Expression.Mux(start, accumulatorBase, next + Expression.FromInteger(1, next.Width)), start | read);
        Expression address = next;
        for (var c = 0; c < arch.Columns; c++)
        {
            Expression weight = weightWord[c * arch.OperandBits, arch.OperandBits];
            Expression sum = Expression.FromInteger(0, arch.AccumulatorBits);
            for (var r = 0; r < arch.Rows; r++)
            {
                var outputs = m.Instance($"pe_{r}_{c}", pe, ("shift", shift), ("a", a[r]), ("weight", weight), ("sum", sum));
                (a[r], weight, sum) = (outputs["a_next"], outputs["weight_next"], outputs["sum_next"]);
            }

            var memory = m.Instance($"accumulator_{c}", accumulator,
                ("read", read), ("address", address), ("keep", keep), ("sum", sum),
                ("storing", storing), ("fetch", fetch), ("fetch_row", fetchRow));
            (read, address) = (memory["read_next"], memory["address_next"]);
            row[arch.Columns - 1 - c] = memory["word"];
        }

        m.Output("row_data", Expression.Concat(row));
        return m.Build();
    }

    private static Module ProcessingElement(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var m = new ModuleBuilder("weight_stationary_pe");
        var shift = m.Input("shift");
        var a = m.Input("a", arch.OperandBits);
        var above = m.Input("weight", arch.OperandBits);
        var sum = m.Input("sum", arch.AccumulatorBits);
        var weight = m.Register("weight_q", above, shift);
        var product = Multipliers.Signed(m, a, weight, arch.PePipeline);
        m.Output("a_next", m.Register("a_q", a));
        m.Output("weight_next", weight);
        m.Output("sum_next", m.Register("sum_q", sum + Expression.SignExtend(product, arch.AccumulatorBits)));
        return m.Build();
    }

    /// <summary>Reads a word, and on the next edge writes it back with the column's partial sum added.</summary>
    private static Module AccumulatorColumn(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var m = new ModuleBuilder("accumulator_column");
        var read = m.Input("read");
        var address = m.Input("address", sizes.ResultAddress);
        var keep = m.Input("keep");
        var sum = m.Input("sum", arch.AccumulatorBits);
        var storing = m.Input("storing");
        var fetch = m.Input("fetch");
        var fetchRow = m.Input("fetch_row", sizes.ResultAddress);

        var write = m.Register("write", read);
        var writeAddress = m.Register("write_address", address);
        var word = new Reference("word_q", arch.AccumulatorBits);
        var before = Expression.Mux(keep, word, Expression.FromInteger(0, arch.AccumulatorBits));
        m.Memory("sums", arch.AccumulatorBits, arch.AccumulatorDepth, new(write, writeAddress, before + sum),
            new MemoryRead("word_q", Expression.Mux(storing, fetchRow, address), Expression.Mux(storing, fetch, read)));
        m.Output("read_next", write);
        m.Output("address_next", writeAddress);
        m.Output("word", word);
        return m.Build();
    }
}
