namespace HwSeed.Hdl.Lint;

/// <summary>The rule that a misspelt name means.</summary>
internal static class NearestRule
{
    /// <summary>A code for what looks like one, else a name; null when none is near.</summary>
    public static string? Of(string name)
    {
        var known = name.StartsWith("HW", StringComparison.OrdinalIgnoreCase) ? LintRules.All.Select(r => r.Code) : LintRules.All.Select(r => r.Name);
        var (best, distance) = known.Select(k => (k, Distance(name.ToUpperInvariant(), k.ToUpperInvariant()))).MinBy(p => p.Item2);
        return distance <= Math.Max(2, name.Length / 3) ? best : null;
    }

    // Levenshtein (1966): insertions, deletions and replacements of one character.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= Math.Min(left.Length, 64); i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
