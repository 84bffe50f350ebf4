using System.Numerics;

namespace HwSeed.Hdl.Rtl;

/// <summary>A fixed-width two-state value: the value meaning of <see cref="IBits{TSelf}"/>.</summary>
public readonly struct BitVector : IBits<BitVector>, IEquatable<BitVector>
{
    private readonly BigInteger _value;

    /// <summary>Takes the value modulo 2^width.</summary>
    /// <param name="value">Any integer, negative ones in two's complement.</param>
    /// <param name="width">Bits, at least 1.</param>
    public BitVector(BigInteger value, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Width = width;
        _value = value.Sign >= 0 && value.GetBitLength() <= width ? value : value & Mask(width);
    }

    /// <inheritdoc/>
    public int Width { get; }

    /// <summary>The bits read as an unsigned integer.</summary>
    public BigInteger Unsigned => _value;

    /// <summary>The bits read as two's complement.</summary>
    public BigInteger Signed => _value.IsZero || (_value >> (Width - 1)).IsZero ? _value : _value - (BigInteger.One << Width);

    /// <summary>The low 64 bits.</summary>
    public ulong ToUInt64() => (ulong)(_value & ulong.MaxValue);

    /// <summary>Zero of a width.</summary>
    public static BitVector Zero(int width) => new(BigInteger.Zero, width);

    /// <inheritdoc/>
    public static BitVector FromInteger(long value, int width)
    {
        if (value >= BigInteger.One << width || value < -(BigInteger.One << (width - 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(value), $"{value} does not fit in {width} bits");
        }

        return new(value, width);
    }

    /// <inheritdoc/>
    public static BitVector operator +(BitVector left, BitVector right) => new(left._value + right._value, Same("+", left, right));

    /// <inheritdoc/>
    public static BitVector operator -(BitVector left, BitVector right) => new(left._value - right._value, Same("-", left, right));

    /// <inheritdoc/>
    public static BitVector operator &(BitVector left, BitVector right) => new(left._value & right._value, Same("&", left, right));

    /// <inheritdoc/>
    public static BitVector operator |(BitVector left, BitVector right) => new(left._value | right._value, Same("|", left, right));

    /// <inheritdoc/>
    public static BitVector operator ^(BitVector left, BitVector right) => new(left._value ^ right._value, Same("^", left, right));

    /// <inheritdoc/>
    public static BitVector operator ~(BitVector operand) => new(Mask(operand.Width) ^ operand._value, operand.Width);

    /// <inheritdoc/>
    public static BitVector MultiplySigned(BitVector left, BitVector right) =>
        new(left.Signed * right.Signed, left.Width + right.Width);

    /// <inheritdoc/>
    public static BitVector MultiplyUnsigned(BitVector left, BitVector right) =>
        new(left._value * right._value, left.Width + right.Width);

    /// <inheritdoc/>
    public static BitVector DivideUnsigned(BitVector left, BitVector right)
    {
        var width = Same("/", left, right);
        return new(right._value.IsZero ? BigInteger.Zero : left._value / right._value, width);
    }

    /// <inheritdoc/>
    public static BitVector ModuloUnsigned(BitVector left, BitVector right)
    {
        var width = Same("%", left, right);
        return new(right._value.IsZero ? BigInteger.Zero : left._value % right._value, width);
    }

    /// <inheritdoc/>
    public static BitVector ShiftLeft(BitVector left, BitVector count) =>
        new(count._value >= left.Width ? BigInteger.Zero : left._value << (int)count._value, left.Width);

    /// <inheritdoc/>
    public static BitVector ShiftRight(BitVector left, BitVector count) =>
        new(count._value >= left.Width ? BigInteger.Zero : left._value >> (int)count._value, left.Width);

    /// <inheritdoc/>
    public static BitVector ShiftRightSigned(BitVector left, BitVector count) =>
        new(left.Signed >> (int)BigInteger.Min(count._value, left.Width), left.Width);

    /// <inheritdoc/>
    public static BitVector Equal(BitVector left, BitVector right)
    {
        Same("==", left, right);
        return Bit(left._value == right._value);
    }

    /// <inheritdoc/>
    public static BitVector LessThanUnsigned(BitVector left, BitVector right)
    {
        Same("<", left, right);
        return Bit(left._value < right._value);
    }

    /// <inheritdoc/>
    public static BitVector LessThanSigned(BitVector left, BitVector right)
    {
        Same("<", left, right);
        return Bit(left.Signed < right.Signed);
    }

    /// <inheritdoc/>
    public static BitVector ReduceOr(BitVector operand) => Bit(!operand._value.IsZero);

    /// <inheritdoc/>
    public static BitVector ReduceAnd(BitVector operand) => Bit(operand._value == Mask(operand.Width));

    /// <inheritdoc/>
    public static BitVector ReduceXor(BitVector operand)
    {
        var ones = 0;
        foreach (var b in operand._value.ToByteArray(isUnsigned: true))
        {
            ones += BitOperations.PopCount(b);
        }

        return Bit((ones & 1) == 1);
    }

    /// <inheritdoc/>
    public static BitVector Mux(BitVector condition, BitVector whenTrue, BitVector whenFalse)
    {
        Widths.RequireOne("mux condition", condition.Width);
        Same("?:", whenTrue, whenFalse);
        return condition._value.IsZero ? whenFalse : whenTrue;
    }

    /// <inheritdoc/>
    public static BitVector Slice(BitVector operand, int low, int width)
    {
        Widths.RequireSlice(operand.Width, low, width);
        return new(operand._value >> low, width);
    }

    /// <inheritdoc/>
    public static BitVector Concat(params ReadOnlySpan<BitVector> parts)
    {
        var (value, width) = (BigInteger.Zero, 0);
        foreach (var part in parts)
        {
            value = (value << part.Width) | part._value;
            width += part.Width;
        }

        return new(value, width);
    }

    /// <inheritdoc/>
    public static BitVector ZeroExtend(BitVector operand, int width)
    {
        Widths.RequireExtend(operand.Width, width);
        return new(operand._value, width);
    }

    /// <inheritdoc/>
    public static BitVector SignExtend(BitVector operand, int width)
    {
        Widths.RequireExtend(operand.Width, width);
        return new(operand.Signed, width);
    }

    /// <inheritdoc/>
    public bool Equals(BitVector other) => Width == other.Width && _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BitVector other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, _value);

    /// <summary>Verilog notation: 8'hff.</summary>
    public override string ToString()
    {
        var hex = _value.ToString("x").TrimStart('0');
        return $"{Width}'h{(hex.Length == 0 ? "0" : hex)}";
    }

    /// <summary>Same width and bits.</summary>
    public static bool operator ==(BitVector left, BitVector right) => left.Equals(right);

    /// <summary>Another width or other bits.</summary>
    public static bool operator !=(BitVector left, BitVector right) => !left.Equals(right);

    private static BigInteger Mask(int width) => (BigInteger.One << width) - 1;

    private static BitVector Bit(bool set) => new(set ? BigInteger.One : BigInteger.Zero, 1);

    private static int Same(string op, BitVector left, BitVector right) => Widths.RequireSame(op, left.Width, right.Width);
}
