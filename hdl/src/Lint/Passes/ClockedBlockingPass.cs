using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2511: blocking assignments at a clock edge to signals that other code reads.</summary>
internal static class ClockedBlockingPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        foreach (var symbol in module.Signals)
        {
            foreach (var write in symbol.Writes.Where(w => w is { Role: AccessRole.Blocking, Process.Kind: ProcessKind.Clocked }))
            {
                if (symbol.IsPort || symbol.Reads.Any(r => r.Role != AccessRole.Declaration && !IsOwn(symbol, r, write)))
                {
                    yield return LintDiagnostics.BlockingInClocked(symbol, write);
                    break;
                }
            }
        }
    }

    // Code that gives the variable a value of its own, as loops that share a counter do, does not read this one.
    private static bool IsOwn(LintSymbol symbol, Access read, Access write) => ReferenceEquals(read.Process, write.Process)
        || (read.Process is not null && symbol.Writes.Any(w => ReferenceEquals(w.Process, read.Process) && w.Role == AccessRole.Blocking));
}
