using System.Numerics;
using System.Text;

namespace HwSeed.Sim.Cosimulation.Programs;

/// <summary>A vector that a random program has declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Left">Left bound of its range.</param>
/// <param name="Right">Right bound.</param>
/// <param name="Signed">Whether it is signed.</param>
internal sealed record ProgramSignal(string Name, int Left, int Right, bool Signed)
{
    public int Width => Math.Abs(Left - Right) + 1;

    public string Declaration(string keyword) =>
        $"{keyword}{(Signed ? " signed" : "")}{(Width == 1 && Left == 0 ? "" : $" [{Left}:{Right}]")} {Name}";
}

/// <summary>A function that a random program has declared.</summary>
internal sealed record ProgramFunction(string Name, int Width, IReadOnlyList<ProgramSignal> Arguments);

/// <summary>
/// Random Verilog expressions as text, of mixed widths and signs, in which the rules of IEEE 1364-2005 5.4 and 5.5 decide:
/// what is extended how, what is self-determined, where carries are lost. Every value stays known to a simulator of four
/// states: no division by zero, no select outside of the range, where Verilator 5.006 goes its own ways as well.
/// </summary>
/// <param name="random">Source of choices.</param>
/// <param name="forIcarus">Whether Icarus 11 has to read it.</param>
internal sealed class ProgramExpressions(Random random, bool forIcarus)
{
    private const int Widest = 100;
    private static readonly string[] s_unary = ["~", "-", "+", "!", "&", "|", "^", "~&", "~|", "~^", "^~"];
    private static readonly string[] s_arithmetic = ["+", "-", "*", "&", "|", "^", "~^", "+", "-"];
    private static readonly string[] s_comparisons = ["==", "!=", "<", "<=", ">", ">=", "===", "!=="];
    private static readonly string[] s_shifts = ["<<", ">>", "<<<", ">>>"];

    /// <summary>What may be read.</summary>
    public List<ProgramSignal> Signals { get; } = [];

    /// <summary>What may be called.</summary>
    public List<ProgramFunction> Functions { get; } = [];

    /// <summary>An expression; unsized numbers are not allowed inside of concatenations.</summary>
    public string Any(int depth, bool unsized = true) => Next(depth, unsized).Text;

    /// <summary>The name of a signal.</summary>
    public string Name() => Signals[random.Next(Signals.Count)].Name;

    /// <summary>An index that stays inside of a signal's range.</summary>
    public string IndexOf(ProgramSignal signal, int room)
    {
        var (low, count) = (Math.Min(signal.Left, signal.Right), signal.Width - room + 1);
        var index = count == 1 ? "7'd0" : $"({Index()} % 7'd{count})";
        return low == 0 ? index : low < 0 ? $"$signed({{1'b0, {index}}}) - {-low}" : $"{index} + {low}";
    }

    /// <summary>A number with a size, of the forms that people write.</summary>
    public string Number(int width, bool mayBeSigned = true)
    {
        var value = random.Next(4) switch
        {
            0 => BigInteger.Zero + random.Next(3),
            1 => (BigInteger.One << width) - 1 - random.Next(2),
            2 => BigInteger.One << (width - 1),
            _ => new BigInteger(random.NextInt64(long.MaxValue)),
        };
        value &= (BigInteger.One << width) - 1;
        var sign = mayBeSigned && random.Next(3) == 0 ? "s" : "";
        return random.Next(3) switch
        {
            0 => $"{width}'{sign}h{Digits(value, 16)}",
            1 when width <= 20 => $"{width}'{sign}b{Digits(value, 2)}",
            _ => $"{width}'{sign}d{value}",
        };
    }

    private static string Digits(BigInteger value, int radix)
    {
        var text = new StringBuilder();
        do
        {
            text.Insert(0, "0123456789abcdef"[(int)(value % radix)]);
            value /= radix;
        }
        while (!value.IsZero);
        return text.ToString();
    }

    private string Index() => Signals.Where(s => !s.Signed && s.Width <= 8).ToList() is { Count: > 0 } small
        ? small[random.Next(small.Count)].Name
        : "1'b0";

    private (string Text, int Width) Next(int depth, bool unsized)
    {
        if (depth <= 0)
        {
            return Leaf(unsized);
        }

        var (left, leftWidth) = Next(depth - random.Next(1, 3), unsized);
        switch (random.Next(16))
        {
            case 0 or 1:
                var unary = s_unary[random.Next(s_unary.Length)];
                return ($"{unary}({left})", unary is "~" or "-" or "+" ? leftWidth : 1);
            case 2 or 3 or 4 or 5:
                var (right, rightWidth) = Next(depth - 1, unsized);
                return ($"({left} {s_arithmetic[random.Next(s_arithmetic.Length)]} {right})", Math.Max(leftWidth, rightWidth));
            case 6 or 7:
                var (other, _) = Next(depth - 1, unsized);
                return ($"({left} {s_comparisons[random.Next(s_comparisons.Length)]} {other})", 1);
            case 8:
                // Verilator 5.006 takes some counts of over 32 bits modulo 32.
                var (count, countWidth) = Next(depth - 1, unsized);
                return ($"({left} {s_shifts[random.Next(4)]} {(countWidth > 24 || (countWidth > 6 && random.Next(4) > 0) ? Index() : count)})", leftWidth);
            case 9 or 10:
                var (whenTrue, trueWidth) = Next(depth - 1, unsized);
                var (whenFalse, falseWidth) = Next(depth - 1, unsized);
                return ($"(({left}) ? {whenTrue} : {whenFalse})", Math.Max(trueWidth, falseWidth));
            case 11:
                return Concatenation(depth);
            case 12:
                // The operand is self-determined, so it must have a width.
                var (operand, operandWidth) = Next(depth - 1, unsized: false);
                return ($"{(random.Next(2) == 0 ? "$signed" : "$unsigned")}({operand})", operandWidth);
            case 13:
                return Division(depth, unsized);
            case 14 when Functions.Count > 0:
                var function = Functions[random.Next(Functions.Count)];
                return ($"{function.Name}({string.Join(", ", function.Arguments.Select(_ => Any(depth - 2, unsized)))})", function.Width);
            case 15:
                return Cast(depth);
            default:
                return ($"({left} {(random.Next(2) == 0 ? "&&" : "||")} {Any(depth - 1, unsized)})", 1);
        }
    }

    private (string Text, int Width) Concatenation(int depth)
    {
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Next(depth - 1, unsized: false)).ToList();
        while (parts.Count > 1 && parts.Sum(p => p.Width) > Widest)
        {
            parts.RemoveAt(0);
        }

        var width = parts.Sum(p => p.Width);
        var text = $"{{{string.Join(", ", parts.Select(p => p.Text))}}}";
        var times = random.Next(1, 4);
        return times > 1 && width * times <= Widest ? ($"{{{times}{text}}}", width * times) : (text, width);
    }

    private (string Text, int Width) Division(int depth, bool unsized)
    {
        var (left, leftWidth) = Next(depth - 1, unsized);
        var (right, rightWidth) = Next(depth - 2, unsized);
        if (leftWidth > 64 || rightWidth > 64)
        {
            return (left, leftWidth);
        }

        var one = random.Next(2) == 0 ? "1'b1" : "2'sb01";
        return ($"({left} {(random.Next(2) == 0 ? "/" : "%")} ({right} | {one}))", Math.Max(leftWidth, rightWidth));
    }

    private (string Text, int Width) Cast(int depth)
    {
        var (text, width) = Next(depth - 1, unsized: false);
        var to = random.Next(1, 40);
        // Icarus 11 knows casts to a size only.
        return (forIcarus ? 0 : random.Next(3)) switch
        {
            0 => ($"{to}'({text})", to),
            1 => ($"signed'({text})", width),
            _ => ($"unsigned'({text})", width),
        };
    }

    private (string Text, int Width) Leaf(bool unsized)
    {
        if (Signals.Count == 0 || random.Next(6) == 0)
        {
            var width = random.Next(1, 20);
            return unsized && random.Next(3) == 0
                ? (random.Next(2) == 0 ? $"{random.Next(20)}" : $"'h{random.Next(1 << 16):x}", 32)
                : (Number(width), width);
        }

        var signal = Signals[random.Next(Signals.Count)];
        if (signal.Width == 1 || random.Next(3) > 0)
        {
            return (signal.Name, signal.Width);
        }

        var (low, high) = (Math.Min(signal.Left, signal.Right), Math.Max(signal.Left, signal.Right));
        var size = random.Next(1, signal.Width);
        var start = random.Next(low, high - size + 2);
        return random.Next(4) switch
        {
            0 => ($"{signal.Name}[{IndexOf(signal, 1)}]", 1),
            1 => ($"{signal.Name}[{(signal.Left > signal.Right ? $"{start + size - 1}:{start}" : $"{start}:{start + size - 1}")}]", size),
            2 => ($"{signal.Name}[{IndexOf(signal, size)} +: {size}]", size),
            _ => ($"{signal.Name}[{start + size - 1} -: {size}]", size),
        };
    }
}
