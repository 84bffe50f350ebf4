using System.Text;
using System.Text.RegularExpressions;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;

namespace HwSeed.Sim.Traces;

/// <summary>
/// Signals chosen by patterns: <c>*</c> is any text without a dot, <c>**</c> any text, <c>?</c> one character, and the
/// path of an instance means everything in it and below.
/// </summary>
public static class SignalSelection
{
    /// <summary>The paths that match any pattern, in the order of the design. HW1060: a pattern matches nothing.</summary>
    public static Checked<IReadOnlyList<string>> Choose(Netlist netlist, IEnumerable<string> patterns)
    {
        // A signal has one path of its own; the other names that a parent gives to it are found as well.
        var names = netlist.Scopes.SelectMany(s => s.Names.Select(s.PathOf)).ToList();
        var scopes = netlist.Scopes.Select(s => s.Path).Where(p => p.Length > 0).ToHashSet();
        var chosen = new HashSet<string>();
        var diagnostics = new List<Diagnostic>();
        foreach (var pattern in patterns)
        {
            var form = Form(pattern);
            var below = scopes.Where(s => form.IsMatch(s)).Select(s => s + ".").ToList();
            var found = names.Where(n => form.IsMatch(n) || below.Exists(b => n.StartsWith(b, StringComparison.Ordinal))).ToList();
            chosen.UnionWith(found);
            if (found.Count == 0)
            {
                diagnostics.Add(WaveDiagnostics.NoSignal(pattern, Known(netlist, pattern)));
            }
        }

        return diagnostics.Count > 0
            ? Checked.Fail<IReadOnlyList<string>>(diagnostics)
            : Checked.Ok<IReadOnlyList<string>>([.. names.Distinct().Where(chosen.Contains)]);
    }

    // What stands in the deepest instance that the pattern names.
    private static (string Scope, IReadOnlyList<string> Names) Known(Netlist netlist, string pattern)
    {
        var scope = netlist.Scopes.Where(s => s.Path.Length == 0 || pattern.StartsWith(s.Path + ".", StringComparison.Ordinal))
            .MaxBy(s => s.Path.Length)!;
        var children = netlist.Scopes.Where(s => s.Path.Length > 0 && s.Path == scope.PathOf(s.Path[(s.Path.LastIndexOf('.') + 1)..]))
            .Select(s => s.Path[(s.Path.LastIndexOf('.') + 1)..]);
        return (scope.Path.Length > 0 ? scope.Path : scope.Module.Name, [.. children, .. scope.Names]);
    }

    private static Regex Form(string pattern)
    {
        var form = new StringBuilder("^");
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '*' when at + 1 < pattern.Length && pattern[at + 1] == '*':
                    form.Append(".*");
                    at++;
                    break;
                case '*':
                    form.Append(@"[^.]*");
                    break;
                case '?':
                    form.Append(@"[^.]");
                    break;
                default:
                    form.Append(Regex.Escape(pattern[at..(at + 1)]));
                    break;
            }
        }

        return new(form.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }
}
