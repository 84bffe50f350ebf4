namespace HwSeed.Sim.Compilation.Batches;

/// <summary>What has no vector instruction, stimulus by stimulus. Vectors come and go through memory.</summary>
internal static unsafe class BatchCalls
{
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
}
