using HwSeed.Hdl.Verilog.Grammar;

namespace HwSeed.Hdl.Verilog.Preprocessing;

/// <summary>Finds the word that a misspelt one was meant to be.</summary>
internal static class Spelling
{
    /// <summary>The keyword with which an item begins that a misspelt word was meant to be: <c>asign x = y;</c>.</summary>
    public static string? NearestItem(string word) => Nearest(word, Words.Keywords
        .Where(k => k.Value != VerilogGrammar.REFUSED && TokenSets.ItemStarts[k.Value + 1]).Select(k => k.Key));

    /// <summary>The nearest of some words: one letter off for short words, two for longer ones; null for none.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length > 40)
        {
            return null;
        }

        var allowed = word.Length switch { <= 2 => 0, <= 5 => 1, _ => 2 };
        return known.Where(k => Math.Abs(k.Length - word.Length) <= allowed && k != word)
            .Select(k => (Word: k, Distance: Distance(word, k)))
            .Where(k => k.Distance <= allowed)
            .OrderBy(k => k.Distance).ThenBy(k => k.Word, StringComparer.Ordinal)
            .Select(k => k.Word)
            .FirstOrDefault();
    }

    // Letters inserted, left out, replaced, or two neighbours exchanged.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
