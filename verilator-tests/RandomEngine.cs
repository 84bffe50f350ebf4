using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Costs;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Sim.Accelerators;

namespace HwSeed.VerilatorTests;

/// <summary>A random legal engine with a random feasible mapping and full-range operands.</summary>
internal sealed record RandomEngine(Mapping Mapping, Cost Cost, CommandStream Stream, short[] A, short[] B)
{
    /// <summary>What the output stage computes; null: results are the sums.</summary>
    public Requantisation? Output { get; init; }

    public short[] Residual { get; init; } = [];

    private static readonly int[] Depths = [16, 32, 64, 128];

    /// <summary>A random engine; hosts behind a port have no way to send a residual.</summary>
    public static RandomEngine Draw(int seed, Dataflow dataflow, bool isBehindPort = false)
    {
        var random = new Random(seed);
        while (true)
        {
            var (bits, others) = (Width(random), Width(random));
            var narrowest = Math.Max(8, bits + others);
            var engine = new Architecture(
                $"random-{seed}", random.Next(1, 8), random.Next(1, 8), dataflow, bits, others,
                random.Next(narrowest, Math.Max(33, narrowest + 4)),
                random.Next(4), Pick(random), Pick(random), dataflow != Dataflow.OutputStationary ? Pick(random) : 0,
                random.Next(2) == 1)
            {
                Interconnect = dataflow == Dataflow.OutputStationary && random.Next(2) == 1 ? Interconnect.Broadcast : Interconnect.Systolic,
                Lanes = random.Next(2) == 1 ? 1 : random.Next(1, 5),
                Multiplier = random.Next(2) == 0 ? Multiplier.Fabric : (Multiplier)random.Next(5),
                AdderPipeline = random.Next(3),
                DspLanes = random.Next(4) == 0 ? 2 : 0,
                Output = random.Next(3) == 0
                    ? new(16 << random.Next(3), random.Next(3) == 0 ? 32 : 16, random.Next(2) == 0, !isBehindPort & random.Next(2) == 0)
                    : null,
            };
            if (ArchitectureRules.Check(engine).Count == 0 && !(isBehindPort && engine.ResultBits > 32) && Draw(engine, random) is { } drawn)
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
            var output = engine.Output is null || random.Next(5) == 0 ? null : Draw(engine, shape, random);
            if (CostModel.Evaluate(mapping, output) is { } cost)
            {
                return new(mapping, cost, Scheduler.Lower(mapping, output),
                    Operands(random, shape.M * shape.K, engine.InputBits), Operands(random, shape.K * shape.N, engine.WeightBits))
                {
                    Output = output,
                    Residual = output is { HasResidual: true } ? Operands(random, shape.M * shape.N, engine.InputBits) : [],
                };
            }
        }

        return null;
    }

    public HostTraffic Traffic() => new(
        CommandEncoding.Encode(Stream), HostStreams.Pack<short>(Mapping.Architecture, Stream, A, B),
        HostStreams.LimbsPerBeat(Mapping.Architecture), HostStreams.ResultBeats(Stream))
    {
        Residual = Output is { HasResidual: true } ? HostStreams.PackResidual(Mapping.Architecture, Stream, Residual) : default,
    };

    public bool IsProduct(ReadOnlySpan<ulong> beats) => HostStreams.Unpack(Mapping.Architecture, Stream, beats).AsSpan().SequenceEqual(Expected());

    public long[] Expected()
    {
        var sums = IntegerReference.Multiply<short>(Mapping.Shape, A, B);
        return Output?.Apply(Mapping.Architecture, Mapping.Shape.N, sums, Residual) ?? sums;
    }

    /// <summary>Scales of any size: many results are in the middle of the range, others at its ends.</summary>
    private static Requantisation Draw(Architecture engine, GemmShape shape, Random random)
    {
        var (stage, low) = (engine.Output!, -(1 << (engine.InputBits - 1)));
        var shift = (int)Math.Log2(shape.K) + engine.InputBits;
        var bias = 1L << Math.Min(engine.AccumulatorBits - 1, shift + engine.InputBits);
        int[] ends = [random.Next(low, -low), random.Next(low, -low)];
        return new(
            [.. Enumerable.Range(0, shape.N).Select(_ => new ChannelScale(
                (int)random.NextInt64(-bias, bias), (int)random.NextInt64(1L << stage.FractionBits), Math.Clamp(random.Next(shift - 4, shift + 3), 0, 31)))],
            random.Next(low, -low), random.Next(2) == 0 ? low : ends.Min(), random.Next(2) == 0 ? -low - 1 : ends.Max(),
            stage.Table && random.Next(4) > 0 ? [.. Enumerable.Range(0, -2 * low).Select(_ => random.Next(low, -low))] : null,
            stage.Residual && random.Next(4) > 0);
    }

    private static int Width(Random random) => random.Next(6) switch { 0 => 2, 1 => 4, 2 => 16, _ => 8 };

    private static int Pick(Random random) => Depths[random.Next(Depths.Length)];

    private static short[] Operands(Random random, int count, int bits) =>
        [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(-(1 << (bits - 1)), 1 << (bits - 1)))];
}
