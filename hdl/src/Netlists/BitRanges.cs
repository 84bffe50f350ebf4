using System.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Netlists;

/// <summary>Writes ranges of expressions so that they read no more bits of their names than they depend on.</summary>
/// <param name="scope">Gives names their nets.</param>
/// <param name="looping">The nets on loops, by index, with their parts from low to high; no parts where they are not cut.</param>
internal sealed class BitRanges(NetScope scope, IReadOnlyDictionary<int, IReadOnlyList<NetPart>> looping)
{
    private readonly Dictionary<(Expression, int, int), Expression> _known = new(KeyComparer.Instance);
    private readonly Dictionary<Expression, bool> _touches = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// The operands on which bits of a node depend, and which bits of them. Offset says how far above the lowest bit of
    /// the result the bits land, or -1 where they do not just land in place.
    /// </summary>
    public static IEnumerable<(Expression Operand, int Low, int Width, int Offset)> Sources(Expression value, int low, int width)
    {
        switch (value)
        {
            case Slice slice:
                return [(slice.Operand, slice.Low + low, width, 0)];
            case Concat concat:
                return PartsOf(concat, low, width).Select(p => (p.Part, p.Low, p.Width, p.Offset));
            case Extend extend:
                var below = Math.Clamp(extend.Operand.Width - low, 0, width);
                return [(extend.Operand, low, below, 0),
                    (extend.Operand, extend.Operand.Width - 1, extend.Signed && below < width ? 1 : 0, below)];
            case Mux mux:
                return [(mux.Condition, 0, 1, -1), (mux.WhenTrue, low, width, 0), (mux.WhenFalse, low, width, 0)];
            case Unary { Operator: UnaryOperator.Not } not:
                return [(not.Operand, low, width, 0)];
            case Binary { Operator: BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor } binary:
                return [(binary.Left, low, width, 0), (binary.Right, low, width, 0)];
            case Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract } sum:
                return [(sum.Left, 0, low + width, -1), (sum.Right, 0, low + width, -1)];
            case Binary { Right: Constant count } shift when IsShift(shift.Operator):
                var to = ShiftedRange(shift, count, low, width);
                return [(shift.Left, to.From, to.Width, to.Offset)];
            default:
                return ExpressionTree.Children(value).Select(c => (c, 0, c.Width, -1));
        }
    }

    /// <summary>Bits of a value as an expression over parts.</summary>
    public Expression Of(Expression value, int low, int width)
    {
        // An explicit stack, as everywhere where trees may be deep.
        var open = new Stack<(Expression Value, int Low, int Width)>([(value, low, width)]);
        while (open.TryPeek(out var next))
        {
            var missing = _known.ContainsKey(next) || !Touches(next.Value)
                ? []
                : Sources(next.Value, next.Low, next.Width).Where(s => s.Width > 0)
                    .Select(s => (s.Operand, s.Low, s.Width)).Where(s => !_known.ContainsKey(s)).ToList();
            foreach (var operand in missing)
            {
                open.Push(operand);
            }

            if (missing.Count == 0)
            {
                open.Pop();
                _known.TryAdd(next, Touches(next.Value)
                    ? Build(next.Value, next.Low, next.Width)
                    : Expression.Slice(next.Value, next.Low, next.Width));
            }
        }

        return _known[(value, low, width)];
    }

    private Expression Build(Expression value, int low, int width)
    {
        Expression At(Expression operand, int from, int count) => _known[(operand, from, count)];
        switch (value)
        {
            case Reference reference:
                return looping[scope[reference.Name].Index] is { Count: > 0 } parts
                    ? Join(PartsIn(parts, low, width))
                    : Expression.Slice(reference, low, width);
            case Slice slice:
                return At(slice.Operand, slice.Low + low, width);
            case Concat concat:
                return Join(PartsOf(concat, low, width).Select(p => At(p.Part, p.Low, p.Width)));
            case Extend extend:
                return Extended(extend, low, width);
            case Mux mux:
                return new Mux(At(mux.Condition, 0, 1), At(mux.WhenTrue, low, width), At(mux.WhenFalse, low, width));
            case Unary { Operator: UnaryOperator.Not } not:
                return ~At(not.Operand, low, width);
            case Binary { Operator: BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor } b:
                return new Binary(b.Operator, At(b.Left, low, width), At(b.Right, low, width));
            case Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract } b:
                return Expression.Slice(
                    new Binary(b.Operator, At(b.Left, 0, low + width), At(b.Right, 0, low + width)), low, width);
            case Binary { Right: Constant count } shift when IsShift(shift.Operator):
                var (from, kept, offset) = ShiftedRange(shift, count, low, width);
                return kept == 0
                    ? new Constant(BitVector.Zero(width))
                    : Join([Zeros(offset), At(shift.Left, from, kept), Zeros(width - kept - offset)]);
            default:
                var whole = value;
                var children = ExpressionTree.Children(value);
                for (var i = 0; i < children.Count; i++)
                {
                    whole = ExpressionTree.WithChild(whole, i, At(children[i], 0, children[i].Width));
                }

                return Expression.Slice(whole, low, width);
        }
    }

    private Expression Extended(Extend extend, int low, int width)
    {
        var below = Math.Clamp(extend.Operand.Width - low, 0, width);
        var kept = below == 0 ? null : _known[(extend.Operand, low, below)];
        if (below == width)
        {
            return kept!;
        }

        var above = extend.Signed
            ? Expression.SignExtend(_known[(extend.Operand, extend.Operand.Width - 1, 1)], width - below)
            : Zeros(width - below)!;
        return Join([kept, above]);
    }

    private static IEnumerable<(Expression Part, int Low, int Width, int Offset)> PartsOf(Concat concat, int low, int width)
    {
        var at = 0;
        foreach (var part in concat.Parts.Reverse())
        {
            var (from, to) = (Math.Max(low, at), Math.Min(low + width, at + part.Width));
            if (from < to)
            {
                yield return (part, from - at, to - from, from - low);
            }

            at += part.Width;
        }
    }

    private static IEnumerable<Expression> PartsIn(IReadOnlyList<NetPart> parts, int low, int width)
    {
        foreach (var part in parts)
        {
            var (from, to) = (Math.Max(low, part.Low), Math.Min(low + width, part.Low + part.Net.Width));
            if (from < to)
            {
                yield return Expression.Slice(new Reference(part.Name, part.Net.Width), from - part.Low, to - from);
            }
        }
    }

    private static bool IsShift(BinaryOperator op) => op is BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight;

    // Which bits of a shift's operand land in a range, and how far above its lowest bit.
    private static (int From, int Width, int Offset) ShiftedRange(Binary shift, Constant count, int low, int width)
    {
        var operand = shift.Left.Width;
        var distance = count.Value.Unsigned > operand ? operand : (int)count.Value.Unsigned;
        var start = shift.Operator == BinaryOperator.ShiftLeft ? low - distance : low + distance;
        var (from, to) = (Math.Clamp(start, 0, operand), Math.Clamp(start + width, 0, operand));
        return (from, to - from, from - start);
    }

    private static Constant? Zeros(int width) => width == 0 ? null : new Constant(BitVector.Zero(width));

    // Low parts first.
    private static Expression Join(IEnumerable<Expression?> partsFromLow) =>
        Expression.Concat([.. partsFromLow.OfType<Expression>().Reverse()]);

    // Whether a value reads a net on a loop.
    private bool Touches(Expression value)
    {
        var open = new Stack<Expression>([value]);
        while (open.TryPeek(out var next))
        {
            if (_touches.ContainsKey(next))
            {
                open.Pop();
                continue;
            }

            var children = ExpressionTree.Children(next);
            var missing = children.Where(c => !_touches.ContainsKey(c)).ToList();
            foreach (var child in missing)
            {
                open.Push(child);
            }

            if (missing.Count == 0)
            {
                _touches[open.Pop()] = children.Any(c => _touches[c])
                    || (next is Reference reference && looping.ContainsKey(scope[reference.Name].Index));
            }
        }

        return _touches[value];
    }

    private sealed class KeyComparer : IEqualityComparer<(Expression Value, int Low, int Width)>
    {
        public static KeyComparer Instance { get; } = new();

        public bool Equals((Expression Value, int Low, int Width) x, (Expression Value, int Low, int Width) y) =>
            ReferenceEquals(x.Value, y.Value) && x.Low == y.Low && x.Width == y.Width;

        public int GetHashCode((Expression Value, int Low, int Width) key) =>
            HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Value), key.Low, key.Width);
    }
}
