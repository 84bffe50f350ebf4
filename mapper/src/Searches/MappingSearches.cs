using HwSeed.Mapper.Costs;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mapspaces;

namespace HwSeed.Mapper.Searches;

/// <summary>Looks at every mapping: the answer is the optimum of the mapspace.</summary>
public sealed class ExhaustiveSearch : ISearch
{
    /// <inheritdoc/>
    public SearchResult Best(Mapspace space)
    {
        var best = new BestSoFar();
        for (long id = 0; id < space.Count; id++)
        {
            best.Look(space[id]);
        }

        return best.Result();
    }
}

/// <summary>Looks at a number of mappings drawn uniformly with a seed: the baseline that other searches must beat.</summary>
/// <param name="Samples">Mappings to draw.</param>
/// <param name="Seed">Same seed, same draws.</param>
public sealed record RandomSearch(int Samples, ulong Seed) : ISearch
{
    /// <inheritdoc/>
    public SearchResult Best(Mapspace space)
    {
        var best = new BestSoFar();
        var state = Seed;
        for (var i = 0; i < Samples; i++)
        {
            best.Look(space[(long)(SplitMix64(ref state) % (ulong)space.Count)]);
        }

        return best.Result();
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014).</summary>
    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>Keeps the best mapping and counts why others fell out.</summary>
internal sealed class BestSoFar
{
    private readonly Dictionary<Limit, (int Times, Infeasible First)> _reasons = [];
    private Mapped? _best;
    private long _evaluated;
    private long _feasible;

    public void Look(Mapping mapping)
    {
        _evaluated++;
        var shortfall = Feasibility.Find(mapping);
        if (shortfall.Limit != Limit.None)
        {
            // Reasons matter only until something fits.
            if (_best is null)
            {
                var known = _reasons.TryGetValue(shortfall.Limit, out var before);
                _reasons[shortfall.Limit] = known
                    ? before with { Times = before.Times + 1 }
                    : (1, new(Feasibility.Describe(shortfall, mapping)));
            }

            return;
        }

        _feasible++;
        var cost = CostModel.EvaluateFeasible(mapping);
        if (_best is null || Better(cost, _best.Cost))
        {
            _best = new(mapping, cost);
        }
    }

    public SearchResult Result()
    {
        var reason = _best is null && _reasons.Count > 0
            ? _reasons.OrderByDescending(r => r.Value.Times).ThenBy(r => r.Key).First().Value.First
            : null;
        return new(_best, reason, _evaluated, _feasible);
    }

    private static bool Better(Cost cost, Cost than)
    {
        var beats = cost.ActivationBeats + cost.WeightBeats;
        var thanBeats = than.ActivationBeats + than.WeightBeats;
        return cost.Cycles < than.Cycles || (cost.Cycles == than.Cycles && beats < thanBeats);
    }
}
