using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Costs;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mappings.Direct;
using HwSeed.Mapper.Workloads.Convolutions;
using HwSeed.Sim.Accelerators;

namespace HwSeed.Agent.Flow;

/// <summary>A direct convolution on one engine with its operands: the host reads the tensor where it lies.</summary>
/// <param name="Program">The program.</param>
/// <param name="PredictedCycles">What the cost model says.</param>
/// <param name="Input">NHWC.</param>
/// <param name="Filters">MRSC.</param>
public sealed record DirectCase(DirectProgram Program, long PredictedCycles, short[] Input, short[] Filters) : IEngineCase
{
    /// <summary>What the output stage computes; null: results are the sums.</summary>
    public Requantisation? Output { get; init; }

    /// <summary>An operand for each output, NPQM, when there is a residual.</summary>
    public short[] Residual { get; init; } = [];

    /// <inheritdoc/>
    public string Title => $"{Program.Mapping.Convolution}";

    /// <inheritdoc/>
    public GemmShape Shape => Program.Stream.Shape;

    /// <inheritdoc/>
    public long CycleLimit => EngineCase.CycleLimitFor(PredictedCycles);

    private Architecture Architecture => Program.Mapping.Architecture;

    /// <summary>A case with random operands, requantised where the engine can.</summary>
    /// <param name="mapping">A feasible mapping.</param>
    /// <param name="seed">Decides the operands.</param>
    public static DirectCase Of(DirectMapping mapping, Seed seed)
    {
        var (arch, conv) = (mapping.Architecture, mapping.Convolution);
        var output = RandomOutputs.Draw(
            new(arch, conv.GroupGemm, 1, 1, 1, [Dimension.M, Dimension.N, Dimension.K]), seed.For("output"), isBehindPort: false);
        var program = DirectScheduler.Lower(mapping, output);
        return new(
            program, DirectCostModel.Evaluate(program, output is not null).Cycles,
            EngineCase.Operands(seed.For("activations"), conv.InputSize, arch.InputBits),
            EngineCase.Operands(seed.For("weights"), conv.FilterSize, arch.WeightBits))
        {
            Output = output,
            Residual = output is { HasResidual: true } ? EngineCase.Operands(seed.For("residual"), conv.OutputSize, arch.InputBits) : [],
        };
    }

    /// <inheritdoc/>
    public HostTraffic Traffic() => new(
        CommandEncoding.Encode(Program.Stream), Program.Pack<short>(Input, Filters), HostStreams.LimbsPerBeat(Architecture), Program.ResultOrder.Count)
    {
        Residual = Output is { HasResidual: true }
            ? Program.ResultOrder.Select(at => (ulong)Residual[at] & ((1UL << Architecture.InputBits) - 1)).ToArray()
            : default,
    };

    /// <inheritdoc/>
    public bool IsProduct(ReadOnlySpan<ulong> beats)
    {
        if (beats.Length != Program.ResultOrder.Count)
        {
            return false;
        }

        var conv = Program.Mapping.Convolution;
        var sums = ConvolutionReference.Convolve<short>(conv, Input, Filters);
        var expected = Output?.Apply(Architecture, conv.M, sums, Residual) ?? sums;
        for (var i = 0; i < beats.Length; i++)
        {
            if (HostStreams.Result(Architecture, beats[i]) != expected[Program.ResultOrder[i]])
            {
                return false;
            }
        }

        return true;
    }
}
