using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HwSeed.Kernels.Managed;

/// <summary>
/// vpdpbusd multiplies unsigned by signed bytes, so activations are offset by 128 and every accumulator starts at
/// -128 times its column's weight sum. Weights are packed [16 columns][K/4][16 columns][4]; a tile is 6 x 16, twelve
/// accumulators of the sixteen registers that the VEX encoding reaches.
/// </summary>
internal sealed unsafe class VnniGemm : IPreparedGemm
{
    private const int Columns = 16;
    private const int Rows = 6;
    private const int NarrowRows = 4;
    private const long MacsWorthThreads = 4_000_000;

    private readonly sbyte[] _packed;
    private readonly int[] _start;
    private readonly int _groups;
    private readonly int _blocks;
    private readonly int _threads;

    public VnniGemm(ReadOnlySpan<sbyte> weights, int k, int n, int threads)
    {
        (K, N, _threads) = (k, n, threads);
        _groups = (k + 3) / 4;
        _blocks = (n + Columns - 1) / Columns;
        _packed = GC.AllocateUninitializedArray<sbyte>(_blocks * _groups * Columns * 4, pinned: true);
        _packed.AsSpan().Clear();
        _start = GC.AllocateArray<int>(_blocks * Columns, pinned: true);
        for (var i = 0; i < k; i++)
        {
            for (var column = 0; column < n; column++)
            {
                var weight = weights[(i * n) + column];
                var (block, lane) = (column / Columns, column % Columns);
                _packed[(((((block * _groups) + (i / 4)) * Columns) + lane) * 4) + (i % 4)] = weight;
                _start[column] -= 128 * weight;
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

        var stride = _groups * 4;
        var offset = ArrayPool<byte>.Shared.Rent(m * stride);
        Offset(activations, m, offset);
        fixed (byte* a = offset)
        fixed (int* c = result)
        {
            if (_threads == 1 || (long)m * K * N < MacsWorthThreads)
            {
                MultiplyBlocks(a, m, c, 0, _blocks);
            }
            else
            {
                MultiplyParallel(a, m, c);
            }
        }

        ArrayPool<byte>.Shared.Return(offset);
    }

    public void Dispose()
    {
        // Managed memory only.
    }

    private void MultiplyParallel(byte* a, int m, int* c)
    {
        // Columns are shared out, so that no two threads read the same weights or write the same tile.
        var parts = Math.Min(_threads, _blocks);
        var (sharedA, sharedC) = ((nint)a, (nint)c);
        Parallel.For(0, parts, part => MultiplyBlocks(
            (byte*)sharedA, m, (int*)sharedC, _blocks * part / parts, _blocks * (part + 1) / parts));
    }

    private void Offset(ReadOnlySpan<sbyte> activations, int m, Span<byte> offset)
    {
        // The padding up to a multiple of four meets zero weights: its value does not matter.
        var stride = _groups * 4;
        for (var row = 0; row < m; row++)
        {
            SpanWidening.Offset(activations.Slice(row * K, K), offset.Slice(row * stride, stride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyBlocks(byte* a, int m, int* c, int firstBlock, int lastBlock)
    {
        fixed (sbyte* packed = _packed)
        fixed (int* start = _start)
        {
            var stride = _groups * 4;
            var blockBytes = _groups * Columns * 4;
            var row = 0;
            if (m % Rows == 1)
            {
                // One row alone would waste five sixths of a tile: four column blocks keep the pipeline full instead.
                RowOf(a, c, packed, start, firstBlock, lastBlock);
                row = 1;
            }

            int* spill = stackalloc int[Rows * Columns];
            for (var block = firstBlock; block < lastBlock; block++)
            {
                var whole = (block + 1) * Columns <= N;
                for (var first = row; first < m; first += Rows)
                {
                    var rows = Math.Min(Rows, m - first);
                    var target = whole && (rows is Rows or NarrowRows) ? c + ((long)first * N) + (block * Columns) : spill;
                    var step = target == spill ? Columns : N;
                    if (rows > NarrowRows)
                    {
                        Tile6(a + ((long)first * stride), stride, rows, packed + ((long)block * blockBytes),
                            start + (block * Columns), target, step);
                    }
                    else
                    {
                        Tile4(a + ((long)first * stride), stride, rows, packed + ((long)block * blockBytes),
                            start + (block * Columns), target, step);
                    }

                    if (target == spill)
                    {
                        CopyOut(spill, rows, c + ((long)first * N) + (block * Columns), Math.Min(Columns, N - (block * Columns)));
                    }
                }
            }
        }
    }

    private void CopyOut(int* spill, int rows, int* c, int columns)
    {
        for (var row = 0; row < rows; row++)
        {
            new ReadOnlySpan<int>(spill + (row * Columns), columns).CopyTo(new Span<int>(c + ((long)row * N), columns));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6(byte* a, int stride, int rows, sbyte* b, int* start, int* c, int step)
    {
        // Rows past the end repeat the last one; the caller drops what they give.
        var a0 = a;
        var a1 = a0 + stride;
        var a2 = a1 + stride;
        var a3 = a2 + stride;
        var a4 = a3 + stride;
        var a5 = rows == Rows ? a4 + stride : a4;
        var s0 = Vector256.Load(start);
        var s1 = Vector256.Load(start + 8);
        var (c00, c10, c20, c30, c40, c50) = (s0, s0, s0, s0, s0, s0);
        var (c01, c11, c21, c31, c41, c51) = (s1, s1, s1, s1, s1, s1);
        var length = (nint)stride;
        for (nint i = 0; i < length; i += 4)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 32);
            b += 64;
            var v = Vector256.Create(*(int*)(a0 + i)).AsByte();
            c00 = AvxVnni.MultiplyWideningAndAdd(c00, v, b0);
            c01 = AvxVnni.MultiplyWideningAndAdd(c01, v, b1);
            v = Vector256.Create(*(int*)(a1 + i)).AsByte();
            c10 = AvxVnni.MultiplyWideningAndAdd(c10, v, b0);
            c11 = AvxVnni.MultiplyWideningAndAdd(c11, v, b1);
            v = Vector256.Create(*(int*)(a2 + i)).AsByte();
            c20 = AvxVnni.MultiplyWideningAndAdd(c20, v, b0);
            c21 = AvxVnni.MultiplyWideningAndAdd(c21, v, b1);
            v = Vector256.Create(*(int*)(a3 + i)).AsByte();
            c30 = AvxVnni.MultiplyWideningAndAdd(c30, v, b0);
            c31 = AvxVnni.MultiplyWideningAndAdd(c31, v, b1);
            v = Vector256.Create(*(int*)(a4 + i)).AsByte();
            c40 = AvxVnni.MultiplyWideningAndAdd(c40, v, b0);
            c41 = AvxVnni.MultiplyWideningAndAdd(c41, v, b1);
            v = Vector256.Create(*(int*)(a5 + i)).AsByte();
            c50 = AvxVnni.MultiplyWideningAndAdd(c50, v, b0);
            c51 = AvxVnni.MultiplyWideningAndAdd(c51, v, b1);
        }

        Store(c, c00, c01);
        Store(c += step, c10, c11);
        Store(c += step, c20, c21);
        Store(c += step, c30, c31);
        Store(c += step, c40, c41);
        Store(c += step, c50, c51);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4(byte* a, int stride, int rows, sbyte* b, int* start, int* c, int step)
    {
        var a0 = a;
        var a1 = rows > 1 ? a0 + stride : a0;
        var a2 = rows > 2 ? a1 + stride : a1;
        var a3 = rows > 3 ? a2 + stride : a2;
        var s0 = Vector256.Load(start);
        var s1 = Vector256.Load(start + 8);
        var (c00, c10, c20, c30) = (s0, s0, s0, s0);
        var (c01, c11, c21, c31) = (s1, s1, s1, s1);
        var length = (nint)stride;
        for (nint i = 0; i < length; i += 4)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 32);
            b += 64;
            var v = Vector256.Create(*(int*)(a0 + i)).AsByte();
            c00 = AvxVnni.MultiplyWideningAndAdd(c00, v, b0);
            c01 = AvxVnni.MultiplyWideningAndAdd(c01, v, b1);
            v = Vector256.Create(*(int*)(a1 + i)).AsByte();
            c10 = AvxVnni.MultiplyWideningAndAdd(c10, v, b0);
            c11 = AvxVnni.MultiplyWideningAndAdd(c11, v, b1);
            v = Vector256.Create(*(int*)(a2 + i)).AsByte();
            c20 = AvxVnni.MultiplyWideningAndAdd(c20, v, b0);
            c21 = AvxVnni.MultiplyWideningAndAdd(c21, v, b1);
            v = Vector256.Create(*(int*)(a3 + i)).AsByte();
            c30 = AvxVnni.MultiplyWideningAndAdd(c30, v, b0);
            c31 = AvxVnni.MultiplyWideningAndAdd(c31, v, b1);
        }

        Store(c, c00, c01);
        Store(c += step, c10, c11);
        Store(c += step, c20, c21);
        Store(c += step, c30, c31);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RowOf(byte* a, int* c, sbyte* packed, int* start, int firstBlock, int lastBlock)
    {
        const int Together = 4;
        var blockBytes = (long)_groups * Columns * 4;
        var length = (nint)_groups * 4;
        int* spill = stackalloc int[Together * Columns];
        for (var block = firstBlock; block < lastBlock; block += Together)
        {
            // Blocks past the end repeat the last one; what they give is dropped.
            var last = lastBlock - 1;
            var p0 = packed + (block * blockBytes);
            var p1 = packed + (Math.Min(block + 1, last) * blockBytes);
            var p2 = packed + (Math.Min(block + 2, last) * blockBytes);
            var p3 = packed + (Math.Min(block + 3, last) * blockBytes);
            var c0 = Vector256<int>.Zero;
            var (c1, c2, c3, c4, c5, c6, c7) = (c0, c0, c0, c0, c0, c0, c0);
            for (nint i = 0; i < length; i += 4)
            {
                var v = Vector256.Create(*(int*)(a + i)).AsByte();
                c0 = AvxVnni.MultiplyWideningAndAdd(c0, v, Vector256.Load(p0 + (i * 16)));
                c1 = AvxVnni.MultiplyWideningAndAdd(c1, v, Vector256.Load(p0 + (i * 16) + 32));
                c2 = AvxVnni.MultiplyWideningAndAdd(c2, v, Vector256.Load(p1 + (i * 16)));
                c3 = AvxVnni.MultiplyWideningAndAdd(c3, v, Vector256.Load(p1 + (i * 16) + 32));
                c4 = AvxVnni.MultiplyWideningAndAdd(c4, v, Vector256.Load(p2 + (i * 16)));
                c5 = AvxVnni.MultiplyWideningAndAdd(c5, v, Vector256.Load(p2 + (i * 16) + 32));
                c6 = AvxVnni.MultiplyWideningAndAdd(c6, v, Vector256.Load(p3 + (i * 16)));
                c7 = AvxVnni.MultiplyWideningAndAdd(c7, v, Vector256.Load(p3 + (i * 16) + 32));
            }

            Store(spill, c0, c1);
            Store(spill + 16, c2, c3);
            Store(spill + 32, c4, c5);
            Store(spill + 48, c6, c7);
            var column = block * Columns;
            var columns = Math.Min(Math.Min(Together, lastBlock - block) * Columns, N - column);
            for (var i = 0; i < columns; i++)
            {
                c[column + i] = spill[i] + start[column + i];
            }
        }
    }

    private static void Store(int* c, Vector256<int> low, Vector256<int> high)
    {
        low.Store(c);
        high.Store(c + 8);
    }
}
