using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;

namespace HwSeed.Agent.Loop;

/// <summary>Which designs deserve the next rung: those that, by what is known, add most to the front.</summary>
internal static class Selection
{
    /// <summary>
    /// Greedily the design with the largest gain of hypervolume over the front and those chosen before it; ties by id.
    /// Designs that add nothing are not chosen.
    /// </summary>
    /// <param name="front">What is there already; not changed.</param>
    /// <param name="candidates">Id and values.</param>
    /// <param name="count">Most designs to choose.</param>
    public static IReadOnlyList<string> ByGain(
        ParetoArchive front, IReadOnlyList<(string Id, double[] Values)> candidates, int count)
    {
        var (chosen, growing) = (new List<string>(), front.Copy());
        var left = candidates.OrderBy(c => c.Id, StringComparer.Ordinal).ToList();
        while (chosen.Count < count && left.Count > 0)
        {
            var best = left.Select(c => (c.Id, c.Values, Gain: growing.Gain(c.Values))).MaxBy(c => c.Gain);
            if (best.Gain <= 0)
            {
                break;
            }

            growing.Add(best.Id, best.Values);
            chosen.Add(best.Id);
            left.RemoveAll(c => c.Id == best.Id || growing.Gain(c.Values) <= 0);
        }

        return chosen;
    }
}
