using System.Text;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Documents;

/// <summary>A document's text with its lines, read within limits: small, UTF-8, no control characters.</summary>
internal sealed class YamlText
{
    /// <summary>Largest document taken. A hand-written goal or architecture is a few hundred bytes.</summary>
    public const int LargestBytes = 256 * 1024;

    private const int LongestQuotedLine = 160;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly string[] _lines;

    private YamlText(string file, string text) =>
        (File, Text, _lines) = (file, text, text.Split('\n').Select(l => l.TrimEnd('\r')).ToArray());

    public string File { get; }

    public string Text { get; }

    public static Checked<YamlText> FromFile(string path)
    {
        byte[] bytes;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            // Read at most one byte more than allowed: a device or pipe has no length to ask for.
            bytes = new byte[LargestBytes + 1];
            var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > LargestBytes)
            {
                return Checked.Fail<YamlText>(AgentDiagnostics.FileTooLarge(path, LargestBytes));
            }

            bytes = bytes[..count];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            return Checked.Fail<YamlText>(AgentDiagnostics.FileUnreadable(path, Reason(path, error)));
        }

        try
        {
            return FromText(Strict.GetString(bytes), path);
        }
        catch (DecoderFallbackException)
        {
            return Checked.Fail<YamlText>(AgentDiagnostics.NotText(path, "it is not UTF-8"));
        }
    }

    public static Checked<YamlText> FromText(string text, string file)
    {
        if (Encoding.UTF8.GetByteCount(text) > LargestBytes)
        {
            return Checked.Fail<YamlText>(AgentDiagnostics.FileTooLarge(file, LargestBytes));
        }

        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        // Control characters would reach the terminal with the quoted line.
        var bad = text.FirstOrDefault(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'), ' ');
        return bad == ' '
            ? Checked.Ok(new YamlText(file, text))
            : Checked.Fail<YamlText>(AgentDiagnostics.NotText(file, $"it holds the control character U+{(int)bad:X4}"));
    }

    /// <summary>The span of columns [column, endColumn) of a line, all from 1; one character when it ends elsewhere.</summary>
    public SourceSpan Span(long line, long column, long endLine, long endColumn)
    {
        line = Math.Clamp(line, 1, _lines.Length);
        var text = _lines[line - 1];
        column = Math.Clamp(column, 1, text.Length + 1);
        var end = endLine == line ? Math.Min(endColumn, text.Length + 1) : column + 1;
        // A tab in the line would move the caret, and a very long line fill the screen.
        var shown = text.Length > LongestQuotedLine ? "" : text.Replace('\t', ' ');
        return new(File, (int)line, (int)column, (int)Math.Max(1, end - column), shown);
    }

    /// <summary>The first tab that indents a line.</summary>
    public SourceSpan? FirstTabIndent()
    {
        var line = Array.FindIndex(_lines, l => l.TrimStart(' ').StartsWith('\t'));
        var column = line < 0 ? 0 : _lines[line].IndexOf('\t') + 1;
        return line < 0 ? null : Span(line + 1, column, line + 1, column + 1);
    }

    public static string Shorten(string text) => text.Length <= 40 ? text : text[..37] + "...";

    private static string Reason(string path, Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        _ when Directory.Exists(path) => "it is a folder",
        UnauthorizedAccessException => "access is denied",
        ArgumentException => "it is not a path",
        _ => "it cannot be opened",
    };
}
