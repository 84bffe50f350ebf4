using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// The drain unit under any sink. Two harnesses: what is pushed into the spare registers leaves them once and in order; and,
/// with the real array whose sums are free, what is pushed are the tile's sums, row by row, each once. Environment: a store of a
/// tile that fits the array comes only when the unit is idle.
/// </summary>
internal static class DrainProperties
{
    private const int Places = 3;

    private static readonly string[] s_counters =
        ["push", "column", "is_used", "is_row_end", "is_last_row", "rows_left", "active", "waiting"];

    public static PropertyHarness Spares(EngineSizes sizes)
    {
        var h = new HarnessBuilder("drain unit: spare registers", "spares");
        var m = h.M;
        var (rst, start, rows, columns) = Stores(m, sizes);
        var outReady = m.Input("out_ready");
        var push = new Reference(Signal("push"), 1);

        // One pushed word, any one, is all ones and the others are zero; what is not pushed looks like the marked word.
        var marked = m.Register("marked", 1);
        var mark = m.Wire("mark", m.Input("choose") & push & ~marked);
        m.Drive(marked, mark | marked, reset: rst);
        var head = m.Wire("head", HarnessBuilder.All(~push | mark, sizes.Arch.AccumulatorBits));
        var unit = m.Instance("unit", ModuleView.Show(DrainUnit.Module(sizes), "push", "spare_valid", "second_valid"),
            ("rst", rst), ("start", start), ("rows", rows), ("columns", columns), ("head", head), ("out_ready", outReady));
        var (valid, data) = (unit["out_valid"], unit["out_data"]);
        h.Stream("result", valid, outReady, data, rst);

        var accept = m.Wire("accept", valid & outReady);
        var level = m.Register("level", EngineSizes.AddressBits(Places + 2));
        m.Drive(level, Count(level, push, accept), reset: rst);
        var places = m.Wire("places", Wide(valid) + Wide(unit[ModuleView.Shown("spare_valid")]) + Wide(unit[ModuleView.Shown("second_valid")]));
        h.Always("count", "the registers hold exactly the words that came and did not leave", Expression.Equal(level, places));
        h.Never("overflow", "no word comes while all places are taken", push & Expression.Equal(level, Places));

        // Words before the marked one.
        var ahead = m.Register("ahead", level.Width);
        var left = m.Register("left", 1);
        var turn = m.Wire("turn", marked & ~left & Expression.Equal(ahead, 0));
        m.Drive(ahead, Expression.Mux(mark, Count(level, Expression.FromInteger(0, 1), accept), ahead - Wide(accept)), mark | (marked & ~left & accept), rst);
        m.Drive(left, left | (turn & accept), reset: rst);
        h.Always("order", "words leave in the order in which they came, none twice and none changed",
            HarnessBuilder.EqualWhen(accept, data, HarnessBuilder.All(turn, data.Width)));
        h.Never("lost", "no word is lost", turn & ~valid & Expression.Equal(level, 0));
        return h.Build();

        Expression Wide(Expression bit) => Expression.ZeroExtend(bit, EngineSizes.AddressBits(Places + 2));

        Expression Count(Expression now, Expression more, Expression less) => now + Wide(more) - Wide(less);
    }

    public static PropertyHarness Chain(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var h = new HarnessBuilder("drain unit with the array's chain", "chain");
        var m = h.M;
        var (rst, start, rows, columns) = Stores(m, sizes);
        var chosenRow = m.Register("chosen_row", m.Input("row", sizes.ResultAddress), start);
        var chosenColumn = m.Register("chosen_column", m.Input("column", sizes.ColumnIndex), start);

        // Any one sum of each tile is all ones, the others are zero.
        var sums = new List<(string, Expression)>();
        for (var r = 0; r < arch.Rows; r++)
        {
            for (var c = 0; c < arch.Columns; c++)
            {
                var isChosen = m.Wire($"chosen_{r}_{c}", Expression.Equal(chosenRow, r) & Expression.Equal(chosenColumn, c));
                sums.Add((ModuleView.Through($"pe_{r}_{c}", "sum_q"), HarnessBuilder.All(isChosen, arch.AccumulatorBits)));
            }
        }

        var isSystolic = arch.Interconnect == Interconnect.Systolic;
        var diagonals = EngineTiming.WaveCycles(arch) + 1;
        string[] stages =
        [
            .. Enumerable.Range(0, EngineTiming.ProductCycles(arch) + 2).Select(i => $"coming_{i}"),
            .. Enumerable.Range(0, diagonals).Select(i => $"captured_{i}"),
        ];
        var unit = m.Instance("unit", ModuleView.Show(DrainUnit.Module(sizes), [.. s_counters, .. stages]),
            ("rst", rst), ("start", start), ("rows", rows), ("columns", columns),
            ("head", new Reference("array_head", arch.AccumulatorBits)), ("out_ready", m.Input("out_ready")));
        var array = ModuleView.Within(OutputStationaryArray.Module(sizes), "output_stationary_pe", pe => ModuleView.FreeRegister(pe, "sum_q"));
        var viewed = ModuleView.Show(array, [.. array.Instances.Select(i => $"{i.Name}_held")]);
        var outputs = m.Instance("array", viewed, [
            .. sums, ("input_valid", Expression.FromInteger(0, 1)), ("input_word", Expression.FromInteger(0, sizes.InputWord)),
            ("weight_word", Expression.FromInteger(0, sizes.WeightWord)), ("capture", unit["capture"]), ("move", unit["move"])]);
        var head = outputs["head"];

        // The monitor's place in the tile.
        var push = unit[ModuleView.Shown("push")];
        var askedRows = m.Register("asked_rows", rows, start, rst);
        var askedColumns = m.Register("asked_columns", columns, start);
        var row = m.Register("at_row", rows.Width);
        var column = m.Register("at_column", columns.Width);
        var rowEnds = m.Wire("row_ends", Expression.Equal(column + HarnessBuilder.One(column), askedColumns));
        m.Drive(column, column + HarnessBuilder.One(column), push, start | (push & rowEnds) | rst);
        m.Drive(row, row + HarnessBuilder.One(row), push & rowEnds, start | rst);
        var owes = m.Wire("owes", ~Expression.Equal(row, askedRows));
        var isLast = m.Wire("is_last", push & rowEnds & Expression.Equal(row + HarnessBuilder.One(row), askedRows));

        // Where the unit stands, which counts all columns and an edge ahead, beside where the monitor will stand after this edge.
        var busy = unit["busy"];
        var unitColumn = unit[ModuleView.Shown("column")];
        var rowsLeft = unit[ModuleView.Shown("rows_left")];
        var isUsed = unit[ModuleView.Shown("is_used")];
        var soonRow = m.Wire("soon_row", Expression.Mux(push & rowEnds, row + HarnessBuilder.One(row), row));
        var soonColumn = m.Wire("soon_column", Expression.Mux(
            push, Expression.Mux(rowEnds, Expression.FromInteger(0, column.Width), column + HarnessBuilder.One(column)), column));
        var unitRowsLeft = m.Wire("unit_rows_left", Expression.Concat(~Expression.ReduceOr(rowsLeft), rowsLeft));
        var unitRow = m.Wire("unit_row", askedRows - unitRowsLeft);
        h.Lemma(HarnessBuilder.EqualWhen(busy, unit[ModuleView.Shown("is_row_end")], Expression.Equal(unitColumn, arch.Columns - 1)));
        h.Lemma(HarnessBuilder.EqualWhen(busy, isUsed, Expression.LessThanUnsigned(HarnessBuilder.Fit(unitColumn, askedColumns.Width), askedColumns)));
        h.Lemma(HarnessBuilder.EqualWhen(busy, unit[ModuleView.Shown("is_last_row")], Expression.Equal(unitRow + HarnessBuilder.One(unitRow), askedRows)));
        h.Lemma(~busy | Expression.LessThanUnsigned(unitRow, askedRows));
        h.Lemma(HarnessBuilder.EqualWhen(busy, soonRow, Expression.Mux(isUsed, unitRow, unitRow + HarnessBuilder.One(unitRow))));
        h.Lemma(HarnessBuilder.EqualWhen(busy, soonColumn, Expression.Mux(
            isUsed, HarnessBuilder.Fit(unitColumn, column.Width), Expression.FromInteger(0, column.Width))));
        h.Lemma(busy | (Expression.Equal(soonRow, askedRows) & ~Expression.ReduceOr(soonColumn)));
        ChainLemmas();
        var isChosenNow = m.Wire("is_chosen", Expression.Equal(HarnessBuilder.Fit(row, chosenRow.Width), chosenRow)
            & Expression.Equal(HarnessBuilder.Fit(column, chosenColumn.Width), chosenColumn));
        h.Always("sum", "result i of a tile is the sum of its place, row by row, columns that are not used left out",
            HarnessBuilder.EqualWhen(push, head, HarnessBuilder.All(isChosenNow, head.Width)));
        h.Never("more", "no more results are sent than the tile has", push & ~owes);
        h.Never("less", "the unit is idle only when all results of its tile are sent", ~unit["busy"] & owes & ~isLast);
        return h.Build();

        // How far the chain has moved, and which links hold sums of this tile.
        void ChainLemmas()
        {
            var places = arch.Rows * arch.Columns;
            var width = EngineSizes.AddressBits(2 * places) + 1;
            var (capture, move, active) = (unit["capture"], unit["move"], unit[ModuleView.Shown("active")]);
            var waiting = unit[ModuleView.Shown("waiting")];
            var moves = m.Wire("drains", isSystolic ? move : move & ~capture);
            var moved = m.Register("moved", width);
            m.Drive(moved, moved + HarnessBuilder.One(moved), moves, start | rst);
            var wave = ArrayEdges.Wave(m, "wave", isSystolic ? capture : m.Wire("captures", capture & move), diagonals);
            Expression[] taken = [.. wave.Select((now, k) => (Expression)h.Flag($"taken_{k}", now & ~start & ~rst, Expression.FromInteger(0, 1), m.Wire($"forget_{k}", start | rst)))];
            var all = m.Wire("all_taken", Expression.ReduceAnd(Expression.Concat(taken)));
            var live = m.Wire("live", busy | push);
            var flags = stages.Select(s => unit[ModuleView.Shown(s)]).ToArray();
            h.Lemma(Expression.Equal(waiting, Expression.ReduceOr(Expression.Concat(flags))));
            h.Lemma(~(active & waiting));
            var before = flags[0];
            for (var i = 1; i < flags.Length; i++)
            {
                h.Lemma(~(flags[i] & before));
                before = m.Wire($"before_{i}", before | flags[i]);
            }

            for (var k = 0; k < diagonals; k++)
            {
                h.Lemma(~unit[ModuleView.Shown($"captured_{k}")] | Expression.ReduceAnd(Expression.Concat([wave[k], .. taken[..k]])));
            }

            h.Lemma(~active | all);
            h.Lemma(~(live & moves) | all);
            var at = m.Wire("unit_at", Linear(unitRow, unitColumn));
            h.Lemma(HarnessBuilder.EqualWhen(busy, moved + Expression.ZeroExtend(moves, width), at));
            h.Lemma(~(busy & waiting) | ~(Expression.ReduceOr(at) | moves));
            h.Lemma(HarnessBuilder.EqualWhen(push, moved, Linear(row, column)));
            h.Lemma(~push | moves);
            h.Lemma(~push | owes);
            h.Lemma(Expression.LessThanUnsigned(column, askedColumns) | ~owes);
            var isLegal = m.Wire("is_legal", Expression.LessThanUnsigned(Wide(chosenRow), Expression.FromInteger(arch.Rows, width))
                & Expression.LessThanUnsigned(Wide(chosenColumn), Expression.FromInteger(arch.Columns, width)));
            var chosen = m.Wire("chosen", Linear(chosenRow, chosenColumn));
            for (var i = 0; i < places; i++)
            {
                var (r, c) = (i / arch.Columns, i % arch.Columns);
                var place = m.Wire($"place_{i}", moved + Expression.FromInteger(i, width));
                var held = outputs[ModuleView.Shown($"pe_{r}_{c}_held")];
                h.Lemma(HarnessBuilder.EqualWhen(
                    live & taken[isSystolic ? r + (c % arch.CoreColumns) : 0] & Expression.LessThanUnsigned(place, Expression.FromInteger(places, width)),
                    held, HarnessBuilder.All(isLegal & Expression.Equal(place, chosen), held.Width)));
            }

            Expression Wide(Expression value) => HarnessBuilder.Fit(value, width);

            Expression Linear(Expression r, Expression c) => HarnessBuilder.Fit(
                Expression.MultiplyUnsigned(Wide(r), Expression.FromInteger(arch.Columns, width)), width) + Wide(c);
        }
    }

    private static string Signal(string shown) => $"unit_{ModuleView.Shown(shown)}";

    private static (Expression Rst, Expression Start, Expression Rows, Expression Columns) Stores(ModuleBuilder m, EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var rst = m.Input("rst");
        var rows = m.Input("rows", sizes.ResultRows);
        var columns = m.Input("columns", sizes.ResultColumns);
        var fits = m.Wire("fits", Within(rows, arch.Rows) & Within(columns, arch.Columns));
        return (rst, m.Wire("start", m.Input("command") & fits & ~new Reference("unit_busy", 1)), rows, columns);
    }

    private static Expression Within(Expression value, int most) =>
        Expression.ReduceOr(value) & Expression.LessThanUnsigned(Expression.ZeroExtend(value, value.Width + 1), Expression.FromInteger(most + 1, value.Width + 1));
}
