using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2519: resets that are asynchronous in one process and tested at the clock in another.</summary>
internal static class ResetBothWaysPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        var resets = new Dictionary<LintSymbol, Origin>(ReferenceEqualityComparer.Instance);
        foreach (var process in module.ProcessesOf(ProcessKind.Clocked))
        {
            foreach (var term in process.Resets)
            {
                if (term.Signal is NameSyntax name && process.Scope.Find(name.Name) is { } symbol)
                {
                    resets.TryAdd(symbol, term.Origin);
                }
            }
        }

        foreach (var (reset, edge) in resets)
        {
            foreach (var process in module.ProcessesOf(ProcessKind.Clocked).Where(p => p.Control!.Terms.Count == 1))
            {
                if (Statements.Only(process.Body) is IfSyntax test && Tests(test.Condition) == reset.Name
                    && ReferenceEquals(process.Scope.Find(reset.Name), reset))
                {
                    yield return LintDiagnostics.ResetBothWays(reset.Name, test.Condition.Origin, edge);
                }
            }
        }
    }

    // A condition that is the reset and nothing else.
    private static string? Tests(ExpressionSyntax condition) => ExpressionParts.Bare(condition) switch
    {
        NameSyntax name => name.Name,
        UnarySyntax { Operator: "!" or "~" } not => Tests(not.Operand),
        BinarySyntax { Operator: "==" or "!=", Right: NumberSyntax } compare => Tests(compare.Left),
        _ => null,
    };
}
