using HwSeed.Agent.Flow;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;
using HwSeed.Sim.Accelerators;

namespace HwSeed.Agent.ChipRuns;

/// <summary>
/// One weight matrix as a program of the engine: its commands, and its weights packed once into the beats that they
/// travel in. A run only fills the activations' beats.
/// </summary>
internal sealed class ChipProgram
{
    private readonly CommandStream _stream;
    private readonly CommandStream _activationLoads;
    private readonly ulong[] _commands;
    private readonly ulong[] _words;
    private readonly List<(int Start, int Length)> _activationWords = [];
    private readonly sbyte[] _weights;

    /// <param name="mapped">How it runs.</param>
    /// <param name="weights">B[K,N], row-major, of the product as the model sees it.</param>
    public ChipProgram(ChipMapping mapped, sbyte[] weights)
    {
        Mapped = mapped;
        _stream = Scheduler.Lower(mapped.Mapping);
        _commands = CommandEncoding.Encode(_stream);
        _weights = mapped.Exchanged ? Transpose(weights, Shape.K, Shape.M) : weights;
        var loads = _stream.Commands.OfType<Load>().ToList();
        _activationLoads = Of(loads.Select(load => mapped.Exchanged ? WeightsOnly(load) : ActivationsOnly(load)));
        _words = Pack(loads);
    }

    public ChipMapping Mapped { get; }

    /// <summary>The product as the engine sees it.</summary>
    private GemmShape Shape => Mapped.Mapping.Shape;

    /// <summary>What the host sends for these activations, A[M,K] of the product as the model sees it; valid until the next call.</summary>
    public HostTraffic Traffic(ReadOnlySpan<sbyte> activations)
    {
        var architecture = Mapped.Mapping.Architecture;
        var packed = Mapped.Exchanged
            ? HostStreams.Pack<sbyte>(architecture, _activationLoads, [], Transpose(activations, Shape.N, Shape.K))
            : HostStreams.Pack(architecture, _activationLoads, activations, []);
        var from = packed.AsSpan();
        foreach (var (start, length) in _activationWords)
        {
            from[..length].CopyTo(_words.AsSpan(start));
            from = from[length..];
        }

        return new(_commands, _words, HostStreams.LimbsPerBeat(architecture), HostStreams.ResultBeats(_stream));
    }

    /// <summary>C[M,N] of the product as the model sees it.</summary>
    public void Unpack(ReadOnlySpan<ulong> beats, Span<int> result)
    {
        var sums = HostStreams.Unpack(Mapped.Mapping.Architecture, _stream, beats);
        sums = Mapped.Exchanged ? Transpose<long>(sums, Shape.M, Shape.N) : sums;
        for (var i = 0; i < sums.Length; i++)
        {
            result[i] = (int)sums[i];
        }
    }

    /// <summary>The same run as a case to be verified.</summary>
    public EngineCase Case(ReadOnlySpan<sbyte> activations) => Mapped.Exchanged
        ? new(Mapped.Mapping, Mapped.Cost, _stream, Widen(_weights), Widen(Transpose(activations, Shape.N, Shape.K)))
        : new(Mapped.Mapping, Mapped.Cost, _stream, Widen(activations), Widen(_weights));

    private static short[] Widen(ReadOnlySpan<sbyte> operands) => Array.ConvertAll(operands.ToArray(), v => (short)v);

    /// <summary>All beats with zeros for the activations, load by load; a load's block of A stands before its block of B.</summary>
    private ulong[] Pack(IEnumerable<Load> loads)
    {
        var zeros = new sbyte[Mapped.Exchanged ? Shape.K * Shape.N : Shape.M * Shape.K];
        var (a, b) = Mapped.Exchanged ? (_weights, zeros) : (zeros, _weights);
        var words = new List<ulong>();
        foreach (var load in loads)
        {
            foreach (var (part, isWeights) in new[] { (ActivationsOnly(load), Mapped.Exchanged), (WeightsOnly(load), !Mapped.Exchanged) })
            {
                var packed = HostStreams.Pack<sbyte>(Mapped.Mapping.Architecture, Of([part]), a, b);
                if (!isWeights)
                {
                    _activationWords.Add((words.Count, packed.Length));
                }

                words.AddRange(packed);
            }
        }

        return [.. words];
    }

    private CommandStream Of(IEnumerable<Command> commands) => new(Shape, [.. commands]);

    private static Load ActivationsOnly(Load load) => load with { WeightWords = 0, Weights = Block.None };

    private static Load WeightsOnly(Load load) => load with { InputWords = 0, Activations = Block.None };

    private static T[] Transpose<T>(ReadOnlySpan<T> matrix, int rows, int columns)
    {
        var turned = new T[rows * columns];
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                turned[(c * rows) + r] = matrix[(r * columns) + c];
            }
        }

        return turned;
    }
}
