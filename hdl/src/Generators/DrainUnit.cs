using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Captures the sums of a broadcast array in its drain chain and sends what leaves the chain, one result a beat, but not
/// those of columns that the tile does not use. The chain moves on registered signals alone: a result that meets a sink
/// that is not ready waits in a spare register.
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

        var capture = m.Register("capture_q", start, reset: rst);
        var active = m.Register("active", 1);
        var outValid = m.Register("out_valid_q", 1);
        var spareValid = m.Register("spare_valid", 1);
        var shift = m.Wire("shift", active & ~spareValid);

        // Which column the head belongs to, and whether the tile uses it.
        var lastColumn = m.Register("last_column", columns - Expression.FromInteger(1, columns.Width), start);
        var column = m.Register("column", sizes.ColumnIndex);
        var isUsed = m.Register("is_used", 1);
        var rowDone = m.Wire("row_done", shift & Expression.Equal(column, arch.Columns - 1));
        var usedDone = m.Wire("used_done", shift & Expression.Equal(Expression.ZeroExtend(column, columns.Width), lastColumn));
        m.Drive(column, column + Expression.FromInteger(1, column.Width), shift, capture | rowDone);
        m.Drive(isUsed, capture | rowDone, capture | rowDone | usedDone);
        var rowsLeft = m.Register("rows_left", rows.Width);
        m.Drive(rowsLeft, Expression.Mux(start, rows, rowsLeft - Expression.FromInteger(1, rows.Width)), start | rowDone);
        m.Drive(active, capture, capture | (rowDone & Expression.Equal(rowsLeft, 1)), rst);

        var push = m.Wire("push", shift & isUsed);
        var taken = m.Wire("taken", ~outValid | outReady);
        var spare = m.Register("spare", head, push);
        m.Drive(outValid, spareValid | push, taken, rst);
        m.Drive(spareValid, ~taken & (spareValid | push), reset: rst);
        var result = Expression.Mux(spareValid, spare, head);

        m.Output("capture", capture);
        m.Output("move", capture | shift);
        m.Output("busy", capture | active);
        m.Output("out_valid", outValid);
        m.Output("out_data", m.Register("out_data_q", Expression.SignExtend(result, 32), taken));
        return m.Build();
    }
}
