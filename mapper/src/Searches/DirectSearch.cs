using HwSeed.Mapper.Costs;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mappings.Direct;
using HwSeed.Mapper.Mapspaces;

namespace HwSeed.Mapper.Searches;

/// <summary>What a search over direct mappings found.</summary>
/// <param name="Best">The program of fewest cycles, and beats, among those that were priced exactly; null when nothing fits.</param>
/// <param name="Cost">Its cost.</param>
/// <param name="Reason">Why nothing fits: that of the smallest blocks.</param>
/// <param name="Evaluated">Mappings looked at.</param>
/// <param name="Feasible">Mappings that fit.</param>
public sealed record DirectSearchResult(DirectProgram? Best, Cost? Cost, Infeasible? Reason, long Evaluated, long Feasible);

/// <summary>
/// Estimates every mapping and prices the most promising ones exactly: programs of direct convolutions have no closed form, and
/// most mappings are far from the best.
/// </summary>
/// <param name="Priced">Programs that are priced exactly, at least 1.</param>
public sealed record DirectSearch(int Priced = 16)
{
    /// <summary>The best mapping that it finds in the space.</summary>
    public DirectSearchResult Best(DirectMapspace space)
    {
        var (evaluated, feasible) = (0L, 0L);
        Infeasible? reason = null;
        var promising = new PriorityQueue<DirectMapping, double>();
        foreach (var mapping in space.Mappings())
        {
            evaluated++;
            if (DirectFeasibility.Check(mapping) is { } why)
            {
                reason = why;
                continue;
            }

            feasible++;
            promising.Enqueue(mapping, -DirectCostModel.Estimate(mapping));
            if (promising.Count > Priced)
            {
                promising.Dequeue();
            }
        }

        var best = promising.UnorderedItems.OrderByDescending(m => m.Priority).Select(m => DirectScheduler.Lower(m.Element))
            .Select(program => (Program: program, Cost: DirectCostModel.Evaluate(program)))
            .MinBy(priced => DirectCostModel.Score(priced.Cost.Cycles, priced.Cost.ActivationBeats + priced.Cost.WeightBeats));
        return new(best.Program, best.Cost, feasible > 0 ? null : reason, evaluated, feasible);
    }
}
