using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Costs;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Sim.Accelerators;

namespace HwSeed.VerilatorTests;

/// <summary>A random legal engine with a random feasible mapping and full-range operands.</summary>
internal sealed record RandomEngine(Mapping Mapping, Cost Cost, CommandStream Stream, sbyte[] A, sbyte[] B)
{
    private static readonly int[] Depths = [16, 32, 64, 128];

    public static RandomEngine Draw(int seed, Dataflow dataflow)
    {
        var random = new Random(seed);
        while (true)
        {
            var bits = random.Next(3) == 0 ? 4 : 8;
            var engine = new Architecture(
                $"random-{seed}", random.Next(1, 8), random.Next(1, 8), dataflow, bits, random.Next(2 * bits, 33),
                random.Next(4), Pick(random), Pick(random), dataflow != Dataflow.OutputStationary ? Pick(random) : 0,
                random.Next(2) == 1)
            {
                Interconnect = dataflow == Dataflow.OutputStationary && random.Next(2) == 1 ? Interconnect.Broadcast : Interconnect.Systolic,
                Lanes = random.Next(2) == 1 ? 1 : random.Next(1, 5),
                Multiplier = random.Next(4) == 0 ? Multiplier.Dsp : Multiplier.Fabric,
                AdderPipeline = random.Next(3),
            };
            if (ArchitectureRules.Check(engine).Count == 0 && Draw(engine, random) is { } drawn)
            {
                return drawn;
            }
        }
    }

    /// <summary>A random shape and mapping on a given engine; null when the shape has no mapping.</summary>
    public static RandomEngine? Draw(Architecture engine, Random random)
    {
        var shape = new GemmShape(random.Next(1, 16), random.Next(1, 48), random.Next(1, 16));
        var space = new Mapspace(shape, engine);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var mapping = space[random.NextInt64(space.Count)];
            if (CostModel.Evaluate(mapping) is { } cost)
            {
                return new(mapping, cost, Scheduler.Lower(mapping),
                    Operands(random, shape.M * shape.K, engine.OperandBits), Operands(random, shape.K * shape.N, engine.OperandBits));
            }
        }

        return null;
    }

    public HostTraffic Traffic() => new(
        CommandEncoding.Encode(Stream), HostStreams.Pack(Mapping.Architecture, Stream, A, B),
        HostStreams.LimbsPerBeat(Mapping.Architecture), HostStreams.ResultBeats(Stream));

    public bool IsProduct(ReadOnlySpan<uint> beats) => HostStreams.Unpack(Mapping.Architecture, Stream, beats).AsSpan()
        .SequenceEqual(IntegerReference.Multiply(Mapping.Shape, A, B));

    private static int Pick(Random random) => Depths[random.Next(Depths.Length)];

    private static sbyte[] Operands(Random random, int count, int bits) =>
        [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-(1 << (bits - 1)), 1 << (bits - 1)))];
}
