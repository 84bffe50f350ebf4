using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HwSeed.Brain.Training;

/// <summary>
/// C (+)= A x B in float32. A tile of 8 rows by 32 columns stays in sixteen vector registers while the summed
/// dimension streams; B is packed in panels of 32 columns, A is read in place. Each element of C is summed in the
/// order of the summed dimension, in blocks of 256, whatever the tiling and the number of threads.
/// </summary>
internal sealed class FloatGemm
{
    private const int TileRows = 8;
    private const int TileColumns = 32;
    private const int BlockK = 256;

    private readonly float[] _edgeA = new float[TileRows * BlockK];
    private readonly float[] _edgeC = new float[TileRows * TileColumns];
    private float[] _packed = [];

    /// <summary>The product on one thread; C's columns are contiguous.</summary>
    public void Multiply(MatrixView a, MatrixView b, MatrixView c, bool add)
    {
        var (m, n, k) = (c.Rows, c.Columns, a.Columns);
        if (a.Rows != m || b.Rows != k || b.Columns != n || c.ColumnStride != 1)
        {
            throw new ArgumentException($"{a.Rows}x{k} by {b.Rows}x{b.Columns} does not give {m}x{n}");
        }

        var panels = (n + TileColumns - 1) / TileColumns;
        if (_packed.Length < panels * TileColumns * BlockK)
        {
            _packed = new float[panels * TileColumns * BlockK];
        }

        for (var from = 0; from < k; from += BlockK)
        {
            var depth = Math.Min(BlockK, k - from);
            Pack(b.RowBlock(from, depth), panels);
            MultiplyBlock(a.ColumnBlock(from, depth), c, panels, add || from > 0);
        }
    }

    /// <summary>The product divided over a team along the larger side of C.</summary>
    /// <param name="team">Threads.</param>
    /// <param name="each">One multiplier for every member.</param>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="c">C.</param>
    /// <param name="add">Whether C is added to.</param>
    public static void Multiply(Team team, FloatGemm[] each, MatrixView a, MatrixView b, MatrixView c, bool add)
    {
        // A piece packs its part of B itself; it must be large enough for that not to matter.
        var rows = c.Rows >= c.Columns;
        var (unit, worth) = rows ? (TileRows, 256) : (TileColumns, 128);
        var length = rows ? c.Rows : c.Columns;
        var units = (length + unit - 1) / unit;
        var pieces = Math.Min(units, Math.Max(team.Size, length / worth));
        team.Run(pieces, (piece, member) =>
        {
            var (first, end) = Team.Share(piece, pieces, units);
            var (from, count) = (first * unit, Math.Min(end * unit, length) - (first * unit));
            if (rows)
            {
                each[member].Multiply(a.RowBlock(from, count), b, c.RowBlock(from, count), add);
            }
            else
            {
                each[member].Multiply(a, b.ColumnBlock(from, count), c.ColumnBlock(from, count), add);
            }
        });
    }

    private void MultiplyBlock(MatrixView a, MatrixView c, int panels, bool add)
    {
        var depth = a.Columns;
        for (var row = 0; row < c.Rows; row += TileRows)
        {
            var rows = Math.Min(TileRows, c.Rows - row);
            var block = a.RowBlock(row, rows);
            if (rows < TileRows)
            {
                block = Padded(block);
            }

            for (var panel = 0; panel < panels; panel++)
            {
                ref var packed = ref _packed[panel * TileColumns * depth];
                var column = panel * TileColumns;
                var columns = Math.Min(TileColumns, c.Columns - column);
                ref var target = ref c.Data[c.Offset + (row * c.RowStride) + column];
                if (rows == TileRows && columns == TileColumns)
                {
                    Tile(ref block.First, block.RowStride, block.ColumnStride, ref packed, depth, ref target,
                        c.RowStride, add);
                    continue;
                }

                Tile(ref block.First, block.RowStride, block.ColumnStride, ref packed, depth, ref _edgeC[0],
                    TileColumns, add: false);
                for (var r = 0; r < rows; r++)
                {
                    var to = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, r * c.RowStride), columns);
                    var sums = _edgeC.AsSpan(r * TileColumns, columns);
                    for (var i = 0; i < to.Length; i++)
                    {
                        to[i] = add ? to[i] + sums[i] : sums[i];
                    }
                }
            }
        }
    }

    private MatrixView Padded(MatrixView a)
    {
        _edgeA.AsSpan().Clear();
        for (var r = 0; r < a.Rows; r++)
        {
            for (var i = 0; i < a.Columns; i++)
            {
                _edgeA[(r * a.Columns) + i] = a.Data[a.Offset + (r * a.RowStride) + (i * a.ColumnStride)];
            }
        }

        return new(_edgeA, 0, TileRows, a.Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(MatrixView b, int panels)
    {
        for (var panel = 0; panel < panels; panel++)
        {
            var column = panel * TileColumns;
            var columns = Math.Min(TileColumns, b.Columns - column);
            var to = _packed.AsSpan(panel * TileColumns * b.Rows, TileColumns * b.Rows);
            if (columns < TileColumns)
            {
                to.Clear();
            }

            if (b.ColumnStride == 1)
            {
                for (var row = 0; row < b.Rows; row++)
                {
                    b.Data.AsSpan(b.Offset + (row * b.RowStride) + column, columns).CopyTo(to[(row * TileColumns)..]);
                }

                continue;
            }

            for (var i = 0; i < columns; i++)
            {
                ref var source = ref b.Data[b.Offset + ((column + i) * b.ColumnStride)];
                ref var target = ref to[i];
                for (var row = 0; row < b.Rows; row++)
                {
                    target = source;
                    target = ref Unsafe.Add(ref target, TileColumns);
                    source = ref Unsafe.Add(ref source, b.RowStride);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(
        ref float a, nint rowStride, nint step, ref float b, int depth, ref float c, nint stride, bool add)
    {
        ref var a0 = ref a;
        ref var a1 = ref Unsafe.Add(ref a, rowStride);
        ref var a2 = ref Unsafe.Add(ref a, 2 * rowStride);
        ref var a3 = ref Unsafe.Add(ref a, 3 * rowStride);
        ref var a4 = ref Unsafe.Add(ref a, 4 * rowStride);
        ref var a5 = ref Unsafe.Add(ref a, 5 * rowStride);
        ref var a6 = ref Unsafe.Add(ref a, 6 * rowStride);
        ref var a7 = ref Unsafe.Add(ref a, 7 * rowStride);
        Vector512<float> l0 = default, l1 = default, l2 = default, l3 = default;
        Vector512<float> l4 = default, l5 = default, l6 = default, l7 = default;
        Vector512<float> h0 = default, h1 = default, h2 = default, h3 = default;
        Vector512<float> h4 = default, h5 = default, h6 = default, h7 = default;
        nint at = 0;
        for (var i = 0; i < depth; i++)
        {
            var low = Vector512.LoadUnsafe(ref b);
            var high = Vector512.LoadUnsafe(ref b, 16);
            b = ref Unsafe.Add(ref b, TileColumns);
            var v = Vector512.Create(Unsafe.Add(ref a0, at));
            (l0, h0) = (Vector512.FusedMultiplyAdd(v, low, l0), Vector512.FusedMultiplyAdd(v, high, h0));
            v = Vector512.Create(Unsafe.Add(ref a1, at));
            (l1, h1) = (Vector512.FusedMultiplyAdd(v, low, l1), Vector512.FusedMultiplyAdd(v, high, h1));
            v = Vector512.Create(Unsafe.Add(ref a2, at));
            (l2, h2) = (Vector512.FusedMultiplyAdd(v, low, l2), Vector512.FusedMultiplyAdd(v, high, h2));
            v = Vector512.Create(Unsafe.Add(ref a3, at));
            (l3, h3) = (Vector512.FusedMultiplyAdd(v, low, l3), Vector512.FusedMultiplyAdd(v, high, h3));
            v = Vector512.Create(Unsafe.Add(ref a4, at));
            (l4, h4) = (Vector512.FusedMultiplyAdd(v, low, l4), Vector512.FusedMultiplyAdd(v, high, h4));
            v = Vector512.Create(Unsafe.Add(ref a5, at));
            (l5, h5) = (Vector512.FusedMultiplyAdd(v, low, l5), Vector512.FusedMultiplyAdd(v, high, h5));
            v = Vector512.Create(Unsafe.Add(ref a6, at));
            (l6, h6) = (Vector512.FusedMultiplyAdd(v, low, l6), Vector512.FusedMultiplyAdd(v, high, h6));
            v = Vector512.Create(Unsafe.Add(ref a7, at));
            (l7, h7) = (Vector512.FusedMultiplyAdd(v, low, l7), Vector512.FusedMultiplyAdd(v, high, h7));
            at += step;
        }

        Store(l0, h0, ref c, add);
        Store(l1, h1, ref Unsafe.Add(ref c, stride), add);
        Store(l2, h2, ref Unsafe.Add(ref c, 2 * stride), add);
        Store(l3, h3, ref Unsafe.Add(ref c, 3 * stride), add);
        Store(l4, h4, ref Unsafe.Add(ref c, 4 * stride), add);
        Store(l5, h5, ref Unsafe.Add(ref c, 5 * stride), add);
        Store(l6, h6, ref Unsafe.Add(ref c, 6 * stride), add);
        Store(l7, h7, ref Unsafe.Add(ref c, 7 * stride), add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> low, Vector512<float> high, ref float to, bool add)
    {
        (add ? low + Vector512.LoadUnsafe(ref to) : low).StoreUnsafe(ref to);
        (add ? high + Vector512.LoadUnsafe(ref to, 16) : high).StoreUnsafe(ref to, 16);
    }
}
