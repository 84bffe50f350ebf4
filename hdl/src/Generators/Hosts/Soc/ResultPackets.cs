using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts.Soc;

/// <summary>
/// Knows which result is the last one of its Store. The sizes of Stores that the engine has taken wait in a queue, longer than
/// an engine has Stores under way (one sends, one is held, the others' last results are on their way out), so that it never
/// keeps a command waiting.
/// </summary>
internal static class ResultPackets
{
    private const int Depth = 32;

    public static Module Module(EngineSizes sizes)
    {
        var m = new ModuleBuilder("result_packets");
        var rst = m.Input("rst");
        var store = m.Input("store");
        var rows = m.Input("rows", sizes.ResultRows);
        var columns = m.Input("columns", sizes.ResultColumns);
        var result = m.Input("result");

        var last = new Reference("is_last", 1);
        var ends = m.Wire("ends", result & last);
        var stores = m.Instance("stores", StreamQueue.Module("store_queue", rows.Width + columns.Width, Depth),
            ("rst", rst), ("in_valid", store), ("in_data", Expression.Concat(rows, columns)), ("out_ready", ends));
        var sizesNow = stores["out_data"];
        var column = m.Register("column", columns.Width);
        var row = m.Register("row", rows.Width);
        var nextColumn = m.Wire("next_column", column + Expression.FromInteger(1, column.Width));
        var nextRow = m.Wire("next_row", row + Expression.FromInteger(1, row.Width));
        var rowEnds = m.Wire("row_ends", Expression.Equal(nextColumn, sizesNow[0, columns.Width]));
        m.Wire("is_last", stores["out_valid"] & rowEnds & Expression.Equal(nextRow, sizesNow[columns.Width, rows.Width]));
        m.Drive(column, nextColumn, result, rst | (result & rowEnds));
        m.Drive(row, nextRow, result & rowEnds, rst | ends);
        m.Output("ready", stores["in_ready"]);
        m.Output("last", last);
        m.Output("outstanding", stores["out_valid"] | Expression.ReduceOr(stores["count"]));
        return m.Build();
    }
}
