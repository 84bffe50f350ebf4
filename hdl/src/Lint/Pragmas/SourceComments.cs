using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>A comment of a source file.</summary>
/// <param name="Text">Without its marks.</param>
/// <param name="Line">Line of its first character, from 1.</param>
/// <param name="Column">Column of its first character, from 1.</param>
/// <param name="EndLine">Line of its last character.</param>
/// <param name="EndColumn">Column after its last character.</param>
/// <param name="FollowsCode">Whether code stands before it on its line.</param>
internal sealed record SourceComment(string Text, int Line, int Column, int EndLine, int EndColumn, bool FollowsCode);

/// <summary>Finds the comments of a text, with their places; strings and escaped names may look like some and are none.</summary>
internal static class SourceComments
{
    public static IEnumerable<SourceComment> Of(SourceText source)
    {
        var (line, column) = (0, 0);
        while (line < source.Lines.Count)
        {
            var text = source.Lines[line];
            var start = FindStart(text, ref column);
            if (start < 0)
            {
                (line, column) = (line + 1, 0);
                continue;
            }

            var follows = text.AsSpan(0, start).ContainsAnyExcept(' ', '\t');
            if (text[start + 1] == '/')
            {
                yield return new(text[(start + 2)..], line + 1, start + 1, line + 1, text.Length + 1, follows);
                (line, column) = (line + 1, 0);
                continue;
            }

            var (endLine, end) = FindEnd(source, line, start + 2);
            var inside = endLine == line
                ? text[(start + 2)..Math.Max(start + 2, end - 2)]
                : string.Join("\n", source.Lines.Skip(line + 1).Take(endLine - line - 1).Prepend(text[(start + 2)..])
                    .Append(endLine < source.Lines.Count ? source.Lines[endLine][..Math.Max(0, end - 2)] : ""));
            yield return new(inside, line + 1, start + 1, endLine + 1, end + 1, follows);
            (line, column) = (endLine, end);
        }
    }

    // The column of // or /* at or after a column; -1 when the rest of the line has none.
    private static int FindStart(string text, ref int column)
    {
        while (column < text.Length)
        {
            switch (text[column])
            {
                case '"':
                    column++;
                    while (column < text.Length && text[column] != '"')
                    {
                        column += text[column] == '\\' ? 2 : 1;
                    }

                    column++;
                    break;
                case '\\':
                    while (column < text.Length && !char.IsWhiteSpace(text[column]))
                    {
                        column++;
                    }

                    break;
                case '/' when column + 1 < text.Length && text[column + 1] is '/' or '*':
                    return column;
                default:
                    column++;
                    break;
            }
        }

        return -1;
    }

    private static (int Line, int Column) FindEnd(SourceText source, int line, int column)
    {
        while (line < source.Lines.Count)
        {
            var end = source.Lines[line].IndexOf("*/", Math.Min(column, source.Lines[line].Length), StringComparison.Ordinal);
            if (end >= 0)
            {
                return (line, end + 2);
            }

            (line, column) = (line + 1, 0);
        }

        return (line, 0);
    }
}
