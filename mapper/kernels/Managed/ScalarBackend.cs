using System.Runtime.CompilerServices;

namespace HwSeed.Kernels.Managed;

/// <summary>
/// GEMM as three nested loops on the unpacked operands: the start kernel where there is no OpenCL device. Every plan
/// gives the same loops.
/// </summary>
public sealed class ScalarBackend : IBackend
{
    /// <inheritdoc/>
    public string Name => "managed: plain loops";

    /// <inheritdoc/>
    public IPreparedGemm Prepare(KernelPlan plan, ReadOnlySpan<sbyte> weights, int k, int n)
    {
        ArgumentNullException.ThrowIfNull(plan);
        GemmArguments.CheckWeights(weights.Length, k, n);
        return new ScalarGemm(weights, k, n);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held.
    }
}

/// <summary>Three nested loops over row-major operands.</summary>
internal sealed class ScalarGemm(ReadOnlySpan<sbyte> weights, int k, int n) : IPreparedGemm
{
    private readonly sbyte[] _weights = weights[..(k * n)].ToArray();

    public int K => k;

    public int N => n;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(ReadOnlySpan<sbyte> activations, int m, Span<int> result)
    {
        GemmArguments.CheckCall(activations.Length, result.Length, m, k, n);
        for (var row = 0; row < m; row++)
        {
            for (var column = 0; column < n; column++)
            {
                var sum = 0;
                for (var i = 0; i < k; i++)
                {
                    sum += activations[(row * k) + i] * _weights[(i * n) + column];
                }

                result[(row * n) + column] = sum;
            }
        }
    }

    public void Dispose()
    {
        // Managed memory only.
    }
}
