using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Lint;

/// <summary>What the linter found.</summary>
/// <param name="Findings">By file and place.</param>
/// <param name="Suppressed">Findings that comments in the sources switched off.</param>
public sealed record LintReport(EquatableArray<Diagnostic> Findings, int Suppressed)
{
    /// <summary>Findings of a severity.</summary>
    public int Count(Severity severity) => Findings.Count(f => f.Severity == severity);

    /// <summary>How many findings each code has, by code.</summary>
    public IReadOnlyList<(string Code, int Count)> Counts =>
        [.. Findings.GroupBy(f => f.Code).Select(g => (g.Key, g.Count())).OrderBy(c => c.Key, StringComparer.Ordinal)];
}
