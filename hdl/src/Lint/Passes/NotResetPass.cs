using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2518: registers of a process with an asynchronous reset that the reset does not assign.</summary>
internal static class NotResetPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        foreach (var process in module.ProcessesOf(ProcessKind.Clocked))
        {
            if (process is not { ResetBranch: { } branch, Resets: [{ Signal: NameSyntax reset }, ..] })
            {
                continue;
            }

            var during = Assigned(branch.Then);
            foreach (var symbol in module.Signals.Where(s => s.Unpacked.Count == 0))
            {
                // Variables that only pass a value on inside of the process are no registers.
                var write = symbol.Writes.FirstOrDefault(w => ReferenceEquals(w.Process, process) && w.Role == AccessRole.NonBlocking);
                if (write is not null && !during.Contains(symbol.Name))
                {
                    yield return LintDiagnostics.NotReset(symbol, write.Origin, reset.Name);
                }
            }
        }
    }

    private static HashSet<string> Assigned(StatementSyntax statement) => Statements.Within(statement)
        .SelectMany(s => s switch
        {
            AssignmentSyntax a => ExpressionParts.Names(a.Target),
            IncrementSyntax i => ExpressionParts.Names(i.Target),
            CallStatementSyntax c => ExpressionParts.Names(c.Call),
            _ => [],
        }).ToHashSet(StringComparer.Ordinal);
}
