using System.Text.RegularExpressions;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>
/// What the comments of a file switch off. A <c>hwseed lint_off</c> on a line of its own holds from there to the next
/// <c>hwseed lint_on</c> or the end of the file; behind code it holds for that line only. Verilator's comments hold from
/// where they stand, as they do there.
/// </summary>
internal sealed partial class LintPragmas
{
    private readonly List<(int Line, int Column, HashSet<string> Off)> _states = [];
    private readonly HashSet<(int Line, string Code)> _lines = [];
    private readonly List<Diagnostic> _findings = [];
    private HashSet<string> _off = new(StringComparer.Ordinal);

    private LintPragmas()
    {
    }

    /// <summary>Comments that name no rule.</summary>
    public IReadOnlyList<Diagnostic> Findings => _findings;

    public static LintPragmas Read(SourceText source)
    {
        var pragmas = new LintPragmas();
        var saved = new Stack<HashSet<string>>();
        foreach (var comment in SourceComments.Of(source))
        {
            if (Own().Match(comment.Text) is { Success: true } own)
            {
                pragmas.ReadOwn(comment, own, source);
            }
            else if (Verilators().Match(comment.Text) is { Success: true } theirs)
            {
                pragmas.ReadVerilators(comment, theirs, saved);
            }
        }

        return pragmas;
    }

    /// <summary>Whether findings of a rule are switched off at a place.</summary>
    public bool IsOff(string code, int line, int column) =>
        _lines.Contains((line, code)) || (_states.FindLastIndex(s => s.Line < line || (s.Line == line && s.Column <= column)) is var at and >= 0
            && _states[at].Off.Contains(code));

    private void ReadOwn(SourceComment comment, Match match, SourceText source)
    {
        var isOff = match.Groups["what"].Value == "off";
        var codes = new List<string>();
        foreach (var name in Names(match.Groups["names"].Value))
        {
            if (LintRules.Find(name) is { } rule)
            {
                codes.Add(rule.Code);
            }
            else
            {
                var text = source.Lines[comment.Line - 1];
                var at = text.IndexOf(name, Math.Max(0, comment.Column - 1), StringComparison.Ordinal);
                _findings.Add(LintDiagnostics.UnknownPragma(
                    new(source.Path, comment.Line, at < 0 ? comment.Column : at + 1, name.Length, text), name, NearestRule.Of(name)));
            }
        }

        if (codes.Count == 0)
        {
            if (Names(match.Groups["names"].Value).Any())
            {
                return;
            }

            codes.AddRange(LintRules.All.Select(r => r.Code));
        }

        if (comment.FollowsCode && isOff)
        {
            _lines.UnionWith(codes.Select(c => (comment.Line, c)));
        }
        else
        {
            Switch(comment, codes, isOff);
        }
    }

    private void ReadVerilators(SourceComment comment, Match match, Stack<HashSet<string>> saved)
    {
        switch (match.Groups["what"].Value)
        {
            case "save":
                saved.Push(_off);
                break;
            case "restore" when saved.TryPop(out var before):
                _off = before;
                _states.Add((comment.Line, comment.Column, _off));
                break;
            case "off" or "on":
                var names = Names(match.Groups["names"].Value).ToHashSet(StringComparer.Ordinal);
                Switch(comment, LintRules.All.Where(r => r.Verilator.Any(names.Contains)).Select(r => r.Code), match.Groups["what"].Value == "off");
                break;
        }
    }

    private void Switch(SourceComment comment, IEnumerable<string> codes, bool isOff)
    {
        _off = new(_off, StringComparer.Ordinal);
        if (isOff)
        {
            _off.UnionWith(codes);
        }
        else
        {
            _off.ExceptWith(codes);
        }

        _states.Add((comment.Line, comment.Column, _off));
    }

    private static IEnumerable<string> Names(string text) =>
        text.Split("--", 2)[0].Split([' ', '\t', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^\s*hwseed\s+lint_(?<what>off|on)(\s+(?<names>.*))?$", RegexOptions.Singleline)]
    private static partial Regex Own();

    [GeneratedRegex(@"^\s*verilator\s+lint_(?<what>off|on|save|restore)(\s+(?<names>.*))?$", RegexOptions.Singleline)]
    private static partial Regex Verilators();
}
