using System.Text;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Preprocessing;

/// <summary>Reads files as text and says what is none.</summary>
internal static class SourceFile
{
    /// <summary>The text of a file; null with a diagnostic when there is none.</summary>
    public static string? Read(string path, VerilogOptions options, VerilogDiagnosticBag diagnostics)
    {
        byte[] bytes;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (stream.CanSeek && stream.Length > options.MaxFileBytes)
            {
                diagnostics.Add(VerilogDiagnostics.TooLarge(path, stream.Length, options.MaxFileBytes));
                return null;
            }

            var buffer = new MemoryStream();
            var chunk = new byte[1 << 16];
            for (var count = stream.Read(chunk); count > 0; count = stream.Read(chunk))
            {
                buffer.Write(chunk, 0, count);
                if (buffer.Length > options.MaxFileBytes)
                {
                    diagnostics.Add(VerilogDiagnostics.TooLarge(path, buffer.Length, options.MaxFileBytes));
                    return null;
                }
            }

            bytes = buffer.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            diagnostics.Add(VerilogDiagnostics.Unreadable(path, e.Message));
            return null;
        }

        var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        return Check(path, Encoding.UTF8.GetString(bytes, start, bytes.Length - start), options, diagnostics);
    }

    /// <summary>The text when it is text of a bearable size.</summary>
    public static string? Check(string path, string text, VerilogOptions options, VerilogDiagnosticBag diagnostics)
    {
        if (text.Length > options.MaxFileBytes)
        {
            diagnostics.Add(VerilogDiagnostics.TooLarge(path, text.Length, options.MaxFileBytes));
            return null;
        }

        if (text.IndexOf('\0') is var nul and >= 0)
        {
            diagnostics.Add(VerilogDiagnostics.Binary(SpanAt(path, text, nul, false), "a NUL byte; this is no text in UTF-8"));
            return null;
        }

        if (text.IndexOf('\ufffd') is var mark and >= 0)
        {
            diagnostics.Add(VerilogDiagnostics.NotUtf8(SpanAt(path, text, mark, true)));
        }

        return text;
    }

    private static Diagnostics.SourceSpan SpanAt(string path, string text, int position, bool isText)
    {
        var line = 1 + text.AsSpan(0, position).Count('\n');
        var start = position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1;
        var column = position - start + 1;
        var span = new Origin(new(path, new LineList(text)), line, column, line, column + 1).Span!;
        return isText && span.LineText.Length < 1000 ? span : span with { LineText = "" };
    }
}
