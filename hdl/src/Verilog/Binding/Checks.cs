using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding;

/// <summary>Whether a value fits its target.</summary>
internal static class Checks
{
    public static void Assignment(BindingContext context, Target target, Bound value, SyntaxNode where)
    {
        if (target is SelectTarget { Select.Type: var type })
        {
            Shapes(type, value, where);
        }

        if (value.MinWidth > target.Width)
        {
            context.Find(BindingFindingKind.WidthTruncation, $"a value of {value.MinWidth} bits is cut to the {target.Width} of its target", where);
        }
        else if (value.Width < target.Width && value is not (BoundLiteral or BoundFill or BoundConstant))
        {
            context.Find(BindingFindingKind.WidthExtension, $"a value of {value.Width} bits is extended to the {target.Width} of its target", where);
        }
    }

    /// <summary>An array is assigned to an array of the same shape only.</summary>
    public static void Shapes(DataType type, Bound value, SyntaxNode where)
    {
        var (left, right) = (type, value.Type);
        while (left is UnpackedArrayType l && right is UnpackedArrayType r && l.Range.Count == r.Range.Count)
        {
            (left, right) = (l.Element, r.Element);
        }

        if (left is UnpackedArrayType || right is UnpackedArrayType || (type is UnpackedArrayType && left.Width != right.Width))
        {
            throw new BindingException(BindingDiagnostics.ShapesDiffer(value.Syntax.Origin.Span ?? where.Origin.Span));
        }
    }
}
