using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// The accumulators of one column: reads a word, and on the next edge writes it back with the column's partial sum added.
/// With double buffering there are two memories, so that one half is stored while the other is summed into; reads of both
/// kinds in one half are no program's business, and those for sums win.
/// </summary>
internal static class AccumulatorColumn
{
    public static Module Module(EngineSizes sizes)
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
        var writeKeep = m.Register("write_keep", keep);
        m.Output("read_next", write);
        m.Output("address_next", writeAddress);
        m.Output("keep_next", writeKeep);
        if (!arch.DoubleBuffering)
        {
            var only = new Reference("word_q", arch.AccumulatorBits);
            m.Memory("sums", arch.AccumulatorBits, arch.AccumulatorDepth, new(write, writeAddress, Sum(only)),
                new MemoryRead("word_q", Expression.Mux(storing, fetchRow, address), Expression.Mux(storing, fetch, read)));
            m.Output("word", only);
            return m.Build();
        }

        var half = sizes.ResultAddress - 1;
        var fetchedHalf = m.Register("fetched_half", fetchRow[half, 1], fetch);
        Reference[] words = [new("word_0_q", arch.AccumulatorBits), new("word_1_q", arch.AccumulatorBits)];
        var total = m.Wire("total", Sum(Expression.Mux(writeAddress[half, 1], words[1], words[0])));
        for (var i = 0; i < 2; i++)
        {
            var reads = m.Wire($"reads_{i}", read & IsHalf(address, i));
            var fetches = m.Wire($"fetches_{i}", fetch & IsHalf(fetchRow, i));
            m.Memory($"sums_{i}", arch.AccumulatorBits, arch.AccumulatorDepth / 2,
                new(m.Wire($"writes_{i}", write & IsHalf(writeAddress, i)), writeAddress[0, half], total),
                new MemoryRead($"word_{i}_q", Expression.Mux(reads, address[0, half], fetchRow[0, half]), reads | fetches));
        }

        m.Output("word", Expression.Mux(fetchedHalf, words[1], words[0]));
        return m.Build();

        Expression Sum(Expression word) => Expression.Mux(writeKeep, word, Expression.FromInteger(0, arch.AccumulatorBits)) + sum;

        Expression IsHalf(Expression at, int i) => i == 1 ? at[half, 1] : ~at[half, 1];
    }
}
