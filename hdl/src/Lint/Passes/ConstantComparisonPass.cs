using System.Numerics;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2520: comparisons of an unsigned value with a number that it never reaches.</summary>
internal static class ConstantComparisonPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        foreach (var (value, scope) in module.Values())
        {
            foreach (var comparison in ExpressionParts.Within(value).OfType<BinarySyntax>())
            {
                // Numbers of the source only: a parameter may be larger in another instance.
                var (op, side, number) = ExpressionParts.Bare(comparison.Right) is NumberSyntax right
                    ? (comparison.Operator, comparison.Left, right)
                    : ExpressionParts.Bare(comparison.Left) is NumberSyntax left ? (Turned(comparison.Operator), comparison.Right, left) : ("", comparison.Left, null);
                if (number is not null && NumberLiteral.Parse(number) is { Unknown.IsZero: true, Floating.IsZero: true } literal
                    && IsUnsigned(side, scope) && module.Widths.Of(side, scope) is { Grows: false } size
                    && Answer(op, size.Bits, literal.Value) is { } answer)
                {
                    yield return LintDiagnostics.ConstantComparison(comparison.Origin, answer, size.Bits == 1
                        ? "the other side is 0 or 1"
                        : FormattableString.Invariant($"the other side is from 0 to {(BigInteger.One << size.Bits) - 1}"));
                }
            }
        }
    }

    private static bool? Answer(string op, int bits, BigInteger number)
    {
        var most = (BigInteger.One << bits) - 1;
        return op switch
        {
            "<" => number.IsZero ? false : number > most ? true : null,
            ">=" => number.IsZero ? true : number > most ? false : null,
            ">" => number >= most ? false : null,
            "<=" => number >= most ? true : null,
            "==" => number > most ? false : null,
            "!=" => number > most ? true : null,
            _ => null,
        };
    }

    private static string Turned(string op) => op switch
    {
        "<" => ">",
        ">" => "<",
        "<=" => ">=",
        ">=" => "<=",
        _ => op,
    };

    private static bool IsUnsigned(ExpressionSyntax side, LintScope scope) => ExpressionParts.Bare(side) switch
    {
        NameSyntax name => scope.Find(name.Name) is { IsSignal: true, Unpacked.Count: 0, Type: null or VectorTypeSyntax { Signed: not true } },
        PartSelectSyntax or ConcatenationSyntax => true,
        IndexSyntax { Operand: NameSyntax name } => scope.Find(name.Name) is { IsSignal: true, Type: null or VectorTypeSyntax { Signed: not true } },
        _ => false,
    };
}
