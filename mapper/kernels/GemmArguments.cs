namespace HwSeed.Kernels;

/// <summary>The argument rules that every backend shares; a breach is a caller's bug.</summary>
internal static class GemmArguments
{
    public static void CheckWeights(int length, int k, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        if (length < (long)k * n)
        {
            throw new ArgumentException($"weights hold {length} values, {k} x {n} needs {(long)k * n}");
        }
    }

    public static void CheckCall(int activations, int result, int m, int k, int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        if (activations < (long)m * k)
        {
            throw new ArgumentException($"activations hold {activations} values, {m} x {k} needs {(long)m * k}");
        }

        if (result < (long)m * n)
        {
            throw new ArgumentException($"result holds {result} values, {m} x {n} needs {(long)m * n}");
        }
    }
}
