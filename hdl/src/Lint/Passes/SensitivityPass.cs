using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2510: sensitivity lists of combinational processes that leave out what is read.</summary>
internal static class SensitivityPass
{
    private const int MostNames = 4;

    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        foreach (var process in module.ProcessesOf(ProcessKind.Combinational).Where(p => p.Control is { Terms.Count: > 0 }))
        {
            var listed = process.Control!.Terms.SelectMany(t => ExpressionParts.Names(t.Signal)).ToHashSet(StringComparer.Ordinal);
            // What the process assigns itself it reads back; that is no input of it.
            var missing = module.Signals
                .Where(s => s.Accesses.Any(a => a is { IsWrite: false, Role: AccessRole.Value } && ReferenceEquals(a.Process, process))
                    && !s.Writes.Any(a => ReferenceEquals(a.Process, process)) && !listed.Contains(s.Name))
                .Select(s => $"'{s.Name}'").ToList();
            if (missing.Count > 0)
            {
                var rest = missing.Count > MostNames ? FormattableString.Invariant($" and {missing.Count - MostNames} more") : "";
                yield return LintDiagnostics.Sensitivity(process.Control.Origin, string.Join(", ", missing.Take(MostNames)) + rest);
            }
        }
    }
}
