using ILGPU;
using ILGPU.Runtime;

namespace HwSeed.Kernels.Ilgpu;

/// <summary>
/// The plans as ILGPU kernels. A vector of 16 lanes is 16 neighbouring threads, each of which holds its lane of the
/// register tile; extents of the tile are specialised constants, so that its loops unroll on a real device.
/// </summary>
internal static class IlgpuKernels
{
    /// <summary>Lane values that a thread may hold: a tile's vectors at most.</summary>
    public const int TileValues = 64;

    /// <summary>Rows of A that one thread of a weight-stationary kernel streams.</summary>
    public const int StreamedRows = 64;

    public static void Plain(
        Index2D index, ArrayView<sbyte> a, ArrayView<sbyte> b, ArrayView<int> c, int m, int k, int n)
    {
        var sum = 0;
        for (var i = 0; i < k; i++)
        {
            sum += a[(index.Y * k) + i] * b[(i * n) + index.X];
        }

        c[(index.Y * n) + index.X] = sum;
    }

    public static void OutputStationary(
        Index2D index, ArrayView<sbyte> a, ArrayView<sbyte> b, ArrayView<int> c, int m, int k, int n,
        SpecializedValue<int> rows, SpecializedValue<int> vectors)
    {
        // Thread X: block of columns and lane in it; thread Y: tile of rows.
        var column = (index.X / KernelPlan.VectorColumns * vectors * KernelPlan.VectorColumns)
            + (index.X % KernelPlan.VectorColumns);
        var row = index.Y * rows;
        var sums = LocalMemory.Allocate<int>(TileValues);
        for (var i = 0; i < rows * vectors; i++)
        {
            sums[i] = 0;
        }

        for (var i = 0; i < k; i++)
        {
            for (var v = 0; v < vectors; v++)
            {
                // Columns and rows past the end repeat the last one and are not stored.
                var weight = (int)b[(i * n) + IntrinsicMath.Min(column + (v * KernelPlan.VectorColumns), n - 1)];
                for (var r = 0; r < rows; r++)
                {
                    sums[(r * vectors) + v] += a[(IntrinsicMath.Min(row + r, m - 1) * k) + i] * weight;
                }
            }
        }

        for (var r = 0; r < rows; r++)
        {
            for (var v = 0; v < vectors; v++)
            {
                var at = column + (v * KernelPlan.VectorColumns);
                if (row + r < m && at < n)
                {
                    c[((row + r) * n) + at] = sums[(r * vectors) + v];
                }
            }
        }
    }

    public static void WeightStationary(
        Index2D index, ArrayView<sbyte> a, ArrayView<sbyte> b, ArrayView<int> c, int m, int k, int n,
        SpecializedValue<int> depth, SpecializedValue<int> vectors)
    {
        var first = (index.X / KernelPlan.VectorColumns * vectors * KernelPlan.VectorColumns)
            + (index.X % KernelPlan.VectorColumns);
        var row = index.Y * StreamedRows;
        var last = IntrinsicMath.Min(row + StreamedRows, m);
        var held = LocalMemory.Allocate<int>(TileValues);
        for (var v = 0; v < vectors; v++)
        {
            var column = first + (v * KernelPlan.VectorColumns);
            if (column < n)
            {
                for (var start = 0; start < k; start += depth)
                {
                    for (var d = 0; d < depth; d++)
                    {
                        held[d] = start + d < k ? b[((start + d) * n) + column] : 0;
                    }

                    for (var r = row; r < last; r++)
                    {
                        var sum = start == 0 ? 0 : c[(r * n) + column];
                        for (var d = 0; d < depth; d++)
                        {
                            sum += a[(r * k) + IntrinsicMath.Min(start + d, k - 1)] * held[d];
                        }

                        c[(r * n) + column] = sum;
                    }
                }
            }
        }
    }
}
