using HwSeed.Hdl.Diagnostics;
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
            .Select(k => (Word: k, Distance: EditDistance.WithSwaps(word, k)))
            .Where(k => k.Distance <= allowed)
            .OrderBy(k => k.Distance).ThenBy(k => k.Word, StringComparer.Ordinal)
            .Select(k => k.Word)
            .FirstOrDefault();
    }
}
