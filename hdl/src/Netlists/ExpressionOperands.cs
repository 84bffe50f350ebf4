using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Netlists;

/// <summary>The children of an expression, for passes outside of this room that walk trees.</summary>
public static class ExpressionOperands
{
    /// <summary>The direct sub-expressions, in reading order.</summary>
    public static IReadOnlyList<Expression> Of(Expression expression) => ExpressionTree.Children(expression);
}
