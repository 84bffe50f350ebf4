using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HwSeed.Kernels.Managed;

/// <summary>One width of vpmaddwd: two int16 products a lane, summed exactly into int32.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface IWideningMultiply<TSelf>
    where TSelf : struct, IWideningMultiply<TSelf>
{
    /// <summary>int32 lanes of one register.</summary>
    static abstract int Lanes { get; }

    /// <summary>Sums a 4-row, two-register tile over pairs of K and stores it.</summary>
    static abstract void Tile(short* a0, short* a1, short* a2, short* a3, short* b, int pairs, int* c, int step);
}

/// <summary>
/// Operands widened to int16 and multiplied in pairs: exact for every int8 value, also -128 * -128 twice. Weights are
/// packed [tile of columns][K/2][columns][2]. For processors without vpdpbusd.
/// </summary>
internal sealed unsafe class WideningGemm<T> : IPreparedGemm
    where T : struct, IWideningMultiply<T>
{
    private const int Rows = 4;
    private const long MacsWorthThreads = 4_000_000;

    private readonly short[] _packed;
    private readonly int _columns = 2 * T.Lanes;
    private readonly int _pairs;
    private readonly int _blocks;
    private readonly int _threads;

    public WideningGemm(ReadOnlySpan<sbyte> weights, int k, int n, int threads)
    {
        (K, N, _threads) = (k, n, threads);
        _pairs = (k + 1) / 2;
        _blocks = (n + _columns - 1) / _columns;
        _packed = GC.AllocateArray<short>(_blocks * _pairs * _columns * 2, pinned: true);
        for (var i = 0; i < k; i++)
        {
            for (var column = 0; column < n; column++)
            {
                var (block, lane) = (column / _columns, column % _columns);
                _packed[(((((block * _pairs) + (i / 2)) * _columns) + lane) * 2) + (i % 2)] = weights[(i * n) + column];
            }
        }
    }

    public int K { get; }

    public int N { get; }

    public void Multiply(ReadOnlySpan<sbyte> activations, int m, Span<int> result)
    {
        GemmArguments.CheckCall(activations.Length, result.Length, m, K, N);
        if (m == 0)
        {
            return;
        }

        var stride = _pairs * 2;
        var wide = ArrayPool<short>.Shared.Rent(m * stride);
        for (var row = 0; row < m; row++)
        {
            SpanWidening.Widen(activations.Slice(row * K, K), wide.AsSpan(row * stride, stride));
        }

        fixed (short* a = wide)
        fixed (int* c = result)
        {
            var parts = (long)m * K * N < MacsWorthThreads ? 1 : Math.Min(_threads, _blocks);
            if (parts == 1)
            {
                MultiplyBlocks(a, m, c, 0, _blocks);
            }
            else
            {
                var (sharedA, sharedC) = ((nint)a, (nint)c);
                Parallel.For(0, parts, part => MultiplyBlocks(
                    (short*)sharedA, m, (int*)sharedC, _blocks * part / parts, _blocks * (part + 1) / parts));
            }
        }

        ArrayPool<short>.Shared.Return(wide);
    }

    public void Dispose()
    {
        // Managed memory only.
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyBlocks(short* a, int m, int* c, int firstBlock, int lastBlock)
    {
        var stride = _pairs * 2;
        int* spill = stackalloc int[Rows * _columns];
        fixed (short* packed = _packed)
        {
            for (var block = firstBlock; block < lastBlock; block++)
            {
                var column = block * _columns;
                var columns = Math.Min(_columns, N - column);
                var b = packed + ((long)block * _pairs * _columns * 2);
                for (var first = 0; first < m; first += Rows)
                {
                    // Rows past the end repeat the last one; what they give is dropped.
                    var rows = Math.Min(Rows, m - first);
                    var a0 = a + ((long)first * stride);
                    var a1 = rows > 1 ? a0 + stride : a0;
                    var a2 = rows > 2 ? a1 + stride : a1;
                    var a3 = rows > 3 ? a2 + stride : a2;
                    var target = c + ((long)first * N) + column;
                    if (rows == Rows && columns == _columns)
                    {
                        T.Tile(a0, a1, a2, a3, b, _pairs, target, N);
                        continue;
                    }

                    T.Tile(a0, a1, a2, a3, b, _pairs, spill, _columns);
                    for (var row = 0; row < rows; row++)
                    {
                        new ReadOnlySpan<int>(spill + (row * _columns), columns)
                            .CopyTo(new Span<int>(target + ((long)row * N), columns));
                    }
                }
            }
        }
    }
}

/// <summary>vpmaddwd on 256-bit registers.</summary>
internal readonly unsafe struct Madd256 : IWideningMultiply<Madd256>
{
    public static int Lanes => Vector256<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile(short* a0, short* a1, short* a2, short* a3, short* b, int pairs, int* c, int step)
    {
        var c00 = Vector256<int>.Zero;
        var (c01, c10, c11, c20, c21, c30, c31) = (c00, c00, c00, c00, c00, c00, c00);
        for (nint i = 0; i < pairs; i++)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 16);
            b += 32;
            var v = Vector256.Create(((int*)a0)[i]).AsInt16();
            c00 += Avx2.MultiplyAddAdjacent(v, b0);
            c01 += Avx2.MultiplyAddAdjacent(v, b1);
            v = Vector256.Create(((int*)a1)[i]).AsInt16();
            c10 += Avx2.MultiplyAddAdjacent(v, b0);
            c11 += Avx2.MultiplyAddAdjacent(v, b1);
            v = Vector256.Create(((int*)a2)[i]).AsInt16();
            c20 += Avx2.MultiplyAddAdjacent(v, b0);
            c21 += Avx2.MultiplyAddAdjacent(v, b1);
            v = Vector256.Create(((int*)a3)[i]).AsInt16();
            c30 += Avx2.MultiplyAddAdjacent(v, b0);
            c31 += Avx2.MultiplyAddAdjacent(v, b1);
        }

        Store(c, c00, c01);
        Store(c += step, c10, c11);
        Store(c += step, c20, c21);
        Store(c += step, c30, c31);
    }

    private static void Store(int* c, Vector256<int> low, Vector256<int> high)
    {
        low.Store(c);
        high.Store(c + 8);
    }
}

/// <summary>vpmaddwd on 512-bit registers.</summary>
internal readonly unsafe struct Madd512 : IWideningMultiply<Madd512>
{
    public static int Lanes => Vector512<int>.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile(short* a0, short* a1, short* a2, short* a3, short* b, int pairs, int* c, int step)
    {
        var c00 = Vector512<int>.Zero;
        var (c01, c10, c11, c20, c21, c30, c31) = (c00, c00, c00, c00, c00, c00, c00);
        for (nint i = 0; i < pairs; i++)
        {
            var b0 = Vector512.Load(b);
            var b1 = Vector512.Load(b + 32);
            b += 64;
            var v = Vector512.Create(((int*)a0)[i]).AsInt16();
            c00 += Avx512BW.MultiplyAddAdjacent(v, b0);
            c01 += Avx512BW.MultiplyAddAdjacent(v, b1);
            v = Vector512.Create(((int*)a1)[i]).AsInt16();
            c10 += Avx512BW.MultiplyAddAdjacent(v, b0);
            c11 += Avx512BW.MultiplyAddAdjacent(v, b1);
            v = Vector512.Create(((int*)a2)[i]).AsInt16();
            c20 += Avx512BW.MultiplyAddAdjacent(v, b0);
            c21 += Avx512BW.MultiplyAddAdjacent(v, b1);
            v = Vector512.Create(((int*)a3)[i]).AsInt16();
            c30 += Avx512BW.MultiplyAddAdjacent(v, b0);
            c31 += Avx512BW.MultiplyAddAdjacent(v, b1);
        }

        Store(c, c00, c01);
        Store(c += step, c10, c11);
        Store(c += step, c20, c21);
        Store(c += step, c30, c31);
    }

    private static void Store(int* c, Vector512<int> low, Vector512<int> high)
    {
        low.Store(c);
        high.Store(c + 16);
    }
}
