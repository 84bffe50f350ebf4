namespace HwSeed.Hdl.Rtl;

/// <summary>
/// The algebra of fixed-width bits: one set of operators for values (<see cref="BitVector"/>) and for hardware
/// (<see cref="Expression"/>), so that a datapath written once is its own reference model.
/// Widths are explicit: operands of add, subtract, bitwise and comparison operators have equal widths, and a
/// result has the width that the operator's summary states. Breaking a width rule is the caller's bug and throws
/// <see cref="ArgumentException"/>.
/// </summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IBits<TSelf>
    where TSelf : IBits<TSelf>
{
    /// <summary>Number of bits, at least 1.</summary>
    int Width { get; }

    /// <summary>The constant <paramref name="value"/> in two's complement; must fit in the width as signed or unsigned.</summary>
    static abstract TSelf FromInteger(long value, int width);

    /// <summary>Sum modulo 2^Width.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>Difference modulo 2^Width.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>Bitwise and.</summary>
    static abstract TSelf operator &(TSelf left, TSelf right);

    /// <summary>Bitwise or.</summary>
    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>Bitwise not.</summary>
    static abstract TSelf operator ~(TSelf operand);

    /// <summary>Full signed product; width is the sum of the operand widths.</summary>
    static abstract TSelf MultiplySigned(TSelf left, TSelf right);

    /// <summary>Full unsigned product; width is the sum of the operand widths.</summary>
    static abstract TSelf MultiplyUnsigned(TSelf left, TSelf right);

    /// <summary>Unsigned quotient of equal widths; zero where the divisor is zero, as two-state Verilog simulators give it.</summary>
    static abstract TSelf DivideUnsigned(TSelf left, TSelf right);

    /// <summary>Unsigned remainder of equal widths; zero where the divisor is zero.</summary>
    static abstract TSelf ModuloUnsigned(TSelf left, TSelf right);

    /// <summary><paramref name="left"/> shifted up by an unsigned count of any width; zeros from below.</summary>
    static abstract TSelf ShiftLeft(TSelf left, TSelf count);

    /// <summary><paramref name="left"/> shifted down by an unsigned count of any width; zeros from above.</summary>
    static abstract TSelf ShiftRight(TSelf left, TSelf count);

    /// <summary><paramref name="left"/> shifted down by an unsigned count of any width; copies of its top bit from above.</summary>
    static abstract TSelf ShiftRightSigned(TSelf left, TSelf count);

    /// <summary>Equality; 1 bit.</summary>
    static abstract TSelf Equal(TSelf left, TSelf right);

    /// <summary>Unsigned less-than; 1 bit.</summary>
    static abstract TSelf LessThanUnsigned(TSelf left, TSelf right);

    /// <summary>Signed less-than; 1 bit.</summary>
    static abstract TSelf LessThanSigned(TSelf left, TSelf right);

    /// <summary>Whether any bit is set; 1 bit.</summary>
    static abstract TSelf ReduceOr(TSelf operand);

    /// <summary>Whether all bits are set; 1 bit.</summary>
    static abstract TSelf ReduceAnd(TSelf operand);

    /// <summary>Parity; 1 bit.</summary>
    static abstract TSelf ReduceXor(TSelf operand);

    /// <summary><paramref name="condition"/> (1 bit) ? <paramref name="whenTrue"/> : <paramref name="whenFalse"/>.</summary>
    static abstract TSelf Mux(TSelf condition, TSelf whenTrue, TSelf whenFalse);

    /// <summary>Bits low .. low+width-1.</summary>
    static abstract TSelf Slice(TSelf operand, int low, int width);

    /// <summary>Concatenation, most significant part first, as in Verilog's braces.</summary>
    static abstract TSelf Concat(params ReadOnlySpan<TSelf> parts);

    /// <summary>Zero extension to a width that is not smaller.</summary>
    static abstract TSelf ZeroExtend(TSelf operand, int width);

    /// <summary>Sign extension to a width that is not smaller.</summary>
    static abstract TSelf SignExtend(TSelf operand, int width);
}
