using HwSeed.Agent.Documents;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mappings.Direct;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Mapper.Workloads;
using HwSeed.Mapper.Workloads.Convolutions;

namespace HwSeed.Agent.Flow;

/// <summary>A random workload on an engine.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Title">Its sizes.</param>
/// <param name="Cases">Its programs: one, or one for each group of a convolution or product of a block.</param>
public sealed record RandomWorkload(WorkloadKind Kind, string Title, IReadOnlyList<IEngineCase> Cases)
{
    private const int Draws = 400;

    /// <summary>The kinds by name, as <c>conv_direct</c>.</summary>
    public static IReadOnlyList<string> KindWords => EnumWords<WorkloadKind>.All;

    /// <summary>The name of a kind.</summary>
    public static string WordOf(WorkloadKind kind) => EnumWords<WorkloadKind>.Of(kind);

    /// <summary>The kind of a name that is one of <see cref="KindWords"/>.</summary>
    public static WorkloadKind ParseKind(string word) => EnumWords<WorkloadKind>.Parse(word);

    /// <summary>
    /// Small sizes, so that edges are everywhere, and any feasible mapping. Sizes shrink until something fits: 1x1x1 runs on every
    /// engine.
    /// </summary>
    /// <param name="architecture">A legal engine.</param>
    /// <param name="kind">What kind.</param>
    /// <param name="seed">Decides sizes, mappings and operands.</param>
    public static RandomWorkload Draw(Architecture architecture, WorkloadKind kind, Seed seed)
    {
        var random = seed.For("sizes").Random();
        for (var draw = 0; draw < Draws; draw++)
        {
            var sizes = new RandomSizes(random, architecture, 1.0 - ((double)draw / Draws));
            if (Try(architecture, kind, sizes, random, seed) is { } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException($"no {WordOf(kind)} runs on {architecture}");
    }

    private static RandomWorkload? Try(Architecture architecture, WorkloadKind kind, RandomSizes sizes, Xoshiro256 random, Seed seed)
    {
        switch (kind)
        {
            case WorkloadKind.Gemm or WorkloadKind.Gemv:
                var shape = kind == WorkloadKind.Gemm ? sizes.Gemm() : sizes.Gemv();
                return Gemm(architecture, shape, random, seed) is { } product ? new(kind, product.Title, [product]) : null;
            case WorkloadKind.ConvIm2col:
                var expanded = sizes.Convolution();
                return Im2colCases(architecture, expanded, random, seed) is { } products ? new(kind, $"{expanded}", products) : null;
            case WorkloadKind.ConvDirect:
                var conv = sizes.Convolution();
                var groups = Enumerable.Range(0, conv.Groups).Select(g => Direct(architecture, conv, random, seed.For("group", g))).ToList();
                return groups.TrueForAll(g => g is not null) ? new(kind, $"{conv}", groups!) : null;
            default:
                var block = sizes.Block();
                var cases = block.Products().Select((g, i) => Gemm(architecture, g.Shape, random, seed.For("product", i)) is { } each
                    ? each with { Title = $"{g.Name[(block.Name.Length + 1)..]} {each.Title}" }
                    : null).ToList();
                return cases.TrueForAll(c => c is not null)
                    ? new(kind, $"d{block.ModelWidth} h{block.Heads}/{block.KeyValueHeads}x{block.HeadWidth} f{block.FeedForwardWidth} t{block.Tokens}/{block.Context}", cases!)
                    : null;
        }
    }

    private static EngineCase? Gemm(Architecture architecture, GemmShape shape, Xoshiro256 random, Seed seed) =>
        RandomEngines.Mapping(architecture, shape, random) is { } mapping ? EngineCase.Of(mapping, seed) : null;

    private static IReadOnlyList<IEngineCase>? Im2colCases(Architecture architecture, Conv2D conv, Xoshiro256 random, Seed seed)
    {
        var input = EngineCase.Operands(seed.For("input"), conv.InputSize, architecture.InputBits);
        var filters = EngineCase.Operands(seed.For("filters"), conv.FilterSize, architecture.WeightBits);
        var output = ConvolutionReference.Convolve<short>(conv, input, filters);
        var cases = new List<IEngineCase>();
        for (var group = 0; group < conv.Groups; group++)
        {
            if (Gemm(architecture, conv.GroupGemm, random, seed.For("group", group)) is not { } product)
            {
                return null;
            }

            cases.Add(product with
            {
                Title = $"{conv} as {conv.GroupGemm}",
                Activations = Im2col.Activations<short>(conv, input, group),
                Weights = Im2col.Weights<short>(conv, filters, group),
                Sums = Im2col.Results<long>(conv, output, group),
            });
        }

        return cases;
    }

    private static DirectCase? Direct(Architecture architecture, Conv2D conv, Xoshiro256 random, Seed seed)
    {
        var all = new DirectMapspace(conv.OfGroup(), architecture).Mappings().ToList();
        for (var attempt = 0; attempt < RandomEngines.MappingsTried; attempt++)
        {
            var mapping = all[random.NextBelow(all.Count)];
            if (DirectFeasibility.Check(mapping) is null)
            {
                return DirectCase.Of(mapping, seed);
            }
        }

        return null;
    }
}
