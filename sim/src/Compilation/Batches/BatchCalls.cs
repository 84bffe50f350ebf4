namespace HwSeed.Sim.Compilation.Batches;

/// <summary>What has no vector instruction, stimulus by stimulus. Vectors come and go through memory.</summary>
internal static unsafe class BatchCalls
{
    /// <summary>Reads the memory of each stimulus; 32-bit lanes.</summary>
    public static void Read32(uint* index, uint* to, ulong* memories, long stride, int lanes)
    {
        for (var lane = 0; lane < lanes; lane++, memories += stride)
        {
            to[lane] = (uint)memories[index[lane]];
        }
    }

    /// <summary>Reads the memory of each stimulus; 64-bit lanes.</summary>
    public static void Read64(ulong* index, ulong* to, ulong* memories, long stride, int lanes)
    {
        for (var lane = 0; lane < lanes; lane++, memories += stride)
        {
            to[lane] = memories[index[lane]];
        }
    }

    /// <summary>A binary operation on 64-bit lanes.</summary>
    public static void Compute(ulong* a, ulong* b, ulong* to, int operation, int lanes)
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            to[lane] = (WordOperation)operation switch
            {
                WordOperation.MultiplyHigh => WideNumbers.MultiplyHigh(a[lane], b[lane]),
                WordOperation.Divide => WideNumbers.Divide(a[lane], b[lane]),
                WordOperation.Modulo => WideNumbers.Modulo(a[lane], b[lane]),
                _ => (ulong)((long)a[lane] >> (int)b[lane]),
            };
        }
    }

    /// <summary>Writes the memory of each stimulus whose condition is not zero.</summary>
    public static void Write(uint* condition, uint* index, ulong* value, ulong* mask, ulong* memories, long stride, int lanes)
    {
        for (var lane = 0; lane < lanes; lane++, memories += stride)
        {
            if (condition[lane] != 0)
            {
                ref var word = ref memories[index[lane]];
                word = mask is null ? value[lane] : word ^ ((word ^ value[lane]) & mask[lane]);
            }
        }
    }
}
