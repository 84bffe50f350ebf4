using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Sends accumulator words, one result a beat: the rows of one tile after another. The memories hold the fetched row; the next
/// row is fetched on the edge at which the last result of this one moves into the output register, so beats follow each other
/// without gaps.
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

        var column = m.Register("column", sizes.ColumnIndex);
        var lastColumn = m.Register("last_column", sizes.ColumnIndex);
        var rowDone = m.Wire("row_done", send & Expression.Equal(column, lastColumn));
        m.Drive(column, column + Expression.FromInteger(1, column.Width), send, start | rowDone);

        var allRows = m.Register("all_rows", rows, start);
        var rowsLeft = m.Register("rows_left", rows.Width);
        var tileDone = m.Wire("tile_done", rowDone & Expression.Equal(rowsLeft, 1));
        m.Drive(rowsLeft, Expression.Mux(start, rows, Expression.Mux(tileDone, allRows, rowsLeft - Expression.FromInteger(1, rows.Width))), start | rowDone);

        // Columns from this tile on; the last tile may be narrower than the array.
        var columnsLeft = m.Register("columns_left", columns.Width);
        var beyond = m.Wire("columns_beyond", columnsLeft - Expression.FromInteger(arch.Columns, columns.Width));
        var isLastTile = m.Register("is_last_tile", 1);
        var coming = m.Wire("columns_coming", Expression.Mux(start, columns, beyond));
        var tile = m.Wire("tile_comes", start | tileDone);
        m.Drive(columnsLeft, coming, tile);
        var isNarrow = m.Wire("is_narrow", Expression.LessThanUnsigned(coming, Expression.FromInteger(arch.Columns + 1, columns.Width)));
        m.Drive(isLastTile, isNarrow, tile);
        m.Drive(lastColumn, Expression.Mux(isNarrow, Low(coming) - Expression.FromInteger(1, column.Width), Expression.FromInteger(arch.Columns - 1, column.Width)), tile);
        var allDone = m.Wire("all_done", tileDone & isLastTile);
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
        m.Output("out_data", m.Register("out_data_q", result, send));
        if (arch.Output is not null)
        {
            m.Output("out_channel", m.Register("out_channel_q", Channel(), send));
            m.Output("holds", outValid);
        }

        return m.Build();

        // Columns of C are columns of the array, or rows of what an input-stationary array sends.
        Expression Channel()
        {
            var given = m.Input("channel", sizes.Channel);
            var channel = m.Register("channel_q", sizes.Channel);
            var following = m.Wire("channel_follows", channel + Expression.FromInteger(1, channel.Width));
            var first = m.Register("first_channel", sizes.Channel);
            if (arch.Dataflow == Dataflow.InputStationary)
            {
                m.Drive(first, given, start);
                m.Drive(channel, Expression.Mux(start, given, Expression.Mux(tileDone, first, following)), start | rowDone);
                return channel;
            }

            var coming = m.Wire("first_comes", Expression.Mux(start, given, first + Expression.FromInteger(arch.Columns, first.Width)));
            m.Drive(first, coming, start | tileDone);
            m.Drive(channel, Expression.Mux(start | tileDone, coming, Expression.Mux(rowDone, first, following)), start | send);
            return channel;
        }

        Expression Low(Expression value) => value[0, sizes.ColumnIndex];
    }

    /// <summary>Part <paramref name="index"/> of a row of equal parts; any value beyond the last part.</summary>
    public static Expression Multiplexer(Expression index, Expression parts, int count, int width) =>
        Select(index, [.. Enumerable.Range(0, count).Select(i => parts[i * width, width])]);

    /// <summary>A tree of two-way multiplexers, the index's top bit at the root; equal halves need none.</summary>
    public static Expression Select(Expression index, IReadOnlyList<Expression> choices)
    {
        if (choices.Count == 1)
        {
            return choices[0];
        }

        var half = 1 << (EngineSizes.AddressBits(choices.Count) - 1);
        var bit = index[EngineSizes.AddressBits(choices.Count) - 1, 1];
        var (low, high) = (Select(index, [.. choices.Take(half)]), Select(index, [.. choices.Skip(half)]));
        return low == high ? low : Expression.Mux(bit, high, low);
    }
}
