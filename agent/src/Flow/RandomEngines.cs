using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mapspaces;

namespace HwSeed.Agent.Flow;

/// <summary>Random legal (architecture, mapping) pairs for differential tests: small, so that edges are everywhere.</summary>
public static class RandomEngines
{
    private static readonly int[] Depths = [16, 32, 64, 128, 256];

    // Eight bits are what most engines have.
    private static int Width(int choice) => choice switch { 0 => 2, 1 or 2 => 4, 3 => 16, _ => 8 };

    /// <summary>Mappings that are drawn before a product is given up: some engines hold none of it at all.</summary>
    internal const int MappingsTried = 16;

    /// <summary>Pair <paramref name="index"/> of a seed, with its operands.</summary>
    public static EngineCase Draw(Seed seed, int index) => EngineCase.Of(Mapping(seed, index), seed.For("operands", index));

    /// <summary>The same without operands: any legal parameters, ragged shapes, any feasible mapping.</summary>
    public static Mapping Mapping(Seed seed, int index)
    {
        var random = seed.For("verify", index).Random();
        while (true)
        {
            var dataflow = (Dataflow)random.NextBelow(3);
            var keeps = dataflow != Dataflow.OutputStationary;
            var input = Width(random.NextBelow(8));
            var weight = random.NextBelow(3) > 0 ? input : Width(random.NextBelow(8));
            var product = input + weight;
            var most = random.NextBelow(8) == 0 ? ArchitectureRules.WidestAccumulator : Math.Max(product + 4, 32);
            var architecture = new Architecture(
                $"random-{index}", 1 + random.NextBelow(8), 1 + random.NextBelow(8),
                dataflow, input, weight, Math.Max(ArchitectureRules.NarrowestAccumulator, product + random.NextBelow(most + 1 - product)),
                random.NextBelow(4),
                Depths[random.NextBelow(Depths.Length)], Depths[random.NextBelow(Depths.Length)],
                keeps ? Depths[random.NextBelow(Depths.Length)] : 0, random.NextBelow(2) == 1)
            {
                Cores = random.NextBelow(2) == 0 ? 1 : 1 + random.NextBelow(3),
                Lanes = random.NextBelow(2) == 1 ? 1 : 1 + random.NextBelow(8),
                AdderPipeline = random.NextBelow(4),
                Multiplier = random.NextBelow(2) == 0 ? Multiplier.Fabric : (Multiplier)random.NextBelow(5),
                DspLanes = random.NextBelow(4) == 0 ? 2 : 0,
                Output = random.NextBelow(3) == 0
                    ? new(1 << (4 + random.NextBelow(4)), random.NextBelow(3) == 0 ? 32 : 16, random.NextBelow(2) == 1, random.NextBelow(2) == 1)
                    : null,
                Interconnect = random.NextBelow(2) == 0 ? Interconnect.Systolic : keeps ? Interconnect.AdderTree : Interconnect.Broadcast,
            };
            var shape = new GemmShape(1 + random.NextBelow(24), 1 + random.NextBelow(64), 1 + random.NextBelow(24));
            if (ArchitectureRules.Check(architecture).Count == 0 && Mapping(architecture, shape, random) is { } mapping)
            {
                return mapping;
            }
        }
    }

    /// <summary>Any feasible mapping of a product on an engine; null when a few draws found none.</summary>
    internal static Mapping? Mapping(Architecture architecture, GemmShape shape, Xoshiro256 random)
    {
        var space = new Mapspace(shape, architecture);
        for (var attempt = 0; attempt < MappingsTried; attempt++)
        {
            var mapping = space[(long)(random.NextUnit() * space.Count)];
            if (Feasibility.Check(mapping) is null)
            {
                return mapping;
            }
        }

        return null;
    }
}
