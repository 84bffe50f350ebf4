using System.Runtime.InteropServices;

namespace HwSeed.Kernels.OpenCl;

/// <summary>Lays operands out in the groups that the tiled kernels read.</summary>
/// <param name="Instructions">Decides group size and offset.</param>
/// <param name="K">Summed elements.</param>
/// <param name="N">Columns of B.</param>
/// <param name="RegisterColumns">Columns of one block of B.</param>
/// <param name="Groups">Groups along K, padded to whole steps.</param>
internal sealed record OpenClPacking(OpenClInstructions Instructions, int K, int N, int RegisterColumns, int Groups)
{
    private int Size => Instructions.GroupSize();

    /// <summary>Blocks of columns.</summary>
    public int Blocks => (N + RegisterColumns - 1) / RegisterColumns;

    /// <summary>Columns of C in memory.</summary>
    public int Stride => Blocks * RegisterColumns;

    public static OpenClPacking For(KernelPlan plan, OpenClInstructions instructions, int k, int n)
    {
        var size = instructions.GroupSize();
        var step = plan.Dataflow == KernelDataflow.WeightStationary ? plan.HeldGroups(size) : 1;
        var groups = (k + size - 1) / size;
        return new(instructions, k, n, plan.RegisterColumns, (groups + step - 1) / step * step);
    }

    /// <summary>B as [block][group][column], a group in one int.</summary>
    public int[] Weights(ReadOnlySpan<sbyte> weights)
    {
        var packed = new int[Blocks * Groups * RegisterColumns];
        var bits = 32 / Size;
        var mask = bits == 8 ? 0xFF : 0xFFFF;
        for (var i = 0; i < K; i++)
        {
            var (group, shift) = (i / Size, i % Size * bits);
            for (var column = 0; column < N; column++)
            {
                var (block, lane) = (column / RegisterColumns, column % RegisterColumns);
                packed[(((block * Groups) + group) * RegisterColumns) + lane] |=
                    (weights[(i * N) + column] & mask) << shift;
            }
        }

        return packed;
    }

    /// <summary>What each column's sum begins with: it takes back the offset of the activations.</summary>
    public int[] Start(ReadOnlySpan<sbyte> weights)
    {
        var start = new int[Stride];
        for (var i = 0; i < K; i++)
        {
            for (var column = 0; column < N; column++)
            {
                start[column] -= 128 * weights[(i * N) + column];
            }
        }

        return start;
    }

    /// <summary>Rows of A as groups. Padding meets zero weights and may hold anything.</summary>
    public void Activations(ReadOnlySpan<sbyte> activations, int m, Span<int> packed)
    {
        for (var row = 0; row < m; row++)
        {
            var source = activations.Slice(row * K, K);
            var target = packed.Slice(row * Groups, Groups);
            if (Instructions == OpenClInstructions.Vnni512)
            {
                SpanWidening.Offset(source, MemoryMarshal.AsBytes(target));
            }
            else
            {
                SpanWidening.OffsetWiden(source, MemoryMarshal.Cast<int, ushort>(target));
            }
        }
    }
}
