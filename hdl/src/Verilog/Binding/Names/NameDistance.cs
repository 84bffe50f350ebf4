namespace HwSeed.Hdl.Verilog.Binding.Names;

/// <summary>How far one name is from another, for "did you mean".</summary>
internal static class NameDistance
{
    private const int LongestName = 64;
    private const int MostNames = 2_000;

    /// <summary>The nearest of some names when it is near enough to be meant.</summary>
    public static string? Nearest(string wanted, IEnumerable<string> names)
    {
        var limit = wanted.Length < 3 ? 0 : 1 + (wanted.Length / 5);
        return wanted.Length > LongestName ? null : names.Where(n => Math.Abs(n.Length - wanted.Length) <= limit)
            .Take(MostNames)
            .Select(n => (Name: n, Distance: Between(wanted, n)))
            .Where(n => n.Distance <= limit)
            .OrderBy(n => n.Distance).ThenBy(n => n.Name, StringComparer.Ordinal)
            .Select(n => n.Name)
            .FirstOrDefault();
    }

    private static int Between(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                (row[j], diagonal) = (Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost), row[j]);
            }
        }

        return row[^1];
    }
}
