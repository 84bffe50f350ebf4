using System.Globalization;
using System.Numerics;

namespace HwSeed.Sim.Stimulus;

/// <summary>A value of a stimulus table: the bits, and which of them count.</summary>
/// <param name="Bits">The value; bits that do not count are zero.</param>
/// <param name="Care">A bit is set when it counts; minus one for all.</param>
internal readonly record struct StimulusValue(BigInteger Bits, BigInteger Care)
{
    private const int MostDigits = 20_000;

    public bool CaresForAll => Care == BigInteger.MinusOne;

    /// <summary>Reads a value; gives the reason when it is none.</summary>
    public static (StimulusValue Value, string? Fault) Parse(string text)
    {
        var (sign, rest) = text.StartsWith('-') ? (-1, text[1..]) : (1, text);
        var digits = rest.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        if (digits.Length > MostDigits)
        {
            return (default, "it has too many digits");
        }

        int? width = null;
        var radix = 'd';
        if (digits.IndexOf('\'', StringComparison.Ordinal) is var quote and >= 0)
        {
            if (quote > 0)
            {
                if (!int.TryParse(digits[..quote], NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits is < 1 or > 65536)
                {
                    return (default, "its width is not a number from 1 to 65536");
                }

                width = bits;
            }

            digits = digits[(quote + 1)..].TrimStart('s');
            if (digits.Length < 2 || !"hdbo".Contains(digits[0], StringComparison.Ordinal))
            {
                return (default, "after ' a radix h, d, b or o and digits are expected");
            }

            (radix, digits) = (digits[0], digits[1..]);
        }
        else if (digits.StartsWith("0x", StringComparison.Ordinal) || digits.StartsWith("0b", StringComparison.Ordinal))
        {
            (radix, digits) = (digits[1] == 'x' ? 'h' : 'b', digits[2..]);
        }

        return Digits(digits, radix) is not { } value ? (default, Expectation(radix, digits.Length))
            : sign < 0 && !value.CaresForAll ? (default, "a negative value has no digits that may be anything")
            : width is { } limit && value.Bits >= BigInteger.One << limit ? (default, $"it does not fit into its own {limit} bits")
            : (sign < 0 ? new(-value.Bits, BigInteger.MinusOne) : value, null);
    }

    private static string Expectation(char radix, int length) => length == 0 ? "it has no digits" : radix switch
    {
        'h' => "hexadecimal digits are expected",
        'b' => "binary digits are expected",
        'o' => "octal digits are expected",
        _ => "decimal digits are expected; hexadecimal ones begin with 0x",
    };

    private static StimulusValue? Digits(string digits, char radix)
    {
        if (digits.Length == 0)
        {
            return null;
        }

        if (radix == 'd')
        {
            return BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? new(value, BigInteger.MinusOne) : null;
        }

        var each = radix == 'h' ? 4 : radix == 'o' ? 3 : 1;
        var (bits, ignored) = (BigInteger.Zero, BigInteger.Zero);
        foreach (var digit in digits)
        {
            var number = digit is 'x' or '?' ? 0 : char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : int.MaxValue;
            if (number >= 1 << each)
            {
                return null;
            }

            bits = (bits << each) | number;
            ignored = (ignored << each) | (digit is 'x' or '?' ? (1 << each) - 1 : 0);
        }

        return new(bits, ~ignored);
    }
}
