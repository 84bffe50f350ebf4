namespace HwSeed.Hdl.Rtl;

/// <summary>
/// A combinational value inside one module: the hardware meaning of <see cref="IBits{TSelf}"/>. A tree whose leaves
/// are constants and references by name, so equality is structural and trees stay acyclic through registers.
/// Operators check widths and throw; nodes made directly (by a reader) are checked by <c>RtlRules</c> instead.
/// Shared sub-expressions should be named as wires: trees are not shared graphs. Meaning of each node and the Verilog
/// that it becomes: hdl/docs/language.md.
/// </summary>
/// <param name="Width">Bits, at least 1.</param>
public abstract record Expression(int Width) : IBits<Expression>
{
    /// <summary>Bit range low .. low+width-1.</summary>
    public Expression this[int low, int width] => Slice(this, low, width);

    /// <inheritdoc/>
    public static Expression FromInteger(long value, int width) => new Constant(BitVector.FromInteger(value, width));

    /// <inheritdoc/>
    public static Expression operator +(Expression left, Expression right) => Same(BinaryOperator.Add, left, right);

    /// <inheritdoc/>
    public static Expression operator -(Expression left, Expression right) => Same(BinaryOperator.Subtract, left, right);

    /// <inheritdoc/>
    public static Expression operator &(Expression left, Expression right) => Same(BinaryOperator.And, left, right);

    /// <inheritdoc/>
    public static Expression operator |(Expression left, Expression right) => Same(BinaryOperator.Or, left, right);

    /// <inheritdoc/>
    public static Expression operator ^(Expression left, Expression right) => Same(BinaryOperator.Xor, left, right);

    /// <inheritdoc/>
    public static Expression operator ~(Expression operand) => new Unary(UnaryOperator.Not, operand);

    /// <inheritdoc/>
    public static Expression MultiplySigned(Expression left, Expression right) =>
        new Binary(BinaryOperator.MultiplySigned, left, right);

    /// <inheritdoc/>
    public static Expression MultiplyUnsigned(Expression left, Expression right) =>
        new Binary(BinaryOperator.MultiplyUnsigned, left, right);

    /// <inheritdoc/>
    public static Expression Equal(Expression left, Expression right) => Same(BinaryOperator.Equal, left, right);

    /// <summary>Equality with a constant; 1 bit.</summary>
    public static Expression Equal(Expression left, long right) => Equal(left, FromInteger(right, left.Width));

    /// <inheritdoc/>
    public static Expression LessThanUnsigned(Expression left, Expression right) =>
        Same(BinaryOperator.LessThanUnsigned, left, right);

    /// <inheritdoc/>
    public static Expression LessThanSigned(Expression left, Expression right) =>
        Same(BinaryOperator.LessThanSigned, left, right);

    /// <inheritdoc/>
    public static Expression ReduceOr(Expression operand) => new Unary(UnaryOperator.ReduceOr, operand);

    /// <inheritdoc/>
    public static Expression ReduceAnd(Expression operand) => new Unary(UnaryOperator.ReduceAnd, operand);

    /// <inheritdoc/>
    public static Expression ReduceXor(Expression operand) => new Unary(UnaryOperator.ReduceXor, operand);

    /// <inheritdoc/>
    public static Expression Mux(Expression condition, Expression whenTrue, Expression whenFalse)
    {
        Widths.RequireOne("mux condition", condition.Width);
        Widths.RequireSame("?:", whenTrue.Width, whenFalse.Width);
        return new Mux(condition, whenTrue, whenFalse);
    }

    /// <inheritdoc/>
    public static Expression Slice(Expression operand, int low, int width)
    {
        Widths.RequireSlice(operand.Width, low, width);
        return low == 0 && width == operand.Width ? operand : new Slice(operand, low, width);
    }

    /// <inheritdoc/>
    public static Expression Concat(params ReadOnlySpan<Expression> parts) => parts.Length switch
    {
        0 => throw new ArgumentException("a concatenation needs at least one part"),
        1 => parts[0],
        _ => new Concat(EquatableArray.Create(parts)),
    };

    /// <inheritdoc/>
    public static Expression ZeroExtend(Expression operand, int width)
    {
        Widths.RequireExtend(operand.Width, width);
        return width == operand.Width ? operand : new Extend(operand, width, Signed: false);
    }

    /// <inheritdoc/>
    public static Expression SignExtend(Expression operand, int width)
    {
        Widths.RequireExtend(operand.Width, width);
        return width == operand.Width ? operand : new Extend(operand, width, Signed: true);
    }

    /// <inheritdoc/>
    public static Expression DivideUnsigned(Expression left, Expression right) => Same(BinaryOperator.DivideUnsigned, left, right);

    /// <inheritdoc/>
    public static Expression ModuloUnsigned(Expression left, Expression right) => Same(BinaryOperator.ModuloUnsigned, left, right);

    /// <inheritdoc/>
    public static Expression ShiftLeft(Expression left, Expression count) => new Binary(BinaryOperator.ShiftLeft, left, count);

    /// <inheritdoc/>
    public static Expression ShiftRight(Expression left, Expression count) => new Binary(BinaryOperator.ShiftRight, left, count);

    /// <inheritdoc/>
    public static Expression ShiftRightSigned(Expression left, Expression count) =>
        new Binary(BinaryOperator.ShiftRightSigned, left, count);

    private static Binary Same(BinaryOperator op, Expression left, Expression right)
    {
        Widths.RequireSame(op.ToString(), left.Width, right.Width);
        return new Binary(op, left, right);
    }
}

/// <summary>A fixed value.</summary>
public sealed record Constant(BitVector Value) : Expression(Value.Width);

/// <summary>The value of a port, wire, register, memory read port or instance output of the same module.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Width">Its width, repeated here so that a tree knows its widths alone.</param>
public sealed record Reference(string Name, int Width) : Expression(Width);

/// <summary>Operators with one operand.</summary>
public enum UnaryOperator
{
    /// <summary>Bitwise not; same width.</summary>
    Not,

    /// <summary>Any bit set; 1 bit.</summary>
    ReduceOr,

    /// <summary>All bits set; 1 bit.</summary>
    ReduceAnd,

    /// <summary>Parity; 1 bit.</summary>
    ReduceXor,
}

/// <summary>An operator with one operand.</summary>
public sealed record Unary(UnaryOperator Operator, Expression Operand)
    : Expression(Operator == UnaryOperator.Not ? Operand.Width : 1);

/// <summary>Operators with two operands.</summary>
public enum BinaryOperator
{
    /// <summary>Sum modulo 2^width.</summary>
    Add,

    /// <summary>Difference modulo 2^width.</summary>
    Subtract,

    /// <summary>Bitwise and.</summary>
    And,

    /// <summary>Bitwise or.</summary>
    Or,

    /// <summary>Bitwise exclusive or.</summary>
    Xor,

    /// <summary>Equality; 1 bit.</summary>
    Equal,

    /// <summary>Unsigned less-than; 1 bit.</summary>
    LessThanUnsigned,

    /// <summary>Signed less-than; 1 bit.</summary>
    LessThanSigned,

    /// <summary>Full signed product; width is the sum of both.</summary>
    MultiplySigned,

    /// <summary>Full unsigned product; width is the sum of both.</summary>
    MultiplyUnsigned,

    /// <summary>Unsigned quotient; zero where the divisor is zero.</summary>
    DivideUnsigned,

    /// <summary>Unsigned remainder; zero where the divisor is zero.</summary>
    ModuloUnsigned,

    /// <summary>Left shifted up by the value of Right, an unsigned number of any width; width of Left.</summary>
    ShiftLeft,

    /// <summary>Left shifted down by the value of Right, zeros from above; width of Left.</summary>
    ShiftRight,

    /// <summary>Left shifted down by the value of Right, copies of the top bit from above; width of Left.</summary>
    ShiftRightSigned,
}

/// <summary>An operator with two operands.</summary>
public sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right) : Expression(Operator switch
{
    BinaryOperator.Equal or BinaryOperator.LessThanUnsigned or BinaryOperator.LessThanSigned => 1,
    BinaryOperator.MultiplySigned or BinaryOperator.MultiplyUnsigned => Left.Width + Right.Width,
    _ => Left.Width,
});

/// <summary>A two-way multiplexer.</summary>
public sealed record Mux(Expression Condition, Expression WhenTrue, Expression WhenFalse) : Expression(WhenTrue.Width);

/// <summary>Bits Low .. Low+Width-1 of the operand.</summary>
public sealed record Slice(Expression Operand, int Low, int Width) : Expression(Width);

/// <summary>Concatenation, most significant part first.</summary>
public sealed record Concat(EquatableArray<Expression> Parts) : Expression(Parts.Sum(p => p.Width));

/// <summary>
/// The word of a memory at an address, read without a clock; zero where the address is not below the depth.
/// </summary>
/// <param name="Memory">Name of a memory of the same module.</param>
/// <param name="Address">Any width.</param>
/// <param name="Width">Bits of a word, repeated here so that a tree knows its widths alone.</param>
public sealed record MemoryWord(string Memory, Expression Address, int Width) : Expression(Width);

/// <summary>Zero or sign extension.</summary>
public sealed record Extend(Expression Operand, int Width, bool Signed) : Expression(Width);
