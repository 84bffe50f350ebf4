using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Costs;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Mapper.Searches;

/// <summary>A layer on an engine: the best mapping of its product and, of a convolution, the best one without im2col.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Product">The matrix product.</param>
/// <param name="Direct">The direct convolution of one group; null for layers that are none.</param>
public sealed record MappedLayer(WorkloadGemm Layer, SearchResult Product, DirectSearchResult? Direct)
{
    /// <summary>The cost of the faster lowering, once; null when neither runs.</summary>
    public Cost? Cost => (Product.Best?.Cost, Direct?.Cost) switch
    {
        ({ } product, { } direct) => direct.Cycles < product.Cycles ? direct : product,
        var (product, direct) => product ?? direct,
    };

    /// <summary>Whether the direct convolution is the faster one.</summary>
    public bool IsDirect => Cost is { } cost && cost == Direct?.Cost;

    /// <summary>Looks for both.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="architecture">The engine.</param>
    public static MappedLayer Of(WorkloadGemm layer, Architecture architecture) => new(
        layer, new ExhaustiveSearch().Best(new Mapspace(layer.Shape, architecture)),
        layer.Convolution is { } conv ? new DirectSearch().Best(new DirectMapspace(conv.OfGroup(), architecture)) : null);
}
