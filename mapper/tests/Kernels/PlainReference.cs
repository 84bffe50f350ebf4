namespace HwSeed.Mapper.Tests.Kernels;

/// <summary>The definition of a GEMM, written apart from every kernel.</summary>
internal static class PlainReference
{
    public static int[] Multiply(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b, int m, int k, int n)
    {
        var c = new int[m * n];
        for (var row = 0; row < m; row++)
        {
            for (var column = 0; column < n; column++)
            {
                for (var i = 0; i < k; i++)
                {
                    c[(row * n) + column] += a[(row * k) + i] * b[(i * n) + column];
                }
            }
        }

        return c;
    }

    /// <summary>Full-range bytes; every fourth is an extreme, as those find overflows.</summary>
    public static sbyte[] Bytes(Random random, int count)
    {
        var bytes = new sbyte[count];
        for (var i = 0; i < count; i++)
        {
            bytes[i] = random.Next(4) switch
            {
                0 => random.Next(2) == 0 ? sbyte.MinValue : sbyte.MaxValue,
                _ => (sbyte)random.Next(-128, 128),
            };
        }

        return bytes;
    }
}
