using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Has the sums of an output-stationary array captured in its drain chain and sends what leaves the chain, one result a beat, but not
/// those of columns that the tile does not use. All that moves the chain comes from registers, an edge ahead: results that
/// then meet a sink that is not ready wait in two spare registers.
/// </summary>
internal static class DrainUnit
{
    public static Module Module(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var m = new ModuleBuilder("drain_unit");
        var rst = m.Input("rst");
        var start = m.Input("start");
        var rows = m.Input("rows", sizes.ResultRows);
        var columns = m.Input("columns", sizes.ResultColumns);
        var head = m.Input("head", arch.AccumulatorBits);
        var outReady = m.Input("out_ready");

        // The signal to capture follows the last word through array and multipliers, from PE to PE in a systolic one. The chain
        // moves on the edge after a move was issued; the first is issued while the last sums are captured.
        var isSystolic = arch.Interconnect == Interconnect.Systolic;
        var edges = EngineTiming.ProductCycles(arch) + 2;
        var coming = ArrayEdges.Delay(m, "coming", start, edges, reset: rst);
        var capture = m.Register("capture_q", coming | rst);
        var last = EngineTiming.WaveCycles(arch);
        var begin = ArrayEdges.Delay(m, "captured", coming, last + 1, reset: rst);
        var waiting = m.Register("waiting", start, start | begin, rst);
        var active = m.Register("active", 1);
        var spareValid = m.Register("spare_valid", 1);
        var issue = m.Wire("issue", (begin | active) & ~spareValid);

        // Which column leaves next, whether the tile uses it, and whether it is the row's last one: known an edge ahead.
        var next = m.Wire("next", start | issue);
        var lastColumn = m.Register("last_column", columns[0, sizes.ColumnIndex] - Expression.FromInteger(1, sizes.ColumnIndex), start);
        var column = m.Register("column", sizes.ColumnIndex);
        var isRowEnd = m.Register("is_row_end", 1);
        var rewinds = m.Wire("rewinds", start | isRowEnd);
        m.Drive(column, column + Expression.FromInteger(1, column.Width), next, next & rewinds);
        m.Drive(isRowEnd, arch.Columns == 1 ? Expression.FromInteger(1, 1) : ~rewinds & Expression.Equal(column, arch.Columns - 2), next);
        var isUsed = m.Register("is_used", 1);
        m.Drive(isUsed, rewinds | (isUsed & ~Expression.Equal(column, lastColumn)), next);

        // Rows from the first on, modulo a power of two: which is the last row is known from two on.
        var rowsLeft = m.Register("rows_left", sizes.ResultAddress);
        m.Drive(rowsLeft, Expression.Mux(start, rows[0, rowsLeft.Width], rowsLeft - Expression.FromInteger(1, rowsLeft.Width)), next & rewinds);
        var isLastRow = m.Register(
            "is_last_row", Expression.Mux(start, Expression.Equal(rows, 1), Expression.Equal(rowsLeft, 2 % (1 << rowsLeft.Width))), next & rewinds);
        m.Drive(active, (begin | active) & ~(issue & isRowEnd & isLastRow), reset: rst);

        var word = arch.Output is null ? head : Expression.Concat(Channel(), head);
        var push = m.Register("push", issue & isUsed, reset: rst);
        var (outValid, outWord) = Spares(m, rst, word, push, spareValid, outReady);
        m.Output("capture", capture);
        m.Output("move", m.Register("move_q", isSystolic ? issue : coming | issue));
        m.Output("busy", waiting | active);
        m.Output("out_valid", outValid);
        m.Output("out_data", outWord[0, head.Width]);
        if (arch.Output is not null)
        {
            m.Output("out_channel", outWord[head.Width, sizes.Channel]);
            m.Output("holds", push | spareValid | outValid);
        }

        return m.Build();

        // The channel of the result that leaves next, and an edge later that of the one that has left the chain.
        Expression Channel()
        {
            var given = m.Input("channel", sizes.Channel);
            var first = m.Register("first_channel", given, start);
            var channel = m.Register("channel_q", sizes.Channel);
            m.Drive(channel, Expression.Mux(start, given, Expression.Mux(isRowEnd, first, channel + Expression.FromInteger(1, channel.Width))), next);
            return m.Register("pushed_channel", channel);
        }
    }

    /// <summary>The output register and, before it, two spare ones: what was issued before the first of them filled has a place.</summary>
    private static (Expression Valid, Expression Word) Spares(
        ModuleBuilder m, Expression rst, Expression head, Expression push, Reference spareValid, Expression outReady)
    {
        var outValid = m.Register("out_valid_q", 1);
        var secondValid = m.Register("second_valid", 1);
        var spare = m.Register("spare", head.Width);
        var second = m.Register("second", head.Width);
        var taken = m.Wire("taken", ~outValid | outReady);
        var stays = m.Wire("spare_stays", spareValid & ~taken);
        m.Drive(second, head, ~secondValid);
        m.Drive(spare, Expression.Mux(secondValid, second, head), ~stays);
        m.Drive(outValid, spareValid | push, taken, rst);
        m.Drive(spareValid, Expression.Mux(taken, spareValid & (secondValid | push), spareValid | push), reset: rst);
        m.Drive(secondValid, ~taken & (secondValid | (spareValid & push)), reset: rst);
        return (outValid, m.Register("out_data_q", Expression.Mux(spareValid, spare, head), taken));
    }
}
