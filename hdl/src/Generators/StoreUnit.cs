using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Sends result rows, one result a beat. The array holds the fetched row; the next row is fetched on the edge at which
/// the last result of this one moves into the output register, so beats follow each other without gaps.
/// </summary>
internal static class StoreUnit
{
    public static Module Module(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var m = new ModuleBuilder("store_unit");
        var rst = m.Input("rst");
        var start = m.Input("start");
        var firstRow = m.Input("base", sizes.ResultAddress);
        var rows = m.Input("rows", sizes.ResultRows);
        var columns = m.Input("columns", sizes.ResultColumns);
        var rowData = m.Input("row_data", arch.Columns * arch.AccumulatorBits);
        var outReady = m.Input("out_ready");

        var prime = m.Register("prime", start, reset: rst);
        var emit = m.Register("emit", 1);
        var outValid = m.Register("out_valid_q", 1);
        var free = m.Wire("free", ~outValid | outReady);
        var send = m.Wire("send", emit & free);

        var lastColumn = m.Register("last_column", columns - Expression.FromInteger(1, columns.Width), start);
        var column = m.Register("column", sizes.ColumnIndex);
        var rowDone = m.Wire("row_done", send & Expression.Equal(Expression.ZeroExtend(column, columns.Width), lastColumn));
        m.Drive(column, column + Expression.FromInteger(1, column.Width), send, start | rowDone);

        var rowsLeft = m.Register("rows_left", rows.Width);
        m.Drive(rowsLeft, Expression.Mux(start, rows, rowsLeft - Expression.FromInteger(1, rows.Width)), start | rowDone);
        var allDone = m.Wire("all_done", rowDone & Expression.Equal(rowsLeft, 1));
        m.Drive(emit, prime, prime | allDone, rst);

        var row = m.Register("row", sizes.ResultAddress);
        var fetch = m.Wire("fetch_now", prime | rowDone);
        m.Drive(row, Expression.Mux(start, firstRow, row + Expression.FromInteger(1, row.Width)), start | fetch);

        var result = m.Wire("result", Multiplexer(column, rowData, arch.Columns, arch.AccumulatorBits));
        m.Drive(outValid, emit, free, rst);
        m.Output("fetch", fetch);
        m.Output("fetch_row", row);
        m.Output("busy", prime | emit);
        m.Output("out_valid", outValid);
        m.Output("out_data", m.Register("out_data_q", Expression.SignExtend(result, 32), send));
        return m.Build();
    }

    /// <summary>Part <paramref name="index"/> of a row of equal parts; any value beyond the last part.</summary>
    public static Expression Multiplexer(Expression index, Expression parts, int count, int width) =>
        Select(index, [.. Enumerable.Range(0, count).Select(i => parts[i * width, width])]);

    /// <summary>A tree of two-way multiplexers, the index's top bit at the root.</summary>
    public static Expression Select(Expression index, IReadOnlyList<Expression> choices)
    {
        if (choices.Count == 1)
        {
            return choices[0];
        }

        var half = 1 << (EngineSizes.AddressBits(choices.Count) - 1);
        var bit = index[EngineSizes.AddressBits(choices.Count) - 1, 1];
        return Expression.Mux(bit, Select(index, [.. choices.Skip(half)]), Select(index, [.. choices.Take(half)]));
    }
}
