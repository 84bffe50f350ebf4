using System.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Netlists;

/// <summary>The children of an expression, for passes that walk trees without caring which node they meet.</summary>
public static class ExpressionOperands
{
    /// <summary>The direct sub-expressions, in reading order.</summary>
    public static IReadOnlyList<Expression> Of(Expression expression) => expression switch
    {
        Constant or Reference => [],
        Unary unary => [unary.Operand],
        Binary binary => [binary.Left, binary.Right],
        Mux mux => [mux.Condition, mux.WhenTrue, mux.WhenFalse],
        Slice slice => [slice.Operand],
        Concat concat => concat.Parts,
        Extend extend => [extend.Operand],
        _ => throw new UnreachableException($"expression {expression.GetType().Name}"),
    };
}
