using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// The store unit sends the words of its command's rows, tile after tile, each once, in order and under any sink. Environment:
/// an accumulator memory with one word, any one, of which one column's sum is all ones while all others are zero; commands of
/// at least one row and column, when the unit is idle.
/// </summary>
internal static class StoreProperties
{
    public static PropertyHarness Harness(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var h = new HarnessBuilder("store unit", "store");
        var m = h.M;
        var rst = m.Input("rst");
        var first = m.Input("base", sizes.ResultAddress);
        var rows = m.Input("rows", sizes.ResultRows);
        var columns = m.Input("columns", sizes.ResultColumns);
        var outReady = m.Input("out_ready");
        var start = m.Wire("start", m.Input("command") & Expression.ReduceOr(rows) & Expression.ReduceOr(columns) & ~new Reference("unit_busy", 1));
        var chosenRow = m.Register("chosen_row", m.Input("row", sizes.ResultAddress), start);
        var chosenColumn = m.Register("chosen_column", m.Input("column", sizes.ColumnIndex), start);
        var fetched = m.Register("fetched", new Reference("unit_fetch_row", sizes.ResultAddress), new Reference("unit_fetch", 1));
        var isFetched = m.Wire("is_fetched", Expression.Equal(fetched, chosenRow));
        Expression[] words = [.. Enumerable.Range(0, arch.Columns).Reverse().Select(c =>
            HarnessBuilder.All(isFetched & Expression.Equal(chosenColumn, c), arch.AccumulatorBits))];
        var unit = m.Instance("unit", ModuleView.Show(
            StoreUnit.Module(sizes), "prime", "emit", "send", "column", "last_column", "rows_left", "columns_left", "is_last_tile", "row"),
            ("rst", rst), ("start", start), ("base", first), ("rows", rows), ("columns", columns),
            ("row_data", Expression.Concat(words)), ("out_ready", outReady));
        var (valid, data) = (unit["out_valid"], unit["out_data"]);
        h.Stream("result", valid, outReady, data, rst);

        // A word appears in the first cycle in which it is offered.
        var waits = m.Register("waits", valid & ~outReady, reset: rst);
        var appears = m.Wire("appears", valid & ~waits);
        var open = m.Register("open", 1);
        var askedRows = m.Register("asked_rows", rows, start);
        var row = m.Register("at_row", rows.Width);
        var address = m.Register("at_address", first.Width);
        var column = m.Register("at_column", sizes.ColumnIndex);
        var left = m.Register("columns_left", columns.Width);
        var wide = Math.Max(columns.Width, sizes.ColumnIndex + 1) + 1;
        var next = m.Wire("next_column", Expression.ZeroExtend(column, wide) + Expression.FromInteger(1, wide));
        var tileEndsHere = m.Wire("last_tile", ~Expression.LessThanUnsigned(Expression.FromInteger(arch.Columns, wide), Expression.ZeroExtend(left, wide)));
        var rowEnds = m.Wire("row_ends", appears & (Expression.Equal(next, arch.Columns) | Expression.Equal(next, Expression.ZeroExtend(left, wide))));
        var tileEnds = m.Wire("tile_ends", rowEnds & Expression.Equal(row + HarnessBuilder.One(row), askedRows));
        var isLast = m.Wire("is_last", tileEnds & tileEndsHere);
        m.Drive(column, column + HarnessBuilder.One(column), appears, start | rowEnds);
        m.Drive(row, row + HarnessBuilder.One(row), rowEnds, start | tileEnds);
        m.Drive(address, Expression.Mux(start, first, address + HarnessBuilder.One(address)), start | rowEnds);
        m.Drive(left, Expression.Mux(start, columns, left - HarnessBuilder.Fit(Expression.FromInteger(arch.Columns, wide), columns.Width)), start | tileEnds);
        m.Drive(open, start | (open & ~isLast), reset: rst);

        Lemmas();
        var isChosen = m.Wire("is_chosen", Expression.Equal(address, chosenRow) & Expression.Equal(column, chosenColumn));
        h.Always("word", "result i of a command is the sum of its row and column, tile by tile",
            HarnessBuilder.EqualWhen(appears, data, HarnessBuilder.All(isChosen, data.Width)));
        h.Never("more", "no more results are sent than the command asks for", appears & ~open);
        h.Never("less", "the unit is idle only when all results of its command were sent", ~unit["busy"] & open & ~isLast);
        return h.Build();

        // The unit's counters, which are an edge ahead, beside what the monitor's will be after this edge.
        void Lemmas()
        {
            var busy = unit["busy"];
            var (prime, emit, unitColumn) = (Inner("prime"), Inner("emit"), Inner("column"));
            var soonColumn = m.Wire("soon_column", Expression.Mux(appears, Expression.Mux(rowEnds, Zero(column), column + HarnessBuilder.One(column)), column));
            var soonRow = m.Wire("soon_row", Expression.Mux(rowEnds, Expression.Mux(tileEnds, Zero(row), row + HarnessBuilder.One(row)), row));
            var soonAddress = m.Wire("soon_address", Expression.Mux(rowEnds, address + HarnessBuilder.One(address), address));
            var soonLeft = m.Wire("soon_left", Expression.Mux(tileEnds, left - HarnessBuilder.Fit(Expression.FromInteger(arch.Columns, wide), left.Width), left));
            var isNarrow = m.Wire("soon_is_last", ~Expression.LessThanUnsigned(Expression.FromInteger(arch.Columns, wide), Expression.ZeroExtend(soonLeft, wide)));
            var soonLast = m.Wire("soon_last_column", Expression.Mux(
                isNarrow, HarnessBuilder.Fit(soonLeft, column.Width) - HarnessBuilder.One(column), Expression.FromInteger(arch.Columns - 1, column.Width)));
            h.Lemma(Expression.Equal(appears, m.Register("was_sent", Inner("send"), reset: rst)));
            h.Lemma(Expression.Equal(busy, open & ~isLast));
            h.Lemma(~(prime & emit));
            h.Lemma(HarnessBuilder.EqualWhen(busy, unitColumn, soonColumn));
            h.Lemma(HarnessBuilder.EqualWhen(busy, Inner("rows_left"), askedRows - soonRow));
            h.Lemma(HarnessBuilder.EqualWhen(busy, Inner("columns_left"), soonLeft));
            h.Lemma(HarnessBuilder.EqualWhen(busy, Inner("is_last_tile"), isNarrow));
            h.Lemma(HarnessBuilder.EqualWhen(busy, Inner("last_column"), soonLast));
            h.Lemma(HarnessBuilder.EqualWhen(prime, Inner("row"), soonAddress));
            h.Lemma(HarnessBuilder.EqualWhen(emit, Inner("row"), soonAddress + HarnessBuilder.One(soonAddress)));
            h.Lemma(HarnessBuilder.EqualWhen(emit, fetched, soonAddress));
            h.Lemma(~busy | ~Expression.LessThanUnsigned(soonLast, soonColumn));
            h.Lemma(~busy | (Expression.ReduceOr(soonLeft) & Expression.LessThanUnsigned(soonRow, askedRows)));
            h.Lemma(~prime | (Expression.Equal(soonColumn, 0) & ~appears));
            h.Lemma(~appears | open);

            Expression Inner(string signal) => unit[ModuleView.Shown(signal)];

            Expression Zero(Expression like) => Expression.FromInteger(0, like.Width);
        }
    }
}
