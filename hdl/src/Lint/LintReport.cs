using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Lint;

/// <summary>What the linter found.</summary>
/// <param name="Findings">By file and place.</param>
/// <param name="Suppressed">Findings that comments in the sources switched off.</param>
public sealed record LintReport(EquatableArray<Diagnostic> Findings, int Suppressed)
{
    /// <summary>Whether the sources could not be elaborated, for a reason that is no finding of the linter.</summary>
    public bool IsBadInput => Findings.Any(f => f.Severity == Severity.Error && LintRules.Find(f.Code) is null);

    /// <summary>Findings of a severity.</summary>
    public int Count(Severity severity) => Findings.Count(f => f.Severity == severity);

    /// <summary>How many findings each code has, by code.</summary>
    public IReadOnlyList<(string Code, int Count)> Counts =>
        [.. Findings.GroupBy(f => f.Code).Select(g => (g.Key, g.Count())).OrderBy(c => c.Key, StringComparer.Ordinal)];
}
