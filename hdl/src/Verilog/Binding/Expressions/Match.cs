using System.Numerics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>Comparison with bits that match anything.</summary>
internal static class Match
{
    /// <summary>The bits of a pattern in a width that match anything.</summary>
    public static BigInteger WildcardBits(Bound pattern, int width, bool withUnknown)
    {
        if (pattern is BoundFill { Digit: var digit })
        {
            return digit is 'z' or 'Z' or '?' || (withUnknown && digit is 'x' or 'X') ? (BigInteger.One << width) - 1 : 0;
        }

        var (unknown, impedance) = pattern.Wildcards;
        var bits = withUnknown ? unknown | impedance : impedance;

        // A literal without a size that begins with a wildcard goes on with it.
        var isOpen = pattern is BoundLiteral { Literal.IsSized: false } && width > pattern.Width && !(bits >> (pattern.Width - 1)).IsZero;
        return isOpen ? bits | (((BigInteger.One << width) - 1) ^ ((BigInteger.One << pattern.Width) - 1)) : bits;
    }

    /// <summary>Equality outside of the wildcard bits.</summary>
    public static Expression Masked(ExpressionFactory f, Expression value, Expression pattern, BigInteger wildcards)
    {
        if (wildcards.IsZero)
        {
            return f.Equal(value, pattern);
        }

        var keep = ((BigInteger.One << value.Width) - 1) & ~wildcards;
        if (keep.IsZero)
        {
            return f.True;
        }

        // Where the bits that count stand together, a slice is shorter than a mask.
        var low = (int)BigInteger.TrailingZeroCount(keep);
        var width = (int)keep.GetBitLength() - low;
        return keep >> low == (BigInteger.One << width) - 1
            ? f.Equal(f.Slice(value, low, width), f.Slice(pattern, low, width))
            : f.Equal(f.And(value, f.Constant(keep, value.Width)), f.And(pattern, f.Constant(keep, value.Width)));
    }
}
