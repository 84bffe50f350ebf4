namespace HwSeed.Sim.Compilation;

/// <summary>What compiled code calls rather than spells out.</summary>
internal static unsafe class WideNumbers
{
    /// <summary>Gives words of a memory that lie some distance apart the same value, up to the memory's end.</summary>
    public static void Fill(ulong* memories, ulong index, ulong value, ulong mask, int words, int stride, int end)
    {
        for (var at = (long)index; words > 0 && at < end; words--, at += stride)
        {
            memories[at] = (memories[at] & ~mask) | (value & mask);
        }
    }

    public static ulong MultiplyHigh(ulong a, ulong b) => Math.BigMul(a, b, out _);

    public static ulong Divide(ulong a, ulong b) => b == 0 ? 0 : a / b;

    public static ulong Modulo(ulong a, ulong b) => b == 0 ? 0 : a % b;

    /// <summary>One limb of the quotient or remainder of two numbers that lie one after the other, bit by bit.</summary>
    public static ulong DivideWords(ulong* operands, int limbs, bool remainder, int limb)
    {
        var divisor = operands + limbs;
        var rest = stackalloc ulong[limbs];
        new Span<ulong>(rest, limbs).Clear();
        var zero = new ReadOnlySpan<ulong>(divisor, limbs).IndexOfAnyExcept(0UL) < 0;
        ulong quotient = 0;
        for (var bit = (64 * limbs) - 1; bit >= 0 && !zero; bit--)
        {
            var carry = (operands[bit / 64] >> (bit % 64)) & 1;
            var overflow = rest[limbs - 1] >> 63;
            for (var i = 0; i < limbs; i++)
            {
                (rest[i], carry) = ((rest[i] << 1) | carry, rest[i] >> 63);
            }

            if (overflow == 1 || !IsBelow(rest, divisor, limbs))
            {
                ulong borrow = 0;
                for (var i = 0; i < limbs; i++)
                {
                    var difference = rest[i] - divisor[i];
                    var next = (rest[i] < divisor[i] ? 1UL : 0) | (difference < borrow ? 1UL : 0);
                    (rest[i], borrow) = (difference - borrow, next);
                }

                if (bit / 64 == limb)
                {
                    quotient |= 1UL << (bit % 64);
                }
            }
        }

        return remainder ? rest[limb] : quotient;
    }

    private static bool IsBelow(ulong* a, ulong* b, int limbs)
    {
        for (var i = limbs - 1; i >= 0; i--)
        {
            if (a[i] != b[i])
            {
                return a[i] < b[i];
            }
        }

        return false;
    }
}
