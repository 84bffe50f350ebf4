using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Verilog.Binding.Names;

/// <summary>How far one name is from another, for "did you mean".</summary>
internal static class NameDistance
{
    private const int MostNames = 2_000;

    /// <summary>The nearest of some names when it is near enough to be meant.</summary>
    public static string? Nearest(string wanted, IEnumerable<string> names)
    {
        var limit = wanted.Length < 3 ? 0 : 1 + (wanted.Length / 5);
        return wanted.Length > EditDistance.LongestName ? null : names.Where(n => Math.Abs(n.Length - wanted.Length) <= limit)
            .Take(MostNames)
            .Select(n => (Name: n, Distance: EditDistance.Between(wanted.ToLowerInvariant(), n.ToLowerInvariant())))
            .Where(n => n.Distance <= limit)
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal)
            .Select(n => n.Name)
            .FirstOrDefault();
    }
}
