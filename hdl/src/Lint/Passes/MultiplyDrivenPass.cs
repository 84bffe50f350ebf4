using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2502: bits with several drivers, and inputs that the module drives.</summary>
internal static class MultiplyDrivenPass
{
    private const int MostAccesses = 4000;

    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        foreach (var symbol in module.Signals)
        {
            // An initial block gives a start value; a subroutine drives where it is called.
            var writes = symbol.Writes.Where(w => w.Process?.Kind is null or not (ProcessKind.Once or ProcessKind.Simulation)
                && w.Driver is not (FunctionSyntax or TaskSyntax)).ToList();
            if (symbol.Kind == SymbolKind.Input)
            {
                if (writes.FirstOrDefault(w => w.Extent is not UnknownExtent || w.Process is not null) is { } write)
                {
                    yield return LintDiagnostics.DrivenInput(symbol, write);
                }
            }
            else if (symbol.Kind != SymbolKind.Inout && symbol.NetType is null or "wire" or "uwire" or "var" && writes.Count is > 1 and < MostAccesses
                && Collision(writes) is var (first, second) && !MayFloat(first, module) && !MayFloat(second, module))
            {
                yield return LintDiagnostics.MultiplyDriven(symbol, first, second);
            }
        }
    }

    private static (Access First, Access Second)? Collision(List<Access> writes)
    {
        for (var i = 1; i < writes.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!ReferenceEquals(writes[i].Driver, writes[j].Driver) && Extent.SurelyOverlap(writes[i].Extent, writes[j].Extent)
                    && !GenerateBranch.AreExclusive(writes[i].Branch, writes[j].Branch))
                {
                    return (writes[j], writes[i]);
                }
            }
        }

        return null;
    }

    // A driver that assigns z takes turns with others.
    private static bool MayFloat(Access write, LintModule module)
    {
        var values = write.Driver is LintProcess process
            ? Statements.Within(process.Body).OfType<AssignmentSyntax>().Select(a => a.Value)
            : module.Assignments.Where(a => ReferenceEquals(a.Driver, write.Driver)).Select(a => a.Value);
        return values.SelectMany(ExpressionParts.Within).Any(e =>
            e is FillSyntax { Digit: 'z' or 'Z' } || (e is NumberSyntax number && NumberLiteral.Parse(number) is { Floating.IsZero: false }));
    }
}
