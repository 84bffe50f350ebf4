using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2526: casex, and labels that only an undefined value matches.</summary>
internal static class CaseWithXPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        foreach (var choice in module.Processes.SelectMany(module.StatementsOf).Select(s => s.Statement).OfType<CaseSyntax>())
        {
            if (choice.Keyword == "casex")
            {
                yield return LintDiagnostics.CaseX(choice);
                continue;
            }

            foreach (var label in choice.Items.SelectMany(i => i.Labels))
            {
                if (!choice.IsInside && label is NumberSyntax number && NumberLiteral.Parse(number) is { } literal
                    && (!literal.Unknown.IsZero || (choice.Keyword == "case" && !literal.Floating.IsZero)))
                {
                    yield return LintDiagnostics.LabelWithX(label.Origin);
                }
            }
        }
    }
}
