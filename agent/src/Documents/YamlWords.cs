using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace HwSeed.Agent.Documents;

/// <summary>Writes text as a YAML scalar that reads back as the same text.</summary>
internal static class YamlWords
{
    public static string Quote(string text)
    {
        var plain = text.Length > 0
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            && char.IsAsciiLetter(text[0])
            && text is not ("true" or "false" or "null");
        if (plain)
        {
            return text;
        }

        var quoted = text.SelectMany(c => c switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\ufeff' =>
                string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
            _ => c.ToString(),
        });
        return $"\"{string.Concat(quoted)}\"";
    }
}

/// <summary>The values of an enumeration as documents call them, in the case that JSON has too: <c>weight_stationary</c>.</summary>
internal static class EnumWords<T>
    where T : struct, Enum
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<T>().Select(Of)];

    public static string Of(T value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(
        Enum.GetName(value) ?? throw new UnreachableException($"{typeof(T).Name} {value}"));

    /// <summary>The value of a word; the first one where the document has another word, which was told already.</summary>
    public static T Parse(string word) => Enum.GetValues<T>().FirstOrDefault(v => Of(v) == word);
}
