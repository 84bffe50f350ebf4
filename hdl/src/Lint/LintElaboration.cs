using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Binding;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>What only the elaborated design shows.</summary>
internal static class LintElaboration
{
    private const int MostRoots = 200;

    // What a rule of the linter says about the same line.
    private static readonly Dictionary<string, string> SaidBy = new(StringComparer.Ordinal)
    {
        ["HW2219"] = "HW2522",
        ["HW2303"] = "HW2502",
        ["HW2304"] = "HW2502",
        ["HW2310"] = "HW2524",
    };

    /// <summary>Loops, and what the binder has to say, of every module that no other instantiates or of the one that is named.</summary>
    public static IReadOnlyList<Diagnostic> Check(
        IReadOnlyList<SourceUnitSyntax> units, LintSources sources, string? top, IReadOnlyCollection<Diagnostic> said)
    {
        var lines = said.Select(d => (d.Code, d.Span?.File, d.Span?.Line)).ToHashSet();
        var found = new List<Diagnostic>();
        var roots = top is not null ? [top] : sources.Roots();
        if (roots.Count > MostRoots)
        {
            found.Add(LintDiagnostics.NotElaborated(sources.Module(roots[MostRoots])!, roots.Count - MostRoots));
        }

        foreach (var name in roots.Take(MostRoots))
        {
            var bound = VerilogBinder.Bind(units, new() { Top = name });
            found.AddRange(bound.Diagnostics
                .Where(d => !SaidBy.TryGetValue(d.Code, out var code) || !lines.Contains((code, d.Span?.File, d.Span?.Line)))
                .Select(Place));
            if (bound.IsOk)
            {
                found.AddRange(CombinationalLoopPass.Check(bound.Value));
            }
        }

        return found;
    }

    // Test benches may be looked at as well: what is outside of the subset is no fault of the source.
    private static Diagnostic Place(Diagnostic diagnostic) =>
        diagnostic.Code.StartsWith("HW24", StringComparison.Ordinal) || diagnostic.Code.StartsWith("HW26", StringComparison.Ordinal)
            ? diagnostic with { Severity = Severity.Info }
            : diagnostic;
}
