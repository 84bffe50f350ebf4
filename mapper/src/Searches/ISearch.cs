using HwSeed.Mapper.Costs;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mapspaces;

namespace HwSeed.Mapper.Searches;

/// <summary>A mapping with its cost.</summary>
public sealed record Mapped(Mapping Mapping, Cost Cost);

/// <summary>What a search found.</summary>
/// <param name="Best">Fewest cycles, then fewest beats, then lowest id; null when nothing fits.</param>
/// <param name="Reason">Why nothing fits: the reason that stopped most mappings.</param>
/// <param name="Evaluated">Mappings looked at.</param>
/// <param name="Feasible">Mappings that fit.</param>
public sealed record SearchResult(Mapped? Best, Infeasible? Reason, long Evaluated, long Feasible);

/// <summary>A way to look for the best mapping.</summary>
public interface ISearch
{
    /// <summary>The best mapping that it finds in the space.</summary>
    SearchResult Best(Mapspace space);
}
