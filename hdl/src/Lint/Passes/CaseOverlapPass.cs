using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2517: case labels all of whose values an earlier label takes.</summary>
internal static class CaseOverlapPass
{
    private const int MostLabels = 2000;
    private const int WidestSelector = 4096;

    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        foreach (var (statement, scope) in module.Processes.SelectMany(module.StatementsOf))
        {
            if (statement is not CaseSyntax choice || module.Widths.Of(choice.Selector, scope) is not { Bits: <= WidestSelector } size
                || module.Constants.Value(choice.Selector, scope) is not null)
            {
                continue;
            }

            var before = new List<(LabelPattern Pattern, ExpressionSyntax Label)>();
            foreach (var label in choice.Items.SelectMany(i => i.Labels).Take(MostLabels))
            {
                if (CaseLabels.Pattern(choice, label, module, scope, size.Bits) is not { } pattern)
                {
                    continue;
                }

                if (before.FirstOrDefault(b => b.Pattern.Covers(pattern)) is { Label: { } earlier } found)
                {
                    yield return LintDiagnostics.NeverChosen(label.Origin, earlier.Origin, found.Pattern == pattern);
                }

                before.Add((pattern, label));
            }
        }
    }
}
