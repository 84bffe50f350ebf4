namespace HwSeed.Hdl.Architectures;

/// <summary>The integer reference: plain nested loops, with which every other implementation is compared.</summary>
public static class IntegerReference
{
    /// <summary>C[M,N] = A[M,K] x B[K,N], exact in int32.</summary>
    /// <param name="shape">M, K, N.</param>
    /// <param name="a">A, row-major.</param>
    /// <param name="b">B, row-major.</param>
    public static int[] Multiply(GemmShape shape, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        var c = new int[shape.M * shape.N];
        for (var m = 0; m < shape.M; m++)
        {
            for (var n = 0; n < shape.N; n++)
            {
                var sum = 0;
                for (var k = 0; k < shape.K; k++)
                {
                    sum += a[(m * shape.K) + k] * b[(k * shape.N) + n];
                }

                c[(m * shape.N) + n] = sum;
            }
        }

        return c;
    }
}
