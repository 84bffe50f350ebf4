namespace HwSeed.Agent.Documents;

/// <summary>Levenshtein's distance (1966) between short names, for "did you mean".</summary>
internal static class EditDistance
{
    /// <summary>The known name nearest to a misspelt one, or null when none is near enough to be meant.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var best = known
            .Select(k => (Name: k, Distance: Between(name.ToLowerInvariant(), k.ToLowerInvariant())))
            .OrderBy(p => p.Distance)
            .ThenBy(p => p.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        var near = Math.Max(2, Math.Min(name.Length, best.Name?.Length ?? 0) / 2);
        return best.Name is not null && best.Distance <= near ? best.Name : null;
    }

    /// <summary>Insertions, deletions and replacements of one character that turn one name into the other.</summary>
    public static int Between(string left, string right)
    {
        if (left.Length > 64 || right.Length > 64)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
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
