using HwSeed.Agent.Estimates;
using MathNet.Numerics.Statistics;

namespace HwSeed.Agent.Benches;

/// <summary>The area model's error on rows that it was not fitted on, beside that of the simplest guess.</summary>
public static class AreaBench
{
    /// <summary>Median relative errors in percent; the opponent guesses the median of the other rows.</summary>
    /// <param name="rows">A recorded table.</param>
    public static IReadOnlyList<BenchRow> Measure(IReadOnlyList<SynthesisRow> rows)
    {
        var placed = rows.Where(r => r.FmaxMhz > 0).ToList();
        var error = AreaModel.LeaveOneOut(rows);
        return
        [
            Row("logic cells", error.MedianLogicCells, r => r.LogicCells),
            Row("routed clock", error.MedianFmax, r => r.FmaxMhz),
            Rank("logic cells", error.RankLogicCells),
            Rank("routed clock", error.RankFmax),
        ];

        BenchRow Rank(string name, double ours) =>
            new($"{name}, rank correlation on rows left out", "", ours, 1, "the tools' own order", ours, placed.Count);

        BenchRow Row(string name, double ours, Func<SynthesisRow, double> value)
        {
            var guess = placed.Select(row => Math.Abs(placed.Where(r => r != row).Select(value).Median() - value(row)) / value(row)).Median();
            return new($"{name}, median error on rows left out", "%", 100 * ours, 100 * guess, "median of the other rows", guess / ours, placed.Count);
        }
    }
}
