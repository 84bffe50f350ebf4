namespace HwSeed.Sim.Compilation;

/// <summary>
/// Values of any width as lists of words, least significant first, the last one masked. Everything but products is
/// done limb by limb.
/// </summary>
internal sealed class WideWords(WordGraph graph)
{
    public static int LimbsOf(int width) => (width + 63) / 64;

    /// <summary>Width of limb <paramref name="limb"/> of a value.</summary>
    public static int LimbWidth(int width, int limb) => Math.Min(64, width - (64 * limb));

    public int[] Map(int width, Func<int, int> limb) => [.. Enumerable.Range(0, LimbsOf(width)).Select(limb)];

    public int[] Slice(int[] operand, int low, int width) => Map(width, limb =>
    {
        var start = low + (64 * limb);
        var (index, shift) = (start / 64, start % 64);
        var word = graph.ShiftRight(operand[index], shift);
        if (shift > 0 && index + 1 < operand.Length && LimbWidth(width, limb) > 64 - shift)
        {
            word = graph.Or(word, graph.ShiftLeft(operand[index + 1], 64 - shift));
        }

        return graph.Mask(word, LimbWidth(width, limb));
    });

    public int[] Concat(int width, IEnumerable<(int[] Words, int Width)> partsFromLow)
    {
        var result = Map(width, _ => graph.Constant(0));
        var at = 0;
        foreach (var (words, partWidth) in SignExtended(Repeated(partsFromLow)))
        {
            for (var limb = 0; limb < words.Length; limb++)
            {
                var (index, shift) = ((at + (64 * limb)) / 64, (at + (64 * limb)) % 64);
                result[index] = graph.Or(result[index], graph.ShiftLeft(words[limb], shift));
                if (shift + LimbWidth(partWidth, limb) > 64)
                {
                    result[index + 1] = graph.Or(result[index + 1], graph.ShiftRight(words[limb], 64 - shift));
                }
            }

            at += partWidth;
        }

        return result;
    }

    // Copies of one bit beside each other, as a sign extension in Verilog has them, are one part.
    private IEnumerable<(int[] Words, int Width)> Repeated(IEnumerable<(int[] Words, int Width)> partsFromLow)
    {
        var (bit, copies) = (-1, 0);
        foreach (var (words, width) in partsFromLow)
        {
            if (width == 1 && words[0] == bit && copies < 64)
            {
                copies++;
                continue;
            }

            if (copies > 0)
            {
                yield return Copies(bit, copies);
            }

            (bit, copies) = width == 1 ? (words[0], 1) : (-1, 0);
            if (width > 1)
            {
                yield return (words, width);
            }
        }

        if (copies > 0)
        {
            yield return Copies(bit, copies);
        }
    }

    // Copies of a number's top bit above it are its sign.
    private IEnumerable<(int[] Words, int Width)> SignExtended(IEnumerable<(int[] Words, int Width)> partsFromLow)
    {
        (int[] Words, int Width)? below = null;
        foreach (var part in partsFromLow)
        {
            if (below is { Words: [var low], Width: > 1 and var width } && width + part.Width <= 64
                && part.Words is [var copies] && SignOf(low, width, copies) is { } from)
            {
                below = ([graph.Mask(graph.SignExtend(graph.Unmask(low, width), from), width + part.Width)], width + part.Width);
                continue;
            }

            if (below is { } done)
            {
                yield return done;
            }

            below = part;
        }

        if (below is { } last)
        {
            yield return last;
        }
    }

    // The bits of a number of which copies have the top one: all of the part below, or one more.
    private int? SignOf(int low, int width, int copies)
    {
        if (graph[copies] is not { Operation: WordOperation.And } masked || graph[masked.A] is not { Operation: WordOperation.Negate } negated)
        {
            return null;
        }

        var number = graph.Unmask(low, width);
        foreach (var top in (int[])[width - 1, width])
        {
            if (top < graph.BitsOf(number) && graph.Mask(graph.ShiftRight(number, top), 1) == negated.A)
            {
                return top + 1;
            }
        }

        return null;
    }

    private (int[] Words, int Width) Copies(int bit, int copies) =>
        ([copies == 1 ? bit : graph.Mask(graph.Negate(bit), copies)], copies);

    public int[] Extend(int[] operand, int from, int to, bool signed)
    {
        if (!signed)
        {
            return Map(to, limb => limb < operand.Length ? operand[limb] : graph.Constant(0));
        }

        var top = operand.Length - 1;
        var last = graph.SignExtend(operand[top], LimbWidth(from, top));
        var sign = LimbsOf(to) > operand.Length ? graph.Negate(SignBit(operand, from)) : -1;
        return Map(to, limb => graph.Mask(
            limb < top ? operand[limb] : limb == top ? last : sign, LimbWidth(to, limb)));
    }

    public int[] Add(int[] left, int[] right, int width)
    {
        var carry = graph.Constant(0);
        return Map(width, limb =>
        {
            var bits = LimbWidth(width, limb);
            var (a, b) = (graph.Unmask(left[limb], bits), graph.Unmask(right[limb], bits));
            var sum = graph.Add(a, b);
            var total = graph.Add(sum, carry);
            if (limb + 1 < LimbsOf(width))
            {
                carry = graph.Or(graph.LessUnsigned(sum, a), graph.LessUnsigned(total, carry));
            }

            return graph.Mask(total, bits);
        });
    }

    public int[] Subtract(int[] left, int[] right, int width)
    {
        var borrow = graph.Constant(0);
        return Map(width, limb =>
        {
            var bits = LimbWidth(width, limb);
            var (a, b) = (graph.Unmask(left[limb], bits), graph.Unmask(right[limb], bits));
            var difference = graph.Subtract(a, b);
            var total = graph.Subtract(difference, borrow);
            borrow = graph.Or(graph.LessUnsigned(a, b), graph.LessUnsigned(difference, borrow));
            return graph.Mask(total, bits);
        });
    }

    public int Equal(int[] left, int[] right)
    {
        var equal = graph.Constant(1);
        for (var limb = 0; limb < left.Length; limb++)
        {
            equal = graph.And(equal, graph.Equal(left[limb], right[limb]));
        }

        return equal;
    }

    public int LessUnsigned(int[] left, int[] right)
    {
        var less = graph.Constant(0);
        for (var limb = 0; limb < left.Length; limb++)
        {
            var here = graph.LessUnsigned(left[limb], right[limb]);
            less = limb == 0 ? here : graph.Or(here, graph.And(graph.Equal(left[limb], right[limb]), less));
        }

        return less;
    }

    public int LessSigned(int[] left, int[] right, int width)
    {
        var top = left.Length - 1;
        var bits = LimbWidth(width, top);
        var (a, b) = (graph.SignExtend(left[top], bits), graph.SignExtend(right[top], bits));
        var less = graph.LessSigned(a, b);
        return top == 0
            ? less
            : graph.Or(less, graph.And(graph.Equal(a, b), LessUnsigned(left[..top], right[..top])));
    }

    public int ReduceOr(int[] operand) =>
        graph.Xor(Equal(operand, Map(64 * operand.Length, _ => graph.Constant(0))), graph.Constant(1));

    public int ReduceAnd(int[] operand, int width) =>
        Equal(operand, Map(width, limb => graph.Constant(WordGraph.MaskOf(LimbWidth(width, limb)))));

    public int ReduceXor(int[] operand) => graph.Parity(operand.Aggregate(graph.Xor));

    private int SignBit(int[] operand, int width) =>
        graph.ShiftRight(operand[^1], LimbWidth(width, operand.Length - 1) - 1);
}
