namespace HwSeed.Hdl.Diagnostics;

/// <summary>How far one short name is from another, for "did you mean". How near is near enough, each caller says.</summary>
public static class EditDistance
{
    /// <summary>Longer names are as far from each other as can be.</summary>
    public const int LongestName = 64;

    /// <summary>Levenshtein's distance (1966): characters inserted, left out and replaced that turn one name into the other.</summary>
    public static int Between(string left, string right) => Between(left, right, swaps: false);

    /// <summary>The same with two exchanged neighbours as one change (Damerau, 1964).</summary>
    public static int WithSwaps(string left, string right) => Between(left, right, swaps: true);

    private static int Between(string left, string right, bool swaps)
    {
        if (left.Length > LongestName || right.Length > LongestName)
        {
            return int.MaxValue;
        }

        int[] before = [], last = [.. Enumerable.Range(0, right.Length + 1)];
        for (var i = 1; i <= left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                if (swaps && i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last) = (last, row);
        }

        return last[^1];
    }
}
