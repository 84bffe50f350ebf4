using System.Runtime.ExceptionServices;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>
/// Looks for what is legal Verilog and seldom meant. Each check is a pass of its own over the modules with their names
/// resolved; hdl/docs/lint.md describes all of them.
/// </summary>
public static class Linter
{
    // Deep expressions are walked by recursion.
    private const int StackBytes = 64 << 20;

    private static readonly IReadOnlyList<Func<LintModule, IEnumerable<Diagnostic>>> Passes =
    [
        UndrivenPass.Check,
        MultiplyDrivenPass.Check,
        WidthPass.Check,
        LatchPass.Check,
        UnusedPass.Check,
        SensitivityPass.Check,
        ClockedBlockingPass.Check,
        CombinationalNonBlockingPass.Check,
        MixedAssignmentsPass.Check,
        ClockPass.Check,
        CaseDefaultPass.Check,
        CaseOverlapPass.Check,
        CaseWithXPass.Check,
        NotResetPass.Check,
        ResetBothWaysPass.Check,
        ConstantComparisonPass.Check,
        XComparisonPass.Check,
        ImplicitNetPass.Check,
        PortConnectionPass.Check,
        PortWidthPass.Check,
    ];

    /// <summary>Checks files together: modules of one may instantiate those of another.</summary>
    /// <param name="units">The files as the parser read them.</param>
    /// <param name="settings">What the user wants to know.</param>
    /// <param name="top">The module to elaborate; null for every one that no other instantiates.</param>
    public static LintReport Check(IReadOnlyList<SourceUnitSyntax> units, LintSettings settings, string? top = null)
    {
        LintReport? report = null;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                report = Run(units, settings, top);
            }
#pragma warning disable CA1031 // Handed on to the caller's thread as it is.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }, StackBytes)
        {
            IsBackground = true,
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return report!;
    }

    private static LintReport Run(IReadOnlyList<SourceUnitSyntax> units, LintSettings settings, string? top)
    {
        var sources = new LintSources(units);
        var found = sources.Modules.SelectMany(m => Passes.SelectMany(pass => pass(m))).ToList();
        found.AddRange(LintElaboration.Check(units, sources, top, found));
        var pragmas = units.SelectMany(SourceTexts.Of).DistinctBy(t => t.Path)
            .ToDictionary(t => t.Path, LintPragmas.Read, StringComparer.Ordinal);
        found.AddRange(pragmas.Values.SelectMany(p => p.Findings));
        var kept = found
            // A file that is read twice, or a block in several instances, says the same thing twice.
            .Distinct()
            .Select(settings.Apply).OfType<Diagnostic>().ToList();
        var shown = kept.Where(f => f.Span is not { } span || !pragmas.TryGetValue(span.File, out var p) || !p.IsOff(f.Code, span.Line, span.Column))
            .OrderBy(f => f.Span?.File, StringComparer.Ordinal).ThenBy(f => f.Span?.Line).ThenBy(f => f.Span?.Column).ThenBy(f => f.Code, StringComparer.Ordinal)
            .ToEquatableArray();
        return new(shown, kept.Count - shown.Count);
    }
}
