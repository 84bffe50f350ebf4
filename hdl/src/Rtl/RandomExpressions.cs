using System.Numerics;

namespace HwSeed.Hdl.Rtl;

/// <summary>Random expressions over the signals given so far.</summary>
internal sealed class RandomExpressions(Random random)
{
    private const int WidestArithmetic = 64;
    private readonly List<Expression> _signals = [];

    private readonly List<(string Name, int Width)> _memories = [];

    public void Add(Expression signal) => _signals.Add(signal);

    /// <summary>A memory that may be read without a clock.</summary>
    public void AddMemory(string name, int width) => _memories.Add((name, width));

    /// <summary>A width: mostly small, single bits often, sometimes wider than a machine word.</summary>
    public int Width() => random.Next(8) switch
    {
        0 or 1 => 1,
        2 => random.Next(65, 101),
        3 => random.Next(17, 65),
        _ => random.Next(2, 17),
    };

    /// <summary>An expression of a width with at most <paramref name="depth"/> chosen operators over each other.</summary>
    public Expression OfWidth(int width, int depth)
    {
        if (depth == 0)
        {
            return Leaf(width);
        }

        Expression Next(int w) => OfWidth(w, depth - 1);
        return random.Next(15) switch
        {
            12 => Shift(width, Next),
            13 when width <= WidestArithmetic => random.Next(2) == 0
                ? Expression.DivideUnsigned(Next(width), Next(width))
                : Expression.ModuloUnsigned(Next(width), Next(width)),
            14 when _memories.Count > 0 => MemoryWord(width, Next),
            0 => ~Next(width),
            1 => Next(width) & Next(width),
            2 => Next(width) | Next(width),
            3 => Next(width) ^ Next(width),
            4 => Expression.Mux(Next(1), Next(width), Next(width)),
            5 => Expression.Slice(Next(width + random.Next(1, 9)), random.Next(0, 2), width),
            6 when width > 1 => Concatenation(width, Next),
            7 when width > 1 => Expression.ZeroExtend(Next(random.Next(1, width)), width),
            8 when width > 1 => Expression.SignExtend(Next(random.Next(1, width)), width),
            9 when width is > 1 and <= WidestArithmetic => Product(width, Next),
            10 or 9 when width is > 1 and <= WidestArithmetic =>
                random.Next(2) == 0 ? Next(width) + Next(width) : Next(width) - Next(width),
            >= 6 and < 12 when width == 1 => OneBit(Next),
            _ => Leaf(width),
        };
    }

    // Counts from below the width to far above it.
    private Expression Shift(int width, Func<int, Expression> next)
    {
        var count = next(random.Next(8) == 0 ? Width() : random.Next(1, 8));
        return random.Next(3) switch
        {
            0 => Expression.ShiftLeft(next(width), count),
            1 => Expression.ShiftRight(next(width), count),
            _ => Expression.ShiftRightSigned(next(width), count),
        };
    }

    private Expression MemoryWord(int width, Func<int, Expression> next)
    {
        var (name, bits) = _memories[random.Next(_memories.Count)];
        var word = new MemoryWord(name, next(random.Next(1, 9)), bits);
        return bits >= width ? Expression.Slice(word, random.Next(0, bits - width + 1), width) : Expression.ZeroExtend(word, width);
    }

    private Expression OneBit(Func<int, Expression> next)
    {
        var any = Width();
        var number = Math.Min(any, WidestArithmetic);
        return random.Next(7) switch
        {
            0 => Expression.ReduceOr(next(any)),
            1 => Expression.ReduceAnd(next(any)),
            2 => Expression.ReduceXor(next(any)),
            3 => Expression.Equal(next(any), next(any)),
            4 => Expression.LessThanUnsigned(next(number), next(number)),
            5 => Expression.LessThanSigned(next(number), next(number)),
            _ => next(1) + next(1),
        };
    }

    private Expression Product(int width, Func<int, Expression> next)
    {
        var left = random.Next(1, width);
        return random.Next(2) == 0
            ? Expression.MultiplySigned(next(left), next(width - left))
            : Expression.MultiplyUnsigned(next(left), next(width - left));
    }

    private Expression Concatenation(int width, Func<int, Expression> next)
    {
        var high = random.Next(1, width);
        var low = width - high;
        var middle = random.Next(0, low);
        return middle == 0
            ? Expression.Concat(next(high), next(low))
            : Expression.Concat(next(high), next(middle), next(low - middle));
    }

    /// <summary>A constant, or a signal cut or extended to the width.</summary>
    private Expression Leaf(int width)
    {
        if (_signals.Count == 0 || random.Next(8) == 0)
        {
            var bytes = new byte[(width / 8) + 1];
            random.NextBytes(bytes);
            return new Constant(new(new BigInteger(bytes), width));
        }

        var signal = _signals[random.Next(_signals.Count)];
        return signal.Width >= width
            ? Expression.Slice(signal, random.Next(0, signal.Width - width + 1), width)
            : random.Next(2) == 0 ? Expression.ZeroExtend(signal, width) : Expression.SignExtend(signal, width);
    }
}
