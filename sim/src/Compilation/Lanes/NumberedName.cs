using System.Globalization;
using System.Text.RegularExpressions;

namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>A path with its numbers taken out: <c>pe_3_4.acc</c> is <c>pe_#_#.acc</c> with 3 and 4.</summary>
/// <param name="Pattern">The path with # for each number.</param>
/// <param name="Numbers">The numbers in order.</param>
internal sealed partial record NumberedName(string Pattern, long[] Numbers) : IComparable<NumberedName>
{
    public static NumberedName Of(string path)
    {
        var numbers = new List<long>();
        var pattern = Digits().Replace(path, match =>
        {
            numbers.Add(long.Parse(match.ValueSpan, CultureInfo.InvariantCulture));
            return "#";
        });
        return new(pattern, [.. numbers]);
    }

    /// <summary>By the numbers, the first one first.</summary>
    public int CompareTo(NumberedName? other) => Numbers.AsSpan().SequenceCompareTo(other is null ? [] : other.Numbers);

    // Longer runs of digits are no index.
    [GeneratedRegex("(?<![0-9])[0-9]{1,9}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
