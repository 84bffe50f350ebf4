using System.Numerics;

namespace HwSeed.Hdl.Architectures;

/// <summary>The integer reference: plain nested loops, with which every other implementation is compared.</summary>
public static class IntegerReference
{
    /// <summary>C[M,N] = A[M,K] x B[K,N], exact in int64.</summary>
    /// <typeparam name="T">Any integer type of at most 16 bits.</typeparam>
    /// <param name="shape">M, K, N.</param>
    /// <param name="a">A, row-major.</param>
    /// <param name="b">B, row-major.</param>
    public static long[] Multiply<T>(GemmShape shape, ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : struct, IBinaryInteger<T>
    {
        var c = new long[shape.M * shape.N];
        for (var m = 0; m < shape.M; m++)
        {
            for (var n = 0; n < shape.N; n++)
            {
                var sum = 0L;
                for (var k = 0; k < shape.K; k++)
                {
                    sum += long.CreateTruncating(a[(m * shape.K) + k]) * long.CreateTruncating(b[(k * shape.N) + n]);
                }

                c[(m * shape.N) + n] = sum;
            }
        }

        return c;
    }
}
