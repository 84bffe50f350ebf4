namespace HwSeed.Kernels;

/// <summary>A place where kernels run: managed code, an OpenCL device, an ILGPU accelerator.</summary>
public interface IBackend : IDisposable
{
    /// <summary>Name with device, as <c>opencl: pthread-EPYC</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Compiles the plan and lays out the weights for it. Throws <see cref="KernelBuildException"/> with the
    /// compiler's log when the device refuses the kernel.
    /// </summary>
    /// <param name="plan">Tiling, from a chip mapping or the plain start plan.</param>
    /// <param name="weights">B[K,N], row-major, signed.</param>
    /// <param name="k">Rows of B.</param>
    /// <param name="n">Columns of B.</param>
    IPreparedGemm Prepare(KernelPlan plan, ReadOnlySpan<sbyte> weights, int k, int n);
}

/// <summary>One weight matrix, packed and resident, ready to be multiplied.</summary>
public interface IPreparedGemm : IDisposable
{
    /// <summary>Rows of B.</summary>
    int K { get; }

    /// <summary>Columns of B.</summary>
    int N { get; }

    /// <summary>C[M,N] = A[M,K] x B[K,N], int8 x int8 accumulated exactly in int32, row-major.</summary>
    /// <param name="activations">A[M,K], at least m*K values.</param>
    /// <param name="m">Rows of A, at least 0.</param>
    /// <param name="result">C[M,N], at least m*N values, overwritten.</param>
    void Multiply(ReadOnlySpan<sbyte> activations, int m, Span<int> result);
}

/// <summary>A device refused a kernel; carries the build log.</summary>
public sealed class KernelBuildException(string message, string log) : Exception(message)
{
    /// <summary>The compiler's output.</summary>
    public string Log { get; } = log;
}
