using System.Globalization;
using System.Numerics;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>A number literal: digits x and z count as 0 in the value and stand in their masks.</summary>
internal sealed record Literal(BigInteger Value, int Width, bool Signed, BigInteger Unknown, BigInteger HighImpedance)
{
    /// <summary>Bits of a number without a size.</summary>
    public const int UnsizedWidth = 32;

    /// <summary>Whether a size is written.</summary>
    public bool IsSized { get; init; }

    /// <summary>Reads a number as the grammar accepts it; null when its digits do not fit its base or its size is 0 or too large.</summary>
    public static Literal? Parse(string text)
    {
        text = text.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        var tick = text.IndexOf('\'', StringComparison.Ordinal);
        if (tick < 0)
        {
            return BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new(number, Math.Max(UnsizedWidth, (int)number.GetBitLength() + 1), true, 0, 0)
                : null;
        }

        var size = 0;
        if (tick > 0 && (!int.TryParse(text[..tick], NumberStyles.None, CultureInfo.InvariantCulture, out size)
            || size < 1 || size > BindingBudget.MostBits))
        {
            return null;
        }

        var rest = text[(tick + 1)..].ToLowerInvariant();
        var signed = rest.StartsWith('s');
        rest = signed ? rest[1..] : rest;
        return rest.Length < 2 ? null : rest[0] == 'd' ? Decimal(rest[1..], size, signed) : Digits(rest, size, signed);
    }

    private static Literal? Decimal(string digits, int size, bool signed)
    {
        if (digits is "x" or "z" or "?")
        {
            var width = size > 0 ? size : UnsizedWidth;
            var all = (BigInteger.One << width) - 1;
            return new(0, width, signed, digits == "x" ? all : 0, digits == "x" ? 0 : all) { IsSized = size > 0 };
        }

        return BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? Fit(value, 0, 0, size, signed, (int)value.GetBitLength())
            : null;
    }

    private static Literal? Digits(string rest, int size, bool signed)
    {
        var bits = rest[0] switch { 'b' => 1, 'o' => 3, 'h' => 4, _ => 0 };
        if (bits == 0)
        {
            return null;
        }

        // By hand for long numbers: digit by digit shifting would take quadratic time.
        var (value, unknown, impedance) = (new char[rest.Length - 1], new char[rest.Length - 1], new char[rest.Length - 1]);
        for (var i = 1; i < rest.Length; i++)
        {
            var c = rest[i];
            var digit = c is 'x' or 'z' or '?' ? 0 : char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : 99;
            if (digit >= 1 << bits)
            {
                return null;
            }

            var all = (char)('0' + ((1 << bits) - 1));
            all = bits == 4 ? 'f' : all;
            value[i - 1] = c is 'x' or 'z' or '?' ? '0' : c;
            unknown[i - 1] = c == 'x' ? all : '0';
            impedance[i - 1] = c is 'z' or '?' ? all : '0';
        }

        var length = (rest.Length - 1) * bits;
        var (v, u, z) = (Radix(value, bits), Radix(unknown, bits), Radix(impedance, bits));

        // A leading x or z fills up to the size.
        var width = size > 0 ? size : Math.Max(UnsizedWidth, length);
        if (width > length && rest[1] is 'x' or 'z' or '?')
        {
            var fill = ((BigInteger.One << width) - 1) - ((BigInteger.One << length) - 1);
            (u, z) = rest[1] == 'x' ? (u | fill, z) : (u, z | fill);
        }

        return Fit(v, u, z, size, signed, length);
    }

    private static Literal? Fit(BigInteger value, BigInteger unknown, BigInteger impedance, int size, bool signed, int length)
    {
        var width = size > 0 ? size : Math.Max(UnsizedWidth, length);
        if (width > BindingBudget.MostBits)
        {
            return null;
        }

        var mask = (BigInteger.One << width) - 1;
        return new(value & mask, width, signed, unknown & mask, impedance & mask) { IsSized = size > 0 };
    }

    private static BigInteger Radix(char[] digits, int bits) => bits switch
    {
        4 => BigInteger.Parse("0" + new string(digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        1 => BigInteger.Parse("0" + new string(digits), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture),
        _ => BigInteger.Parse(
            "0" + string.Concat(digits.Select(d => Convert.ToString(d - '0', 2).PadLeft(3, '0'))),
            NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture),
    };
}
