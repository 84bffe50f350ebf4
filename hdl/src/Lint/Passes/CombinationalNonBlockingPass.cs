using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2512: non-blocking assignments in combinational code.</summary>
internal static class CombinationalNonBlockingPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module) => module.Symbols
        .Select(s => s.Writes.FirstOrDefault(w => w is { Role: AccessRole.NonBlocking, Process.Kind: ProcessKind.Combinational }))
        .OfType<Access>()
        .Select(w => LintDiagnostics.NonBlockingInCombinational(w.Symbol, w));
}
