using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2516: combinational case statements without a default that leave values out.</summary>
internal static class CaseDefaultPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        foreach (var (statement, scope) in module.ProcessesOf(ProcessKind.Combinational).SelectMany(module.StatementsOf))
        {
            if (statement is CaseSyntax { Qualifier: null } choice && CaseLabels.Missing(choice, module, scope) is { } missing)
            {
                yield return LintDiagnostics.NoDefault(choice, missing);
            }
        }
    }
}
