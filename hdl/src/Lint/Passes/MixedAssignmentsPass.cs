using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2513: signals that are assigned both with = and with &lt;=.</summary>
internal static class MixedAssignmentsPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        foreach (var symbol in module.Symbols.Where(s => s.IsSignal))
        {
            // A start value is given with = in an initial block, whatever follows.
            var writes = symbol.Writes.Where(w => w.Process is { Kind: not (ProcessKind.Once or ProcessKind.Simulation) }).ToList();
            var blocking = writes.FirstOrDefault(w => w.Role == AccessRole.Blocking);
            var other = writes.FirstOrDefault(w => w.Role == AccessRole.NonBlocking
                && blocking is not null && !GenerateBranch.AreExclusive(w.Branch, blocking.Branch));
            if (blocking is not null && other is not null)
            {
                yield return writes.IndexOf(blocking) > writes.IndexOf(other)
                    ? LintDiagnostics.Mixed(symbol, blocking, other)
                    : LintDiagnostics.Mixed(symbol, other, blocking);
            }
        }
    }
}
