using System.Runtime.InteropServices;

namespace HwSeed.Kernels.Measurements;

/// <summary>Full-range int8 operands, -128 included.</summary>
internal static class RandomOperand
{
    public static sbyte[] Of(Random random, long count)
    {
        var values = new sbyte[count];
        random.NextBytes(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
