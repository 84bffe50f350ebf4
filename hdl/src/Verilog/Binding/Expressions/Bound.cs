using System.Numerics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>
/// An expression whose names, widths and signs are known. Width and sign of its own are what IEEE 1364-2005 section 5.4
/// calls self-determined; Emit makes it in the width and sign of its context (5.5).
/// </summary>
internal abstract class Bound(DataType type, SyntaxNode syntax)
{
    public DataType Type { get; } = type;

    public SyntaxNode Syntax { get; } = syntax;

    public int Width => Type.Width;

    public bool Signed => Type.Signed;

    /// <summary>Bits of a literal that match anything in casez; with x also in casex and <c>inside</c>.</summary>
    public virtual (BigInteger Unknown, BigInteger HighImpedance) Wildcards => (0, 0);

    /// <summary>Bits that its value really needs, where a literal without a size stands in it: the width for lint.</summary>
    public virtual int MinWidth => Width;

    /// <summary>A real constant's value.</summary>
    public virtual double? Real => null;

    /// <summary>Whether it is a literal or parameter, or made of such.</summary>
    public virtual bool IsConstant => false;

    /// <summary>
    /// Its value in a context of at least its own width. The sign is that of the whole expression: operands that are
    /// extended are sign-extended only when all of it is signed.
    /// </summary>
    public abstract Expression Emit(Execution x, int width, bool signed);

    /// <summary>Its value in its own width.</summary>
    public Expression Self(Execution x) => Emit(x, Width, Signed);

    /// <summary>Its value as assigned to a target of some width: extended by its own sign, or cut.</summary>
    public Expression Assigned(Execution x, int width)
    {
        var wide = Math.Max(width, Width);
        return x.Factory.Slice(Emit(x, wide, Signed), 0, width);
    }

    /// <summary>One bit: whether it is not zero.</summary>
    public Expression Truth(Execution x) => x.Factory.ReduceOr(Self(x));

    /// <summary>Its value where it drives a net, and which bits it drives rather than leaves at z.</summary>
    public virtual (Expression Value, Expression Drives) EmitDriver(Execution x, int width)
    {
        var value = Assigned(x, width);
        return (value, x.Factory.Ones(width));
    }

    /// <summary>Whether z stands in it where it drives a net.</summary>
    public virtual bool IsTristate => false;
}

/// <summary>A literal.</summary>
internal sealed class BoundLiteral(Literal literal, SyntaxNode syntax) : Bound(DataType.Bits(literal.Width, literal.Signed), syntax)
{
    public Literal Literal { get; } = literal;

    public override (BigInteger Unknown, BigInteger HighImpedance) Wildcards => (Literal.Unknown, Literal.HighImpedance);

    public override bool IsConstant => true;

    public override bool IsTristate => !Literal.HighImpedance.IsZero;

    public override int MinWidth => Literal.IsSized ? Width : (int)Math.Max(1, Literal.Value.GetBitLength());

    public override Expression Emit(Execution x, int width, bool signed) =>
        x.Factory.Extend(x.Factory.Constant(Literal.Value, Width), width, signed);

    public override (Expression Value, Expression Drives) EmitDriver(Execution x, int width)
    {
        var drives = ((BigInteger.One << Width) - 1) ^ Literal.HighImpedance;
        var fill = !Literal.IsSized && !(Literal.HighImpedance >> (Width - 1)).IsZero;
        var above = width > Width && !fill ? ((BigInteger.One << width) - 1) ^ ((BigInteger.One << Width) - 1) : 0;
        return (Assigned(x, width), x.Factory.Constant(drives | above, width));
    }
}

/// <summary><c>'0</c>, <c>'1</c>, <c>'x</c>, <c>'z</c>.</summary>
internal sealed class BoundFill(char digit, SyntaxNode syntax) : Bound(DataType.Bits(1), syntax)
{
    public char Digit => digit;

    public override bool IsConstant => true;

    public override bool IsTristate => digit is 'z' or 'Z';

    public override Expression Emit(Execution x, int width, bool signed) =>
        digit == '1' ? x.Factory.Ones(width) : x.Factory.Constant(0, width);

    public override (Expression Value, Expression Drives) EmitDriver(Execution x, int width) =>
        (Assigned(x, width), IsTristate ? x.Factory.Constant(0, width) : x.Factory.Ones(width));
}

/// <summary>A constant of known value: a parameter, a genvar, a name of an enumeration, a string.</summary>
internal sealed class BoundConstant(BitVector value, DataType type, SyntaxNode syntax) : Bound(type, syntax)
{
    public BitVector Value => value;

    public override int MinWidth => (int)Math.Max(1, (Signed ? value.Signed : value.Unsigned).GetBitLength());

    public override double? Real => RealValue;

    public double? RealValue { get; init; }

    public override bool IsConstant => true;

    public override Expression Emit(Execution x, int width, bool signed) =>
        x.Factory.Extend(x.Factory.Constant(value), width, signed);
}

/// <summary><c>condition ? whenTrue : whenFalse</c>.</summary>
internal sealed class BoundConditional(Bound condition, Bound whenTrue, Bound whenFalse, DataType type, SyntaxNode syntax) : Bound(type, syntax)
{
    public override bool IsConstant => condition.IsConstant && whenTrue.IsConstant && whenFalse.IsConstant;

    public override bool IsTristate => whenTrue.IsTristate || whenFalse.IsTristate;

    public override int MinWidth => Math.Max(whenTrue.MinWidth, whenFalse.MinWidth);

    public override Expression Emit(Execution x, int width, bool signed) => condition.Truth(x) switch
    {
        Constant { Value.Unsigned.IsZero: true } => whenFalse.Emit(x, width, signed),
        Constant => whenTrue.Emit(x, width, signed),
        var c => x.Factory.Mux(c, whenTrue.Emit(x, width, signed), whenFalse.Emit(x, width, signed)),
    };

    public override (Expression Value, Expression Drives) EmitDriver(Execution x, int width)
    {
        if (!IsTristate)
        {
            return base.EmitDriver(x, width);
        }

        var c = condition.Truth(x);
        var (t, tDrives) = whenTrue.EmitDriver(x, width);
        var (f, fDrives) = whenFalse.EmitDriver(x, width);

        // Where only one side drives, its value needs no multiplexer.
        var value = IsZero(tDrives) ? f : IsZero(fDrives) ? t : x.Factory.Mux(c, t, f);
        return (value, x.Factory.Mux(c, tDrives, fDrives));
    }

    private static bool IsZero(Expression e) => e is Constant { Value.Unsigned.IsZero: true };
}
