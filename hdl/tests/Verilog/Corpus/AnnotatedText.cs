namespace HwSeed.Hdl.Tests.Verilog.Corpus;

/// <summary>A text in which <c>[|</c> and <c>|]</c> mark what diagnostics should point at.</summary>
/// <param name="Text">The text without the marks.</param>
/// <param name="Spans">
/// What was marked, in order: line and column from 1, and the length, which is 1 where nothing is between the marks.
/// </param>
internal sealed record AnnotatedText(string Text, IReadOnlyList<(int Line, int Column, int Length)> Spans)
{
    public static AnnotatedText Parse(string marked)
    {
        var spans = new List<(int, int, int)>();
        var lines = marked.Split('\n').Select((line, i) =>
        {
            while (line.IndexOf("[|", StringComparison.Ordinal) is >= 0 and var start)
            {
                var end = line.IndexOf("|]", start + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    throw new FormatException($"line {i + 1}: a mark does not end on its line");
                }

                spans.Add((i + 1, start + 1, Math.Max(1, end - start - 2)));
                line = line[..start] + line[(start + 2)..end] + line[(end + 2)..];
            }

            return line;
        }).ToList();
        return new(string.Join('\n', lines), spans);
    }

    /// <summary>The text with marks at spans.</summary>
    public static string Mark(string text, IEnumerable<(int Line, int Column, int Length)> spans)
    {
        var lines = text.Split('\n');
        foreach (var (line, column, length) in spans.OrderByDescending(s => s.Line).ThenByDescending(s => s.Column))
        {
            lines[line - 1] = lines[line - 1].Insert(Math.Min(lines[line - 1].Length, column - 1 + length), "|]").Insert(column - 1, "[|");
        }

        return string.Join('\n', lines);
    }
}
