using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2525: == and != with a number that has undefined bits.</summary>
internal static class XComparisonPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module) => module.Values()
        .SelectMany(v => ExpressionParts.Within(v.Value)).OfType<BinarySyntax>()
        .Where(b => b.Operator is "==" or "!=" && (IsUndefined(b.Left) || IsUndefined(b.Right)))
        .Select(b => LintDiagnostics.ComparisonWithX(b.Origin, b.Operator));

    private static bool IsUndefined(ExpressionSyntax value) => ExpressionParts.Bare(value) switch
    {
        FillSyntax fill => fill.Digit is not ('0' or '1'),
        NumberSyntax number => NumberLiteral.Parse(number) is { } literal && !(literal.Unknown.IsZero && literal.Floating.IsZero),
        _ => false,
    };
}
