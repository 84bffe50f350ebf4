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
                if (symbol.IsPort || symbol.Reads.Any(r => !ReferenceEquals(r.Process, write.Process) && r.Role != AccessRole.Declaration))
                {
                    yield return LintDiagnostics.BlockingInClocked(symbol, write);
                    break;
                }
            }
        }
    }
}
