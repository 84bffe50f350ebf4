using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>A piece of a value: bits Low .. Low+Width-1.</summary>
internal readonly record struct Piece(int Low, Expression Value)
{
    public int Width => Value.Width;

    public int Top => Low + Value.Width;
}

/// <summary>The value of a cell in pieces from bit 0 up without gaps, so that parts that were assigned apart stay apart.</summary>
internal sealed class Pieces
{
    private readonly Piece[] _pieces;

    private Pieces(Piece[] pieces) => _pieces = pieces;

    public Pieces(Expression whole) => _pieces = [new(0, whole)];

    public ReadOnlySpan<Piece> All => _pieces;

    public int Width => _pieces[^1].Top;

    /// <summary>The whole value.</summary>
    public Expression Whole(ExpressionFactory f) => Read(f, 0, Width);

    /// <summary>Some bits; inside of the width.</summary>
    public Expression Read(ExpressionFactory f, int low, int width)
    {
        var first = Find(low);
        var piece = _pieces[first];
        if (low + width <= piece.Top)
        {
            return f.Slice(piece.Value, low - piece.Low, width);
        }

        var parts = new List<Expression>();
        for (var i = first; i < _pieces.Length && _pieces[i].Low < low + width; i++)
        {
            piece = _pieces[i];
            var from = Math.Max(low, piece.Low);
            var to = Math.Min(low + width, piece.Top);
            parts.Add(f.Slice(piece.Value, from - piece.Low, to - from));
        }

        parts.Reverse();
        return f.Concat(parts);
    }

    /// <summary>The same with other bits from a place on.</summary>
    public Pieces Write(ExpressionFactory f, int low, Expression value)
    {
        if (low == 0 && value.Width == Width)
        {
            return new(value);
        }

        var top = low + value.Width;
        var (first, last) = (Find(low), Find(top - 1));
        var written = new List<Piece>(_pieces.Length + 2);
        written.AddRange(_pieces.AsSpan(0, first));
        if (_pieces[first].Low < low)
        {
            written.Add(new(_pieces[first].Low, f.Slice(_pieces[first].Value, 0, low - _pieces[first].Low)));
        }

        written.Add(new(low, value));
        if (_pieces[last].Top > top)
        {
            written.Add(new(top, f.Slice(_pieces[last].Value, top - _pieces[last].Low, _pieces[last].Top - top)));
        }

        written.AddRange(_pieces.AsSpan(last + 1));
        return new([.. written]);
    }

    /// <summary>One of several values: that of the first condition that is high, else the last.</summary>
    public static Pieces Choose(ExpressionFactory f, IReadOnlyList<(Expression Condition, Pieces Value)> choices, Pieces otherwise)
    {
        if (otherwise._pieces.Length == 1 && choices.All(c => c.Value._pieces.Length == 1))
        {
            var whole = otherwise._pieces[0].Value;
            for (var i = choices.Count - 1; i >= 0; i--)
            {
                whole = f.Mux(choices[i].Condition, choices[i].Value._pieces[0].Value, whole);
            }

            return new(whole);
        }

        var cuts = new SortedSet<int>(otherwise._pieces.Select(p => p.Low));
        foreach (var (_, value) in choices)
        {
            cuts.UnionWith(value._pieces.Select(p => p.Low));
        }

        var lows = cuts.ToArray();
        var chosen = new Piece[lows.Length];
        for (var k = 0; k < lows.Length; k++)
        {
            var width = (k + 1 < lows.Length ? lows[k + 1] : otherwise.Width) - lows[k];
            var value = otherwise.Read(f, lows[k], width);
            for (var i = choices.Count - 1; i >= 0; i--)
            {
                value = f.Mux(choices[i].Condition, choices[i].Value.Read(f, lows[k], width), value);
            }

            chosen[k] = new(lows[k], value);
        }

        return new(chosen);
    }

    private int Find(int bit)
    {
        var (low, high) = (0, _pieces.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].Low <= bit)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }
}
