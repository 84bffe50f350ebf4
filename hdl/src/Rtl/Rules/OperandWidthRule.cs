using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1003: operands of equal widths, except in products and shifts.</summary>
internal static class OperandWidthRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope)
    {
        foreach (var (place, node) in scope.Nodes)
        {
            switch (node)
            {
                case Binary
                {
                    Operator: not (BinaryOperator.MultiplySigned or BinaryOperator.MultiplyUnsigned
                    or BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight or BinaryOperator.ShiftRightSigned)
                } b
                    when b.Left.Width != b.Right.Width:
                    yield return RtlDiagnostics.OperandWidths(place, OperatorSymbols.Of(b.Operator), b.Left.Width, b.Right.Width);
                    break;
                case Mux m when m.WhenTrue.Width != m.WhenFalse.Width:
                    yield return RtlDiagnostics.OperandWidths(place, "?:", m.WhenTrue.Width, m.WhenFalse.Width);
                    break;
            }
        }
    }
}
