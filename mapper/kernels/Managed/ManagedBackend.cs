using System.Runtime.Intrinsics.X86;

namespace HwSeed.Kernels.Managed;

/// <summary>The instructions that a managed multiplication is built from.</summary>
public enum ManagedInstructions
{
    /// <summary>Nested loops; what every processor has.</summary>
    Scalar,

    /// <summary>256-bit vpmaddwd on operands widened to int16.</summary>
    Avx2,

    /// <summary>512-bit vpmaddwd on operands widened to int16.</summary>
    Avx512,

    /// <summary>256-bit vpdpbusd: four int8 products a lane, activations offset by 128.</summary>
    AvxVnni,
}

/// <summary>
/// GEMM in managed code: packed weights and a register tile of SIMD accumulators, exact over the full int8 range. It
/// is what runs without an OpenCL device, and the strong fixed baseline that adopted kernels are reported against.
/// The register tile is fixed for each instruction set: a plan only chooses between <see cref="KernelDataflow.Plain"/>
/// (the plain loops of <see cref="ScalarBackend"/>) and the tiled code.
/// </summary>
public sealed class ManagedBackend : IBackend
{
    private readonly int _threads;

    /// <summary>A backend with the best instructions of this processor.</summary>
    /// <param name="threads">Threads that one large multiplication may use; 0 for all of the machine.</param>
    public ManagedBackend(int threads = 0)
        : this(Best, threads)
    {
    }

    /// <summary>A backend held to one instruction set.</summary>
    /// <param name="instructions">Must be among <see cref="Supported"/>.</param>
    /// <param name="threads">Threads that one large multiplication may use; 0 for all of the machine.</param>
    public ManagedBackend(ManagedInstructions instructions, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (!Supported.Contains(instructions))
        {
            throw new PlatformNotSupportedException($"this processor has no {instructions}");
        }

        Instructions = instructions;
        _threads = threads == 0 ? Environment.ProcessorCount : threads;
    }

    /// <summary>What this backend multiplies with.</summary>
    public ManagedInstructions Instructions { get; }

    /// <inheritdoc/>
    public string Name => $"managed: {Instructions} x{_threads}";

    /// <summary>The instruction sets of this processor, slowest first.</summary>
    public static IReadOnlyList<ManagedInstructions> Supported { get; } = FindSupported();

    private static ManagedInstructions Best => Supported[^1];

    /// <inheritdoc/>
    public IPreparedGemm Prepare(KernelPlan plan, ReadOnlySpan<sbyte> weights, int k, int n)
    {
        ArgumentNullException.ThrowIfNull(plan);
        GemmArguments.CheckWeights(weights.Length, k, n);
        if (plan.Dataflow == KernelDataflow.Plain)
        {
            return new ScalarGemm(weights, k, n);
        }

        return Instructions switch
        {
            ManagedInstructions.AvxVnni => new VnniGemm(weights, k, n, _threads),
            ManagedInstructions.Avx512 => new WideningGemm<Madd512>(weights, k, n, _threads),
            ManagedInstructions.Avx2 => new WideningGemm<Madd256>(weights, k, n, _threads),
            _ => new ScalarGemm(weights, k, n),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held: each prepared product owns its packed weights.
    }

    private static List<ManagedInstructions> FindSupported()
    {
        var found = new List<ManagedInstructions> { ManagedInstructions.Scalar };
        if (Avx2.IsSupported)
        {
            found.Add(ManagedInstructions.Avx2);
        }

        if (Avx512BW.IsSupported)
        {
            found.Add(ManagedInstructions.Avx512);
        }

        if (AvxVnni.IsSupported)
        {
            found.Add(ManagedInstructions.AvxVnni);
        }

        return found;
    }
}
