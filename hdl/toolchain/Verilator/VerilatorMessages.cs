using System.Globalization;
using System.Text.RegularExpressions;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>Reads the messages of Verilator and g++ into diagnostics with positions.</summary>
internal static partial class VerilatorMessages
{
    /// <summary>Verilator's errors and warnings in the order printed.</summary>
    public static IReadOnlyList<Diagnostic> Parse(string standardError)
    {
        var lines = standardError.Split('\n');
        var found = new List<Diagnostic>();
        for (var i = 0; i < lines.Length; i++)
        {
            var match = VerilatorLine().Match(lines[i]);
            if (!match.Success || match.Groups["text"].Value.StartsWith("Exiting due to", StringComparison.Ordinal))
            {
                continue;
            }

            var span = match.Groups["file"].Success ? Span(match, SourceLine(lines, i + 1), Carets(lines, i + 2)) : null;
            var (rule, text) = (match.Groups["rule"].Value, match.Groups["text"].Value);
            found.Add(match.Groups["kind"].Value == "Error"
                ? ToolDiagnostics.VerilatorError(text, span)
                : ToolDiagnostics.VerilatorWarning(rule, text, span));
        }

        return found;
    }

    /// <summary>The C++ compiler's errors, ten at most: later ones mostly follow from the first.</summary>
    public static IReadOnlyList<Diagnostic> ParseCompiler(string standardError) =>
    [
        .. CompilerLine().Matches(standardError).Take(10).Select(m =>
            ToolDiagnostics.CompileError(m.Groups["text"].Value, m.Groups["file"].Success ? Span(m, "", 1) : null)),
    ];

    private static SourceSpan Span(Match match, string lineText, int length) => new(
        match.Groups["file"].Value,
        int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture),
        int.Parse(match.Groups["column"].Value, CultureInfo.InvariantCulture), length, lineText);

    private static string SourceLine(string[] lines, int at) =>
        at < lines.Length && Quoted().Match(lines[at]) is { Success: true } m ? m.Groups["source"].Value : "";

    private static int Carets(string[] lines, int at) =>
        at < lines.Length && Underline().Match(lines[at]) is { Success: true } m ? m.Groups["mark"].Length : 1;

    [GeneratedRegex(@"^%(?<kind>Error|Warning)(-(?<rule>\w+))?: ((?<file>[^:\s]+):(?<line>\d+):(?<column>\d+): )?(?<text>.*)$")]
    private static partial Regex VerilatorLine();

    [GeneratedRegex(@"^\s*\d+ \| (?<source>.*)$")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\s*\| \s*(?<mark>\^~*)\s*$")]
    private static partial Regex Underline();

    [GeneratedRegex(@"^((?<file>[^:\s]+):(?<line>\d+):(?<column>\d+): |\S*?: )?(fatal )?error: (?<text>.*)$|^(?<text>.*undefined reference to .*)$",
        RegexOptions.Multiline)]
    private static partial Regex CompilerLine();
}
