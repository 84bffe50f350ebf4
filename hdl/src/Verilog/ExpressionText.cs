using System.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Verilog;

/// <summary>
/// Prints expressions. Operands have equal widths already, hence an operator's context width is its own width; where
/// that does not hold (products, operands of slices and sign extensions) the value is hoisted to a wire of its own.
/// </summary>
internal sealed class ExpressionText(HoistedWires hoisted)
{
    /// <summary>The text of a value on its own: right of an equals sign, in parentheses or in braces.</summary>
    public string Print(Expression expression) => expression switch
    {
        Constant c => c.Value.ToString(),
        Reference r => r.Name,
        Unary u => OperatorSymbols.Of(u.Operator) + Operand(u.Operand),
        Binary { Operator: BinaryOperator.MultiplySigned or BinaryOperator.MultiplyUnsigned } b => Product(b),
        Binary { Operator: BinaryOperator.LessThanSigned } b => $"$signed({Print(b.Left)}) < $signed({Print(b.Right)})",
        Binary b => $"{Operand(b.Left)} {OperatorSymbols.Of(b.Operator)} {Operand(b.Right)}",
        Mux m => $"{Operand(m.Condition)} ? {Operand(m.WhenTrue)} : {Operand(m.WhenFalse)}",
        Slice s => Bits(s),
        Concat c => $"{{{string.Join(", ", c.Parts.Select(Print))}}}",
        Extend e when e.Width == e.Operand.Width => Print(e.Operand),
        Extend { Signed: true } e => SignExtension(e),
        Extend e => $"{{{{{e.Width - e.Operand.Width}{{1'b0}}}}, {Print(e.Operand)}}}",
        _ => throw new UnreachableException($"no Verilog for {expression.GetType().Name}"),
    };

    private string Operand(Expression expression) => expression switch
    {
        Unary or Mux => $"({Print(expression)})",
        Binary { Operator: not (BinaryOperator.MultiplySigned or BinaryOperator.MultiplyUnsigned) } => $"({Print(expression)})",
        Extend e when e.Width == e.Operand.Width => Operand(e.Operand),
        _ => Print(expression),
    };

    /// <summary>The name of a value; makes a wire unless it has one.</summary>
    private string Name(Expression expression) => expression switch
    {
        Reference r => r.Name,
        Binary { Operator: BinaryOperator.MultiplySigned or BinaryOperator.MultiplyUnsigned } b => Product(b),
        _ => hoisted.Declare(expression.Width, Print(expression)),
    };

    private string Product(Binary product)
    {
        var left = product.Left is Constant l ? l.Value.ToString() : Name(product.Left);
        var right = product.Right is Constant r ? r.Value.ToString() : Name(product.Right);
        return hoisted.Declare(product.Width, product.Operator == BinaryOperator.MultiplySigned
            ? $"$signed({left}) * $signed({right})"
            : $"{left} * {right}");
    }

    private string Bits(Slice slice)
    {
        var name = Name(slice.Operand);
        return slice switch
        {
            // A one-bit net is a scalar in Verilog and has no bits to select.
            { Operand.Width: 1 } => name,
            { Width: 1 } => $"{name}[{slice.Low}]",
            _ => $"{name}[{slice.Low + slice.Width - 1}:{slice.Low}]",
        };
    }

    private string SignExtension(Extend extend)
    {
        var name = Name(extend.Operand);
        var sign = extend.Operand.Width == 1 ? name : $"{name}[{extend.Operand.Width - 1}]";
        return $"{{{{{extend.Width - extend.Operand.Width}{{{sign}}}}}, {name}}}";
    }
}
