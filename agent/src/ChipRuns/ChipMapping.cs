using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Costs;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Mapper.Searches;

namespace HwSeed.Agent.ChipRuns;

/// <summary>
/// How one product of the model runs on an engine. Either operand may take the activations' place, since
/// C = A x B is C' = B' x A' (transposed): a token alone has M = 1, and an engine of many rows then does better with
/// output channels on its rows.
/// </summary>
/// <param name="Mapping">The mapping of the product as the engine sees it.</param>
/// <param name="Cost">What the cost model predicts for it.</param>
/// <param name="Exchanged">Whether the engine computes the transposed product.</param>
public sealed record ChipMapping(Mapping Mapping, Cost Cost, bool Exchanged)
{
    /// <summary>The mapping of fewest cycles, as it stands in a tie; or why there is none.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="shape">The product.</param>
    public static (ChipMapping? Best, string? Reason) Find(Architecture architecture, GemmShape shape)
    {
        var search = new ExhaustiveSearch();
        var straight = search.Best(new Mapspace(shape, architecture));
        var turned = search.Best(new Mapspace(new GemmShape(shape.N, shape.K, shape.M), architecture));
        return straight.Best is { } kept && !(turned.Best?.Cost.Cycles < kept.Cost.Cycles) ? (new(kept.Mapping, kept.Cost, false), null)
            : turned.Best is { } best ? (new(best.Mapping, best.Cost, true), null)
            : (null, straight.Reason!.Reason);
    }
}
