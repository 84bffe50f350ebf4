namespace HwSeed.Sim.Compilation;

/// <summary>Products, quotients and shifts of values of any width, limb by limb.</summary>
/// <param name="graph">Where the operations are added.</param>
/// <param name="wide">Limb by limb operations.</param>
internal sealed class WideArithmetic(WordGraph graph, WideWords wide)
{
    /// <summary>The full product; its width is the sum of both.</summary>
    public int[] Multiply((int[] Words, int Width) left, (int[] Words, int Width) right, bool signed)
    {
        var width = left.Width + right.Width;
        if (width <= 64)
        {
            return [graph.Mask(
                graph.Multiply(
                    signed ? graph.SignExtend(left.Words[0], left.Width) : left.Words[0],
                    signed ? graph.SignExtend(right.Words[0], right.Width) : right.Words[0]),
                width)];
        }

        var a = wide.Extend(left.Words, left.Width, width, signed);
        var b = wide.Extend(right.Words, right.Width, width, signed);
        var limbs = WideWords.LimbsOf(width);
        var result = wide.Map(width, _ => graph.Constant(0));
        for (var i = 0; i < limbs; i++)
        {
            var carry = graph.Constant(0);
            for (var j = 0; i + j < limbs; j++)
            {
                // low + result + carry stays below 2^128 together with high, so the new carry is one word.
                var low = graph.Multiply(a[i], b[j]);
                var high = i + j + 1 < limbs ? graph.MultiplyHigh(a[i], b[j]) : graph.Constant(0);
                var sum = graph.Add(low, result[i + j]);
                var total = graph.Add(sum, carry);
                if (i + j + 1 < limbs)
                {
                    carry = graph.Add(high, graph.Add(graph.LessUnsigned(sum, low), graph.LessUnsigned(total, sum)));
                }

                result[i + j] = total;
            }
        }

        return wide.Map(width, limb => graph.Mask(result[limb], WideWords.LimbWidth(width, limb)));
    }

    /// <summary>Quotient or remainder of equal widths as unsigned numbers; zero where the divisor is zero.</summary>
    public int[] Divide(int[] left, int[] right, int width, bool remainder)
    {
        if (width > 64)
        {
            return wide.Map(width, limb =>
                graph.WideDivide(new(left, right, remainder, limb), WideWords.LimbWidth(width, limb)));
        }

        return [remainder ? graph.Modulo(left[0], right[0]) : graph.Divide(left[0], right[0])];
    }

    public int[] ShiftLeft(int[] value, int width, int[] count)
    {
        var (inside, near) = Distance(value, count);
        var words = ByWords(value, count, up: true, graph.Constant(0));
        return wide.Map(width, limb =>
        {
            var word = graph.ShiftLeftBy(words[limb], near, 64);
            if (limb > 0)
            {
                // Shifted by 64 - near in two steps, since near may be zero.
                var below = graph.ShiftRightBy(graph.ShiftRight(words[limb - 1], 1), graph.Xor(near, graph.Constant(63)));
                word = graph.Or(word, below);
            }

            return graph.Select(inside, graph.Mask(word, WideWords.LimbWidth(width, limb)), graph.Constant(0));
        });
    }

    public int[] ShiftRight(int[] value, int width, int[] count, bool signed)
    {
        var limbs = value.Length;
        var (inside, near) = Distance(value, count);
        if (!signed)
        {
            var words = ByWords(value, count, up: false, graph.Constant(0));
            return wide.Map(width, limb => graph.Select(
                inside, Right(words, limb, near, graph.Constant(0)), graph.Constant(0)));
        }

        var full = wide.Extend(value, width, 64 * limbs, signed: true);
        var sign = graph.ShiftRightSignedBy(full[^1], graph.Constant(63));
        var moved = ByWords(full, count, up: false, sign);
        return wide.Map(width, limb => graph.Mask(
            graph.Select(
                inside,
                limb == limbs - 1
                    ? graph.ShiftRightSignedBy(moved[limb], near)
                    : Right(moved, limb, near, sign),
                sign),
            WideWords.LimbWidth(width, limb)));
    }

    private int Right(int[] words, int limb, int near, int fill)
    {
        var word = graph.ShiftRightBy(words[limb], near);
        var above = limb + 1 < words.Length ? words[limb + 1] : fill;
        return graph.IsConstant(above, out var zero) && zero == 0
            ? word
            : graph.Or(word, graph.ShiftLeftBy(graph.ShiftLeft(above, 1), graph.Xor(near, graph.Constant(63)), 64));
    }

    // Whether the count is below the bits of all limbs, and its low six bits.
    private (int Inside, int Near) Distance(int[] value, int[] count)
    {
        var limit = new int[count.Length];
        Array.Fill(limit, graph.Constant(0));
        limit[0] = graph.Constant(64UL * (ulong)value.Length);
        var inside = count.Length == 1 && graph.BitsOf(count[0]) < 63 && 64L * value.Length >= 1L << graph.BitsOf(count[0])
            ? graph.Constant(1)
            : wide.LessUnsigned(count, limit);
        return (inside, graph.Mask(count[0], 6));
    }

    // Moves whole words by the bits of the count above the lowest six.
    private int[] ByWords(int[] value, int[] count, bool up, int fill)
    {
        var words = value;
        for (var step = 1; step < value.Length; step *= 2)
        {
            var bit = graph.Mask(graph.ShiftRight(count[0], 6 + System.Numerics.BitOperations.Log2((uint)step)), 1);
            var before = words;
            words = [.. words.Select((word, limb) =>
            {
                var from = up ? limb - step : limb + step;
                return graph.Select(bit, from >= 0 && from < before.Length ? before[from] : fill, word);
            })];
        }

        return words;
    }
}
