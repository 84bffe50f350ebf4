using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Costs;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Mapper.Searches;
using HwSeed.Sim.Accelerators;

namespace HwSeed.Agent.Flow;

/// <summary>One GEMM on one engine with its operands: what simulator, Verilator and chip are all given.</summary>
/// <param name="Mapping">How it runs.</param>
/// <param name="Cost">What the cost model predicts.</param>
/// <param name="Stream">The program.</param>
/// <param name="Activations">A[M,K], row-major, full-range operands.</param>
/// <param name="Weights">B[K,N], row-major.</param>
public sealed record EngineCase(Mapping Mapping, Cost Cost, CommandStream Stream, short[] Activations, short[] Weights) : IEngineCase
{
    /// <summary>What the output stage computes; null: results are the sums.</summary>
    public Requantisation? Output { get; init; }

    /// <summary>M x N operands to be added, when there is a residual.</summary>
    public short[] Residual { get; init; } = [];

    /// <summary>M x N sums by a reference of the layer's own, as a convolution's; null: the product's.</summary>
    public long[]? Sums { get; init; }

    /// <inheritdoc/>
    public string Title { get; init; } = $"{Mapping.Shape}";

    /// <inheritdoc/>
    public GemmShape Shape => Mapping.Shape;

    /// <inheritdoc/>
    public long PredictedCycles => Cost.Cycles;

    /// <summary>A case with random operands; extremes (-2^(b-1)) are as likely as any value.</summary>
    /// <remarks>Results are requantised where the engine can.</remarks>
    /// <param name="mapping">A feasible mapping.</param>
    /// <param name="seed">Decides the operands.</param>
    /// <param name="isBehindPort">Whether the host has no way to send a residual.</param>
    public static EngineCase Of(Mapping mapping, Seed seed, bool isBehindPort = false)
    {
        var (shape, bits, others) = (mapping.Shape, mapping.Architecture.InputBits, mapping.Architecture.WeightBits);
        var output = RandomOutputs.Draw(mapping, seed.For("output"), isBehindPort);
        var cost = CostModel.Evaluate(mapping, output) ?? throw new ArgumentException(Feasibility.Check(mapping, output)!.Reason, nameof(mapping));
        return new(mapping, cost, Scheduler.Lower(mapping, output),
            Operands(seed.For("activations"), shape.M * shape.K, bits), Operands(seed.For("weights"), shape.K * shape.N, others))
        {
            Output = output,
            Residual = output is { HasResidual: true } ? Operands(seed.For("residual"), shape.M * shape.N, bits) : [],
        };
    }

    /// <summary>The best mapping with random operands, or why the GEMM does not run on the engine.</summary>
    public static (EngineCase? Case, Infeasible? Reason) Best(Architecture architecture, GemmShape shape, Seed seed, bool isBehindPort = false)
    {
        var found = new ExhaustiveSearch().Best(new Mapspace(shape, architecture));
        return found.Best is null ? (null, found.Reason) : (Of(found.Best.Mapping, seed, isBehindPort), null);
    }

    /// <summary>What the host sends and waits for.</summary>
    public HostTraffic Traffic() => new(
        CommandEncoding.Encode(Stream), HostStreams.Pack<short>(Mapping.Architecture, Stream, Activations, Weights),
        HostStreams.LimbsPerBeat(Mapping.Architecture), HostStreams.ResultBeats(Stream))
    {
        Residual = Output is { HasResidual: true } ? HostStreams.PackResidual(Mapping.Architecture, Stream, Residual) : default,
    };

    /// <summary>C[M,N] by the independent integer reference, row-major.</summary>
    public long[] Expected()
    {
        var sums = Sums ?? IntegerReference.Multiply<short>(Mapping.Shape, Activations, Weights);
        return Output?.Apply(Mapping.Architecture, Mapping.Shape.N, sums, Residual) ?? sums;
    }

    /// <summary>Cycles after which a run has certainly failed: the prediction, and room for random stalls.</summary>
    public long CycleLimit => CycleLimitFor(Cost.Cycles);

    /// <summary>The limit of a run for which that many cycles are predicted.</summary>
    internal static long CycleLimitFor(long predicted) => (predicted * 8) + 1000;

    /// <summary>Whether result beats are the product, by the independent integer reference.</summary>
    public bool IsProduct(ReadOnlySpan<ulong> beats) =>
        beats.Length == HostStreams.ResultBeats(Stream)
        && HostStreams.Unpack(Mapping.Architecture, Stream, beats).AsSpan()
            .SequenceEqual(Expected());

    internal static short[] Operands(Seed seed, int count, int bits)
    {
        var random = seed.Random();
        var values = new short[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = (short)(random.NextBelow(1 << bits) - (1 << (bits - 1)));
        }

        return values;
    }
}
