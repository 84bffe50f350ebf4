using System.Numerics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>
/// Makes the expressions of one module: equal nodes are one object, constants are folded, and what is obviously the
/// same is written the same. Widths of operands must already agree.
/// </summary>
internal sealed class ExpressionFactory(BindingBudget budget)
{
    private static readonly Comparer<int> s_descending = Comparer<int>.Create((a, b) => b.CompareTo(a));
    private readonly Dictionary<NodeKey, Expression> _nodes = [];
    private readonly Dictionary<Concat, int[]> _bottoms = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<BitVector, Constant> _constants = [];

    /// <summary>1'b1.</summary>
    public Expression True => Constant(1, 1);

    /// <summary>1'b0.</summary>
    public Expression False => Constant(0, 1);

    public Constant Constant(BitVector value)
    {
        if (!_constants.TryGetValue(value, out var constant))
        {
            _constants[value] = constant = new(value);
        }

        return constant;
    }

    public Constant Constant(BigInteger value, int width) => Constant(new BitVector(value, width));

    public Expression Reference(string name, int width) => Intern(new(NodeKind.Reference, width, 0, name), () => new Reference(name, width));

    public Expression MemoryWord(string memory, Expression address, int width) =>
        Intern(new(NodeKind.MemoryWord, width, 0, memory, address), () => new MemoryWord(memory, address, width));

    public Expression Not(Expression operand) => operand switch
    {
        Constant c => Constant(~c.Value),
        Unary { Operator: UnaryOperator.Not } inner => inner.Operand,
        _ => Plain(UnaryOperator.Not, operand),
    };

    public Expression ReduceOr(Expression operand) => operand switch
    {
        Constant c => Constant(BitVector.ReduceOr(c.Value)),
        { Width: 1 } => operand,
        Extend { Signed: false } extend => ReduceOr(extend.Operand),
        _ => Plain(UnaryOperator.ReduceOr, operand),
    };

    public Expression ReduceAnd(Expression operand) => operand switch
    {
        Constant c => Constant(BitVector.ReduceAnd(c.Value)),
        { Width: 1 } => operand,
        _ => Plain(UnaryOperator.ReduceAnd, operand),
    };

    public Expression ReduceXor(Expression operand) => operand switch
    {
        Constant c => Constant(BitVector.ReduceXor(c.Value)),
        { Width: 1 } => operand,
        Extend { Signed: false } extend => ReduceXor(extend.Operand),
        _ => Plain(UnaryOperator.ReduceXor, operand),
    };

    public Expression And(Expression left, Expression right)
    {
        (left, right) = ConstantRight(left, right);
        return (left, right) switch
        {
            (Constant a, Constant b) => Constant(a.Value & b.Value),
            (_, Constant { Value.Unsigned.IsZero: true }) => right,
            (_, Constant c) when IsOnes(c) => left,
            _ when ReferenceEquals(left, right) => left,
            _ when IsComplement(left, right) => Constant(0, left.Width),
            _ => Plain(BinaryOperator.And, left, right),
        };
    }

    public Expression Or(Expression left, Expression right)
    {
        (left, right) = ConstantRight(left, right);
        return (left, right) switch
        {
            (Constant a, Constant b) => Constant(a.Value | b.Value),
            (_, Constant { Value.Unsigned.IsZero: true }) => left,
            (_, Constant c) when IsOnes(c) => right,
            _ when ReferenceEquals(left, right) => left,
            _ when IsComplement(left, right) => Ones(left.Width),
            _ => Plain(BinaryOperator.Or, left, right),
        };
    }

    public Expression Xor(Expression left, Expression right)
    {
        (left, right) = ConstantRight(left, right);
        return (left, right) switch
        {
            (Constant a, Constant b) => Constant(a.Value ^ b.Value),
            (_, Constant { Value.Unsigned.IsZero: true }) => left,
            (_, Constant c) when IsOnes(c) => Not(left),
            _ when ReferenceEquals(left, right) => Constant(0, left.Width),
            _ => Plain(BinaryOperator.Xor, left, right),
        };
    }

    public Expression Add(Expression left, Expression right)
    {
        (left, right) = ConstantRight(left, right);
        return (left, right) switch
        {
            (Constant a, Constant b) => Constant(a.Value + b.Value),
            (_, Constant { Value.Unsigned.IsZero: true }) => left,
            _ => Plain(BinaryOperator.Add, left, right),
        };
    }

    public Expression Subtract(Expression left, Expression right) => (left, right) switch
    {
        (Constant a, Constant b) => Constant(a.Value - b.Value),
        (_, Constant { Value.Unsigned.IsZero: true }) => left,
        _ when ReferenceEquals(left, right) => Constant(0, left.Width),
        _ => Plain(BinaryOperator.Subtract, left, right),
    };

    public Expression Equal(Expression left, Expression right)
    {
        (left, right) = ConstantRight(left, right);
        return (left, right) switch
        {
            (Constant a, Constant b) => Constant(BitVector.Equal(a.Value, b.Value)),
            _ when ReferenceEquals(left, right) => True,
            ({ Width: 1 }, Constant c) => c.Value.Unsigned.IsZero ? Not(left) : left,
            (Extend { Signed: false } e, Constant c) => (c.Value.Unsigned >> e.Operand.Width).IsZero
                ? Equal(e.Operand, Constant(c.Value.Unsigned, e.Operand.Width))
                : False,
            _ => Plain(BinaryOperator.Equal, left, right),
        };
    }

    public Expression LessThan(Expression left, Expression right, bool signed) => (left, right) switch
    {
        (Constant a, Constant b) => Constant(signed ? BitVector.LessThanSigned(a.Value, b.Value) : BitVector.LessThanUnsigned(a.Value, b.Value)),
        _ when ReferenceEquals(left, right) => False,
        (_, Constant { Value.Unsigned.IsZero: true }) when !signed => False,
        (Extend { Signed: false } e, Constant c) when !signed => (c.Value.Unsigned >> e.Operand.Width).IsZero
            ? LessThan(e.Operand, Constant(c.Value.Unsigned, e.Operand.Width), signed: false)
            : True,
        (Constant c, Extend { Signed: false } e) when !signed => (c.Value.Unsigned >> e.Operand.Width).IsZero
            ? LessThan(Constant(c.Value.Unsigned, e.Operand.Width), e.Operand, signed: false)
            : False,
        _ => Plain(signed ? BinaryOperator.LessThanSigned : BinaryOperator.LessThanUnsigned, left, right),
    };

    /// <summary>The product modulo 2^width of two operands of that width; narrow operands give a narrow multiplier.</summary>
    public Expression Multiply(Expression left, Expression right)
    {
        (left, right) = ConstantRight(left, right);
        var width = left.Width;
        if (left is Constant a && right is Constant b)
        {
            return Constant(a.Value.Unsigned * b.Value.Unsigned, width);
        }

        if (right is Constant c && (c.Value.Unsigned.IsZero || c.Value.Unsigned.IsPowerOfTwo))
        {
            return c.Value.Unsigned.IsZero ? c : ShiftLeft(left, Constant((int)c.Value.Unsigned.GetBitLength() - 1, 32));
        }

        var (x, y) = (Narrow(left), Narrow(right));
        if (x.Signed == y.Signed)
        {
            var op = x.Signed ? BinaryOperator.MultiplySigned : BinaryOperator.MultiplyUnsigned;
            return Resize(Plain(op, x.Value, y.Value), width, x.Signed);
        }

        // A signed and an unsigned factor: one more bit makes the unsigned one signed.
        var u = x.Signed ? y.Value : x.Value;
        var s = x.Signed ? x.Value : y.Value;
        return u.Width + 1 + s.Width > width
            ? Slice(Plain(BinaryOperator.MultiplyUnsigned, left, right), 0, width)
            : Extend(Plain(BinaryOperator.MultiplySigned, s, Extend(u, u.Width + 1, signed: false)), width, signed: true);
    }

    public Expression Divide(Expression left, Expression right, bool modulo) => (left, right) switch
    {
        (Constant a, Constant b) => Constant(modulo ? BitVector.ModuloUnsigned(a.Value, b.Value) : BitVector.DivideUnsigned(a.Value, b.Value)),
        (_, Constant { Value.Unsigned.IsPowerOfTwo: true } c) => modulo
            ? And(left, Constant(c.Value.Unsigned - 1, left.Width))
            : ShiftRight(left, Constant((int)c.Value.Unsigned.GetBitLength() - 1, 32), signed: false),
        _ => Plain(modulo ? BinaryOperator.ModuloUnsigned : BinaryOperator.DivideUnsigned, left, right),
    };

    public Expression ShiftLeft(Expression left, Expression count) => (left, count) switch
    {
        (Constant a, Constant b) => Constant(BitVector.ShiftLeft(a.Value, b.Value)),
        (_, Constant b) => b.Value.Unsigned >= left.Width ? Constant(0, left.Width)
            : b.Value.Unsigned.IsZero ? left
            : Concat([Slice(left, 0, left.Width - (int)b.Value.Unsigned), Constant(0, (int)b.Value.Unsigned)]),
        (Constant { Value.Unsigned.IsZero: true }, _) => left,
        (_, Extend { Signed: false } e) => ShiftLeft(left, e.Operand),
        _ => Plain(BinaryOperator.ShiftLeft, left, count),
    };

    public Expression ShiftRight(Expression left, Expression count, bool signed) => (left, count) switch
    {
        (Constant a, Constant b) => Constant(signed ? BitVector.ShiftRightSigned(a.Value, b.Value) : BitVector.ShiftRight(a.Value, b.Value)),
        (_, Constant b) => ShiftRight(left, b.Value.Unsigned >= left.Width ? left.Width : (int)b.Value.Unsigned, signed),
        (Constant { Value.Unsigned.IsZero: true }, _) => left,
        (_, Extend { Signed: false } e) => ShiftRight(left, e.Operand, signed),
        _ => Plain(signed ? BinaryOperator.ShiftRightSigned : BinaryOperator.ShiftRight, left, count),
    };

    public Expression Mux(Expression condition, Expression whenTrue, Expression whenFalse)
    {
        if (condition is Unary { Operator: UnaryOperator.Not } not)
        {
            (condition, whenTrue, whenFalse) = (not.Operand, whenFalse, whenTrue);
        }

        // Below an arm the condition is known.
        whenTrue = whenTrue is Mux t && ReferenceEquals(t.Condition, condition) ? t.WhenTrue : whenTrue;
        whenFalse = whenFalse is Mux f && ReferenceEquals(f.Condition, condition) ? f.WhenFalse : whenFalse;
        if (condition is Constant c)
        {
            return c.Value.Unsigned.IsZero ? whenFalse : whenTrue;
        }

        if (ReferenceEquals(whenTrue, whenFalse))
        {
            return whenTrue;
        }

        if (whenTrue is Constant { Width: 1 } one && whenFalse is Constant)
        {
            return one.Value.Unsigned.IsZero ? Not(condition) : condition;
        }

        return Intern(new(NodeKind.Mux, 0, 0, condition, whenTrue, whenFalse), () => new Mux(condition, whenTrue, whenFalse));
    }

    public Expression Slice(Expression operand, int low, int width)
    {
        while (true)
        {
            if (low == 0 && width == operand.Width)
            {
                return operand;
            }

            switch (operand)
            {
                case Constant c:
                    return Constant(BitVector.Slice(c.Value, low, width));
                case Slice s:
                    (operand, low) = (s.Operand, low + s.Low);
                    continue;
                case Extend e when low + width <= e.Operand.Width:
                    operand = e.Operand;
                    continue;
                case Extend e when low >= e.Operand.Width && !e.Signed:
                    return Constant(0, width);
                case Extend e when !e.Signed && low < e.Operand.Width:
                    return Extend(Slice(e.Operand, low, e.Operand.Width - low), width, signed: false);
                case Concat concat:
                    return SliceOfParts(concat, low, width);
                default:
                    var (o, l) = (operand, low);
                    return Intern(new(NodeKind.Slice, width, low, operand), () => new Slice(o, l, width));
            }
        }
    }

    /// <summary>Joins values, the most significant first; neighbours that were cut from one value grow together again.</summary>
    public Expression Concat(IReadOnlyList<Expression> parts)
    {
        var joined = new List<Expression>(parts.Count);
        foreach (var part in parts)
        {
            Append(joined, part);
        }

        if (joined.Count == 1)
        {
            return joined[0];
        }

        if (joined is [Constant { Value.Unsigned.IsZero: true } zero, var rest])
        {
            return Extend(rest, zero.Width + rest.Width, signed: false);
        }

        return Intern(new(NodeKind.Concat, joined.Count, 0, new PartList(joined)), () => new Concat(joined.ToEquatableArray()));
    }

    public Expression Extend(Expression operand, int width, bool signed)
    {
        switch (operand)
        {
            case var _ when operand.Width == width:
                return operand;
            case Constant c:
                return Constant(signed ? c.Value.Signed : c.Value.Unsigned, width);
            case Extend e when e.Signed == signed || !e.Signed:
                return Extend(e.Operand, width, e.Signed);
            default:
                return Intern(new(NodeKind.Extend, width, signed ? 1 : 0, operand), () => new Extend(operand, width, signed));
        }
    }

    /// <summary>Cut to the low bits or extended.</summary>
    public Expression Resize(Expression operand, int width, bool signed) =>
        width <= operand.Width ? Slice(operand, 0, width) : Extend(operand, width, signed);

    /// <summary>An operator with other operands.</summary>
    public Expression Remake(UnaryOperator op, Expression operand) => op switch
    {
        UnaryOperator.Not => Not(operand),
        UnaryOperator.ReduceOr => ReduceOr(operand),
        UnaryOperator.ReduceAnd => ReduceAnd(operand),
        _ => ReduceXor(operand),
    };

    /// <summary>An operator with other operands.</summary>
    public Expression Remake(BinaryOperator op, Expression left, Expression right) => op switch
    {
        BinaryOperator.Add => Add(left, right),
        BinaryOperator.Subtract => Subtract(left, right),
        BinaryOperator.And => And(left, right),
        BinaryOperator.Or => Or(left, right),
        BinaryOperator.Xor => Xor(left, right),
        BinaryOperator.Equal => Equal(left, right),
        BinaryOperator.LessThanUnsigned => LessThan(left, right, signed: false),
        BinaryOperator.LessThanSigned => LessThan(left, right, signed: true),
        BinaryOperator.DivideUnsigned => Divide(left, right, modulo: false),
        BinaryOperator.ModuloUnsigned => Divide(left, right, modulo: true),
        BinaryOperator.ShiftLeft => ShiftLeft(left, right),
        BinaryOperator.ShiftRight => ShiftRight(left, right, signed: false),
        BinaryOperator.ShiftRightSigned => ShiftRight(left, right, signed: true),
        _ => Plain(op, left, right),
    };

    public Constant Ones(int width) => Constant((BigInteger.One << width) - 1, width);

    private static (Expression Value, bool Signed) Narrow(Expression value) => value switch
    {
        Extend e => (e.Operand, e.Signed),
        Constant c => c.Value.Signed.Sign < 0
            ? ((Expression)new Constant(new(c.Value.Signed, (int)c.Value.Signed.GetBitLength() + 1)), true)
            : (new Constant(new(c.Value.Unsigned, (int)Math.Max(1, c.Value.Unsigned.GetBitLength()))), false),
        _ => (value, false),
    };

    private static bool IsOnes(Constant c) => BitVector.ReduceAnd(c.Value).Unsigned.IsOne;

    private static bool IsComplement(Expression left, Expression right) =>
        (left is Unary { Operator: UnaryOperator.Not } l && ReferenceEquals(l.Operand, right))
        || (right is Unary { Operator: UnaryOperator.Not } r && ReferenceEquals(r.Operand, left));

    private static (Expression Left, Expression Right) ConstantRight(Expression left, Expression right) =>
        left is Rtl.Constant && right is not Rtl.Constant ? (right, left) : (left, right);

    private Expression ShiftRight(Expression left, int count, bool signed) =>
        count == 0 ? left
        : count < left.Width ? Extend(Slice(left, count, left.Width - count), left.Width, signed)
        : signed ? Extend(Slice(left, left.Width - 1, 1), left.Width, signed: true)
        : Constant(0, left.Width);

    private Expression SliceOfParts(Concat concat, int low, int width)
    {
        var parts = new List<Expression>();
        var bottoms = Bottoms(concat);
        var index = Array.BinarySearch(bottoms, low + width - 1, s_descending);
        for (var i = index < 0 ? ~index : index; i < bottoms.Length && bottoms[i] + concat.Parts[i].Width > low; i++)
        {
            var from = Math.Max(bottoms[i], low);
            var to = Math.Min(bottoms[i] + concat.Parts[i].Width, low + width);
            parts.Add(Slice(concat.Parts[i], from - bottoms[i], to - from));
        }

        return Concat(parts);
    }

    /// <summary>The lowest bit of each part; kept for long ones, of which every bit may be asked for.</summary>
    private int[] Bottoms(Concat concat)
    {
        if (_bottoms.TryGetValue(concat, out var known))
        {
            return known;
        }

        var bottoms = new int[concat.Parts.Count];
        var bottom = concat.Width;
        for (var i = 0; i < bottoms.Length; i++)
        {
            bottoms[i] = bottom -= concat.Parts[i].Width;
        }

        if (bottoms.Length > 16)
        {
            _bottoms[concat] = bottoms;
        }

        return bottoms;
    }

    private void Append(List<Expression> joined, Expression part)
    {
        if (part is Concat inner)
        {
            foreach (var p in inner.Parts)
            {
                Append(joined, p);
            }

            return;
        }

        if (joined.Count > 0)
        {
            switch (joined[^1], part)
            {
                case (Constant high, Constant low):
                    joined[^1] = Constant(BitVector.Concat(high.Value, low.Value));
                    return;
                case (Slice high, Slice low) when ReferenceEquals(high.Operand, low.Operand) && high.Low == low.Low + low.Width:
                    joined[^1] = Slice(high.Operand, low.Low, high.Width + low.Width);
                    return;
            }
        }

        joined.Add(part);
    }

    private Expression Plain(UnaryOperator op, Expression operand) =>
        Intern(new(NodeKind.Unary, (int)op, 0, operand), () => new Unary(op, operand));

    private Expression Plain(BinaryOperator op, Expression left, Expression right) =>
        Intern(new(NodeKind.Binary, (int)op, 0, left, right), () => new Binary(op, left, right));

    private Expression Intern(NodeKey key, Func<Expression> make)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            budget.SpendNode();
            _nodes[key] = node = make();
        }

        return node;
    }
}
