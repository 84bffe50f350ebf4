using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>An unpacked array as one whose indices run the other way: the left element of one is the left element of the other.</summary>
internal sealed class BoundReordered(Bound operand, UnpackedArrayType type) : Bound(type, operand.Syntax)
{
    public override bool IsConstant => operand.IsConstant;

    /// <summary>A value as one of a type: itself, unless some dimension of it runs the other way.</summary>
    public static Bound Of(Bound value, DataType type) =>
        type is UnpackedArrayType array && IsOpposite(value.Type, type) ? new BoundReordered(value, array) : value;

    /// <summary>The elements of an array of one type in the order of another of the same shape.</summary>
    public static Expression Reorder(ExpressionFactory f, Expression value, DataType from, DataType to)
    {
        if (!IsOpposite(from, to) || (from, to) is not (UnpackedArrayType source, UnpackedArrayType target))
        {
            return value;
        }

        var (count, width) = (source.Range.Count, source.Element.Width);
        var turns = source.Range.IsDescending != target.Range.IsDescending;
        return f.Concat([.. Enumerable.Range(0, count).Select(i => Reorder(
            f, f.Slice(value, (turns ? i : count - 1 - i) * width, width), source.Element, target.Element))]);
    }

    public override Expression Emit(Execution x, int width, bool signed) =>
        x.Factory.Extend(Reorder(x.Factory, operand.Self(x), operand.Type, Type), width, signed);

    private static bool IsOpposite(DataType left, DataType right)
    {
        var isOpposite = false;
        while (left is UnpackedArrayType l && right is UnpackedArrayType r && l.Range.Count == r.Range.Count)
        {
            isOpposite |= l.Range.Count > 1 && l.Range.IsDescending != r.Range.IsDescending;
            (left, right) = (l.Element, r.Element);
        }

        return isOpposite && left is not UnpackedArrayType && right is not UnpackedArrayType;
    }
}
