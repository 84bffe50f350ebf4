using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Weight- or input-stationary: operands are shifted down into the PEs and stay; the other side's flow right; partial sums
/// flow down into one accumulator memory a column. Column c works one edge after column c-1: its read request, address and
/// what else it needs pass along. New operands are shifted in behind those in use; <c>swap</c> goes ahead of a stream's first
/// word and puts them to work.
/// </summary>
internal static class KeptOperandArray
{
    public static Module Module(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var isInput = arch.Dataflow == Dataflow.InputStationary;
        var pe = ProcessingElement(sizes);
        var accumulator = AccumulatorColumn.Module(sizes);
        var m = new ModuleBuilder("kept_operand_array");
        var start = m.Input("start");
        var accumulate = m.Input("accumulate");
        var accumulatorBase = m.Input("accumulator_base", sizes.ResultAddress);
        var begin = m.Input("stream_begin");
        var streaming = m.Input("streaming");
        var valid = m.Input("stream_valid");
        var streamWord = m.Input("stream_word", isInput ? sizes.WeightWord : sizes.InputWord);
        var shift = m.Input("shift");
        var keptWord = m.Input("kept_word", isInput ? sizes.InputWord : sizes.WeightWord);
        var fetch = m.Input("fetch");
        var fetchRow = m.Input("fetch_row", sizes.ResultAddress);
        var storing = m.Input("storing");

        var a = ArrayEdges.Skew(m, "a", streamWord, arch.Rows, valid);
        var begun = ArrayEdges.Delay(m, "begun", begin, 2);
        var swap = ArrayEdges.Wave(m, "swap", begun, arch.Rows);

        // The first column's accumulator is read when row 0's word has come down; its address is there an edge before.
        var latency = arch.Rows + EngineTiming.ProductCycles(arch);
        var read = ArrayEdges.Delay(m, "read", streaming, latency + 1);
        var first = ArrayEdges.Delay(m, "first", begun, latency - 1);
        var nextBase = m.Register("next_base", accumulatorBase, start);
        var nextKeep = m.Register("next_keep", accumulate, start);
        var heldBase = m.Register("held_base", nextBase, begin);
        var heldKeep = m.Register("held_keep", nextKeep, begin);
        var counter = m.Register("address", sizes.ResultAddress);
        m.Drive(counter, Expression.Mux(first, heldBase, counter + Expression.FromInteger(1, counter.Width)), first | read);
        Expression address = counter;
        Expression keep = m.Register("keep", heldKeep, first);
        var row = new Expression[arch.Columns];
        for (var c = 0; c < arch.Columns; c++)
        {
            Expression kept = keptWord[c * sizes.Kept, sizes.Kept];
            Expression sum = Expression.FromInteger(0, arch.AccumulatorBits);
            for (var r = 0; r < arch.Rows; r++)
            {
                var outputs = m.Instance($"pe_{r}_{c}", pe, ("shift", shift), ("swap", swap[r]), ("a", a[r]), ("kept", kept), ("sum", sum));
                (a[r], swap[r], kept, sum) = (outputs["a_next"], outputs["swap_next"], outputs["kept_next"], outputs["sum_next"]);
            }

            var memory = m.Instance($"accumulator_{c}", accumulator,
                ("read", read), ("address", address), ("keep", keep), ("sum", sum),
                ("storing", storing), ("fetch", fetch), ("fetch_row", fetchRow));
            (read, address, keep) = (memory["read_next"], memory["address_next"], memory["keep_next"]);
            row[arch.Columns - 1 - c] = memory["word"];
        }

        m.Output("row_data", Expression.Concat(row));
        return m.Build();
    }

    private static Module ProcessingElement(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var m = new ModuleBuilder("kept_operand_pe");
        var shift = m.Input("shift");
        var swap = m.Input("swap");
        var a = m.Input("a", sizes.Streamed);
        var above = m.Input("kept", sizes.Kept);
        var sum = m.Input("sum", arch.AccumulatorBits);
        var next = m.Register("kept_q", above, shift);
        var inUse = m.Register("in_use_q", next, swap);
        var product = Multipliers.Dot(m, arch, a, inUse);
        m.Output("a_next", m.Register("a_q", a));
        m.Output("swap_next", m.Register("swap_q", swap));
        m.Output("kept_next", next);
        m.Output("sum_next", m.Register("sum_q", sum + OutputStationaryArray.Fit(product, arch.AccumulatorBits)));
        return m.Build();
    }
}
