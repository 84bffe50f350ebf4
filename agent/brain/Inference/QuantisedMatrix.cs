using HwSeed.Kernels;

namespace HwSeed.Brain.Inference;

/// <summary>
/// Weights of one or several projections of the same input: B[K,N] as int8 with a float scale per output channel.
/// </summary>
internal sealed class QuantisedMatrix(string name, int k, int n, sbyte[] weights, float[] scales) : IDisposable
{
    private IPreparedGemm? _prepared;

    public string Name { get; } = name;

    /// <summary>Input channels.</summary>
    public int K { get; } = k;

    /// <summary>Output channels.</summary>
    public int N { get; } = n;

    public float[] Scales { get; } = scales;

    /// <summary>B[K,N], row-major.</summary>
    public sbyte[] Weights { get; } = weights;

    /// <summary>
    /// From projections stored as files do, one row of K inputs an output channel; outputs follow one another.
    /// </summary>
    public static QuantisedMatrix Join(string name, int k, params ReadOnlySpan<QuantisedRows> parts)
    {
        var n = 0;
        foreach (var part in parts)
        {
            n += part.Rows;
        }

        var weights = new sbyte[k * n];
        var scales = new float[n];
        var column = 0;
        foreach (var part in parts)
        {
            for (var row = 0; row < part.Rows; row++, column++)
            {
                scales[column] = part.Scales[row];
                for (var i = 0; i < k; i++)
                {
                    weights[(i * n) + column] = part.Weights[(row * k) + i];
                }
            }
        }

        return new(name, k, n, weights, scales);
    }

    public IPreparedGemm Prepare(IBackend backend, KernelPlan plan) => backend.Prepare(plan, Weights, K, N);

    /// <summary>Takes a kernel made by <see cref="Prepare"/> and ends the former.</summary>
    public void Use(IPreparedGemm prepared)
    {
        _prepared?.Dispose();
        _prepared = prepared;
    }

    public void Multiply(ReadOnlySpan<sbyte> activations, int m, Span<int> result) =>
        _prepared!.Multiply(activations, m, result);

    public void Dispose() => _prepared?.Dispose();
}

/// <summary>A projection as stored: Rows output channels of K int8 weights, a scale each.</summary>
internal sealed record QuantisedRows(int Rows, sbyte[] Weights, float[] Scales)
{
    /// <summary>Symmetric int8 per row: scale = max|w| / 127, ties to even.</summary>
    public static QuantisedRows From(ReadOnlySpan<float> weights, int rows, int k)
    {
        var quantised = new sbyte[rows * k];
        var scales = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            scales[row] = Lanes.Quantise(weights.Slice(row * k, k), quantised.AsSpan(row * k, k));
        }

        return new(rows, quantised, scales);
    }
}
