using System.Globalization;
using System.Numerics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>A number of the source.</summary>
/// <param name="Width">Null for a plain number.</param>
/// <param name="Signed">Plain, or with an <c>s</c>.</param>
/// <param name="Value">Its bits; undefined ones are zero.</param>
/// <param name="Unknown">The bits written as x.</param>
/// <param name="Floating">The bits written as z or ?.</param>
internal sealed record NumberLiteral(int? Width, bool Signed, BigInteger Value, BigInteger Unknown, BigInteger Floating)
{
    private const int WidestLiteral = 1 << 20;

    /// <summary>Bits that its value takes, or those that are written.</summary>
    public int Bits => Width ?? BitsOf(Value);

    /// <summary>Bits of a value: at least one; of a negative one with its sign.</summary>
    public static int BitsOf(BigInteger value) =>
        (int)Math.Max(1, value.Sign < 0 ? (-value - 1).GetBitLength() + 1 : value.GetBitLength());

    public static NumberLiteral? Parse(NumberSyntax number)
    {
        var text = number.Text.Replace("_", "", StringComparison.Ordinal);
        var tick = text.IndexOf('\'', StringComparison.Ordinal);
        if (tick < 0)
        {
            return BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var plain)
                ? new(null, true, plain, 0, 0)
                : null;
        }

        int? width = null;
        if (tick > 0)
        {
            if (!int.TryParse(text[..tick], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > WidestLiteral)
            {
                return null;
            }

            width = size;
        }

        var rest = text[(tick + 1)..].ToLowerInvariant();
        var signed = rest.StartsWith('s');
        rest = signed ? rest[1..] : rest;
        var bits = rest.Length < 2 ? 0 : rest[0] switch { 'b' => 1, 'o' => 3, 'h' => 4, 'd' => 10, _ => 0 };
        return bits switch
        {
            0 => null,
            10 => Decimal(rest[1..], width, signed),
            _ => Digits(rest[1..], bits, width, signed),
        };
    }

    private static NumberLiteral? Decimal(string digits, int? width, bool signed)
    {
        if (BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return new(width, signed, value, 0, 0);
        }

        var all = (BigInteger.One << (width ?? 32)) - 1;
        return digits is "x" ? new(width, signed, 0, all, 0) : digits is "z" or "?" ? new(width, signed, 0, 0, all) : null;
    }

    private static NumberLiteral? Digits(string digits, int bits, int? width, bool signed)
    {
        var (value, unknown, floating) = (BigInteger.Zero, BigInteger.Zero, BigInteger.Zero);
        var all = (1 << bits) - 1;
        foreach (var digit in digits)
        {
            var number = digit is 'x' or 'z' or '?' ? 0 : Convert.ToInt32(char.IsAsciiHexDigit(digit) ? digit.ToString() : "10", 16);
            if (number > all)
            {
                return null;
            }

            value = (value << bits) | number;
            unknown = (unknown << bits) | (digit == 'x' ? all : 0);
            floating = (floating << bits) | (digit is 'z' or '?' ? all : 0);
        }

        // An undefined first digit fills the bits above it.
        if (width is { } size && digits.Length * bits < size && digits[0] is 'x' or 'z' or '?')
        {
            var fill = ((BigInteger.One << width!.Value) - 1) & ~((BigInteger.One << (digits.Length * bits)) - 1);
            (unknown, floating) = digits[0] == 'x' ? (unknown | fill, floating) : (unknown, floating | fill);
        }

        return new(width, signed, value, unknown, floating);
    }
}
