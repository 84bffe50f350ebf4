using System.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary><c>+ - ~</c> before an operand: width and sign of the context go to the operand.</summary>
internal sealed class BoundPrefix(string op, Bound operand, SyntaxNode syntax)
    : Bound(DataType.Bits(operand.Width, operand.Signed), syntax)
{
    public override bool IsConstant => operand.IsConstant;

    public override int MinWidth => operand.MinWidth;

    public override Expression Emit(Execution x, int width, bool signed)
    {
        var value = operand.Emit(x, width, signed);
        return op switch
        {
            "+" => value,
            "-" => x.Factory.Subtract(x.Factory.Constant(0, width), value),
            "~" => x.Factory.Not(value),
            _ => throw new UnreachableException(op),
        };
    }
}

/// <summary>Reductions and <c>!</c>: the operand stands for itself, the result has one bit.</summary>
internal sealed class BoundReduction(string op, Bound operand, SyntaxNode syntax) : Bound(DataType.Bits(1), syntax)
{
    public override bool IsConstant => operand.IsConstant;

    public override Expression Emit(Execution x, int width, bool signed)
    {
        var f = x.Factory;
        var value = operand.Self(x);
        var bit = op switch
        {
            "&" => f.ReduceAnd(value),
            "~&" => f.Not(f.ReduceAnd(value)),
            "|" => f.ReduceOr(value),
            "~|" or "!" => f.Not(f.ReduceOr(value)),
            "^" => f.ReduceXor(value),
            "~^" or "^~" => f.Not(f.ReduceXor(value)),
            _ => throw new UnreachableException(op),
        };
        return f.Extend(bit, width, signed: false);
    }
}

/// <summary>Operators whose two operands both take width and sign of the context: <c>+ - * / % &amp; | ^ ~^</c>.</summary>
internal sealed class BoundArithmetic(string op, Bound left, Bound right, SyntaxNode syntax)
    : Bound(DataType.Bits(Math.Max(left.Width, right.Width), left.Signed && right.Signed), syntax)
{
    public override bool IsConstant => left.IsConstant && right.IsConstant;

    public override int MinWidth => Math.Max(left.MinWidth, right.MinWidth);

    public override Expression Emit(Execution x, int width, bool signed)
    {
        BindingBudget.RequireStack(Syntax);
        var f = x.Factory;
        var (l, r) = (left.Emit(x, width, signed), right.Emit(x, width, signed));
        return op switch
        {
            "+" => f.Add(l, r),
            "-" => f.Subtract(l, r),
            "*" => f.Multiply(l, r),
            "/" => signed ? SignedDivision.Quotient(f, l, r) : f.Divide(l, r, modulo: false),
            "%" => signed ? SignedDivision.Remainder(f, l, r) : f.Divide(l, r, modulo: true),
            "&" => f.And(l, r),
            "|" => f.Or(l, r),
            "^" => f.Xor(l, r),
            "~^" or "^~" => f.Not(f.Xor(l, r)),
            _ => throw new UnreachableException(op),
        };
    }
}

/// <summary>Signed division by the absolute values, rounding towards zero; the remainder has the sign of the dividend.</summary>
internal static class SignedDivision
{
    public static Expression Quotient(ExpressionFactory f, Expression left, Expression right)
    {
        var magnitude = f.Divide(Magnitude(f, left), Magnitude(f, right), modulo: false);
        return NegatedIf(f, f.Xor(Sign(f, left), Sign(f, right)), magnitude);
    }

    public static Expression Remainder(ExpressionFactory f, Expression left, Expression right)
    {
        var magnitude = f.Divide(Magnitude(f, left), Magnitude(f, right), modulo: true);
        return NegatedIf(f, Sign(f, left), magnitude);
    }

    private static Expression Sign(ExpressionFactory f, Expression value) => f.Slice(value, value.Width - 1, 1);

    private static Expression Magnitude(ExpressionFactory f, Expression value) => NegatedIf(f, Sign(f, value), value);

    private static Expression NegatedIf(ExpressionFactory f, Expression negative, Expression value) =>
        f.Mux(negative, f.Subtract(f.Constant(0, value.Width), value), value);
}

/// <summary>Comparisons: the operands take the greater width of both, the result has one bit.</summary>
internal sealed class BoundComparison(string op, Bound left, Bound right, SyntaxNode syntax) : Bound(DataType.Bits(1), syntax)
{
    public override bool IsConstant => left.IsConstant && right.IsConstant;

    public override Expression Emit(Execution x, int width, bool signed)
    {
        var f = x.Factory;
        var wide = Math.Max(left.Width, right.Width);
        var isSigned = left.Signed && right.Signed;
        var (l, r) = (left.Emit(x, wide, isSigned), right.Emit(x, wide, isSigned));
        var bit = op switch
        {
            "==" or "===" => f.Equal(l, r),
            "!=" or "!==" => f.Not(f.Equal(l, r)),
            "==?" => Match.Masked(f, l, r, Match.WildcardBits(right, wide, withUnknown: true)),
            "!=?" => f.Not(Match.Masked(f, l, r, Match.WildcardBits(right, wide, withUnknown: true))),
            "<" => f.LessThan(l, r, isSigned),
            ">" => f.LessThan(r, l, isSigned),
            "<=" => f.Not(f.LessThan(r, l, isSigned)),
            ">=" => f.Not(f.LessThan(l, r, isSigned)),
            _ => throw new UnreachableException(op),
        };
        return f.Extend(bit, width, signed: false);
    }
}

/// <summary><c>&amp;&amp; || -&gt; &lt;-&gt;</c>: the operands stand for themselves.</summary>
internal sealed class BoundLogical(string op, Bound left, Bound right, SyntaxNode syntax) : Bound(DataType.Bits(1), syntax)
{
    public override bool IsConstant => left.IsConstant && right.IsConstant;

    public override Expression Emit(Execution x, int width, bool signed)
    {
        BindingBudget.RequireStack(Syntax);
        var f = x.Factory;
        var l = left.Truth(x);

        // The right side is not evaluated when the left one decides: it may be out of its range then.
        if (l is Constant c)
        {
            var decided = op switch
            {
                "&&" => c.Value.Unsigned.IsZero ? f.False : null,
                "||" => c.Value.Unsigned.IsZero ? null : f.True,
                "->" => c.Value.Unsigned.IsZero ? f.True : null,
                _ => null,
            };
            if (decided is not null)
            {
                return f.Extend(decided, width, signed: false);
            }
        }

        var r = right.Truth(x);
        var bit = op switch
        {
            "&&" => f.And(l, r),
            "||" => f.Or(l, r),
            "->" => f.Or(f.Not(l), r),
            "<->" => f.Equal(l, r),
            _ => throw new UnreachableException(op),
        };
        return f.Extend(bit, width, signed: false);
    }
}

/// <summary>Shifts: the left operand takes width and sign of the context, the count stands for itself.</summary>
internal sealed class BoundShift(string op, Bound left, Bound count, SyntaxNode syntax)
    : Bound(DataType.Bits(left.Width, left.Signed), syntax)
{
    public override bool IsConstant => left.IsConstant && count.IsConstant;

    public override int MinWidth => left.MinWidth;

    public override Expression Emit(Execution x, int width, bool signed)
    {
        var (value, by) = (left.Emit(x, width, signed), count.Self(x));
        return op switch
        {
            "<<" or "<<<" => x.Factory.ShiftLeft(value, by),
            ">>" => x.Factory.ShiftRight(value, by, signed: false),
            ">>>" => x.Factory.ShiftRight(value, by, signed),
            _ => throw new UnreachableException(op),
        };
    }
}

/// <summary><c>**</c>: the base takes width and sign of the context, the exponent stands for itself.</summary>
internal sealed class BoundPower(Bound left, Bound exponent, SyntaxNode syntax) : Bound(DataType.Bits(left.Width, left.Signed), syntax)
{
    private const int MostExponentBits = 8;

    public override bool IsConstant => left.IsConstant && exponent.IsConstant;

    public override Expression Emit(Execution x, int width, bool signed)
    {
        var f = x.Factory;
        var (value, power) = (left.Emit(x, width, signed), exponent.Self(x));
        if (value is Constant b && power is Constant e)
        {
            return f.Constant(Raised(signed ? b.Value.Signed : b.Value.Unsigned, exponent.Signed ? e.Value.Signed : e.Value.Unsigned, width), width);
        }

        if (value is Constant { Value.Unsigned.IsPowerOfTwo: true } two && !exponent.Signed)
        {
            var log = (int)two.Value.Unsigned.GetBitLength() - 1;
            var count = f.Multiply(f.Extend(power, power.Width + 8, signed: false), f.Constant(log, power.Width + 8));
            return f.ShiftLeft(f.Constant(1, width), count);
        }

        if (power is Extend { Signed: false } extend)
        {
            power = extend.Operand;
        }

        if (power is not Constant && power.Width > MostExponentBits)
        {
            throw new BindingException(BindingDiagnostics.UnsupportedExpression("a power with an exponent that is not constant", Syntax.Origin.Span));
        }

        // Square and multiply, from the exponent's low bit on.
        Expression result = f.Constant(1, width);
        var square = value;
        var bits = power is Constant c ? (int)Math.Min(64, c.Value.Unsigned.GetBitLength()) : power.Width;
        for (var i = 0; i < bits; i++)
        {
            result = f.Mux(f.Slice(power, i, 1), f.Multiply(result, square), result);
            square = f.Multiply(square, square);
        }

        return result;
    }

    private static System.Numerics.BigInteger Raised(System.Numerics.BigInteger value, System.Numerics.BigInteger power, int width)
    {
        if (power.Sign < 0)
        {
            return value.IsOne ? 1 : value == -1 ? (power.IsEven ? 1 : -1) : 0;
        }

        var modulus = System.Numerics.BigInteger.One << width;
        return System.Numerics.BigInteger.ModPow(((value % modulus) + modulus) % modulus, power, modulus);
    }
}
