using System.Globalization;
using System.Numerics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>Reads the files of <c>$readmemh</c> and <c>$readmemb</c>: words, <c>@address</c> in hexadecimal, comments.</summary>
internal static class MemoryFile
{
    private const long MostBytes = 64L << 20;

    /// <summary>The words with their indices.</summary>
    public static List<(int Index, BitVector Value)> Read(
        BindingContext context, string path, SyntaxNode task, int digitBits, int width, int first, int last, Bounds range)
    {
        var span = task.Origin.Span;
        var text = Load(context, path, task);
        var words = new List<(int, BitVector)>();
        var step = first <= last ? 1 : -1;
        var index = first;
        var line = 1;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            line += c == '\n' ? 1 : 0;
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c == '/' && i + 1 < text.Length && text[i + 1] is '/' or '*')
            {
                var end = text[i + 1] == '/' ? text.IndexOf('\n', i) : text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                var next = end < 0 ? text.Length : text[i + 1] == '/' ? end : end + 2;
                line += text.AsSpan(i, next - i).Count('\n');
                i = next;
            }
            else
            {
                var start = i;
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] != '/')
                {
                    i++;
                }

                i = i == start ? i + 1 : i;
                var token = text[start..i].Replace("_", "", StringComparison.Ordinal);
                if (token.StartsWith('@'))
                {
                    index = int.TryParse(token[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var address) && address >= 0
                        ? address
                        : throw new BindingException(BindingDiagnostics.BadMemoryFile(path, line, token, span));
                    continue;
                }

                var value = Word(token, digitBits) ?? throw new BindingException(BindingDiagnostics.BadMemoryFile(path, line, token, span));
                if (index < range.Low || index > range.High)
                {
                    context.Report(BindingDiagnostics.MemoryFileTooLong(path, span));
                    return words;
                }

                words.Add((index, new(value, width)));
                index += step;
            }
        }

        return words;
    }

    private static string Load(BindingContext context, string path, SyntaxNode task)
    {
        var span = task.Origin.Span;
        try
        {
            var folder = task.Origin.Text is { } text ? Path.GetDirectoryName(text.Path) : null;
            var found = new[] { folder, context.Options.BaseDirectory ?? "" }.OfType<string>()
                .Select(f => Path.Combine(f, path)).FirstOrDefault(File.Exists);
            if (found is null)
            {
                throw new BindingException(BindingDiagnostics.NoMemoryFile(path, "there is no such file", span));
            }

            // A device or a pipe would never end.
            var info = new FileInfo(found);
            var isRegular = (info.Attributes & (FileAttributes.Directory | FileAttributes.Device)) == 0 && (info.UnixFileMode, info.Length) is var (_, length)
                && (length > 0 || !found.StartsWith("/dev", StringComparison.Ordinal));
            if (!isRegular || info.Length > MostBytes)
            {
                throw new BindingException(BindingDiagnostics.NoMemoryFile(path, isRegular ? "it is too large" : "it is no regular file", span));
            }

            return info.Length == 0 ? "" : File.ReadAllText(found);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BindingException(BindingDiagnostics.NoMemoryFile(path, "it cannot be read", span));
        }
    }

    private static BigInteger? Word(string token, int digitBits)
    {
        // x and z count as 0.
        var digits = string.Concat(token.Select(c => c is 'x' or 'X' or 'z' or 'Z' or '?' ? '0' : c));
        var style = digitBits == 4 ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowBinarySpecifier;
        return digits.Length > 0 && BigInteger.TryParse("0" + digits, style, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
