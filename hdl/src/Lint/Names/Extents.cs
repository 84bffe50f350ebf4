using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>Which bits a name with selects touches.</summary>
internal static class Extents
{
    public static Extent Of(ExpressionSyntax access, LintSymbol symbol, Constants constants, LintScope scope)
    {
        if (access is NameSyntax)
        {
            return Extent.All;
        }

        if (symbol.Unpacked.Count > 0 || constants.Widths.Dimensions(symbol) is not { Count: > 0 } dimensions)
        {
            return Extent.Some;
        }

        var selects = new Stack<ExpressionSyntax>();
        for (var e = access; e is not NameSyntax; e = e is IndexSyntax i ? i.Operand : ((PartSelectSyntax)e).Operand)
        {
            if (e is not (IndexSyntax or PartSelectSyntax))
            {
                return Extent.Some;
            }

            selects.Push(e);
        }

        if (selects.Count > dimensions.Count)
        {
            return Extent.Some;
        }

        var sizes = dimensions.Select(d => Math.Abs(d.Left - d.Right) + 1).ToList();
        long low = 0;
        long width = sizes.Aggregate(1L, (a, b) => a * b);
        for (var k = 0; selects.TryPop(out var select); k++)
        {
            width /= sizes[k];
            if (Range(select, dimensions[k], constants, scope) is not { } range)
            {
                return Extent.Some;
            }

            low += range.Low * width;
            if (select is PartSelectSyntax)
            {
                width *= range.Count;
                return selects.Count > 0 ? Extent.Some : Bits(low, width);
            }
        }

        return Bits(low, width);
    }

    private static Extent Bits(long low, long width) =>
        low is >= 0 and < int.MaxValue && width is > 0 and < int.MaxValue ? new BitsExtent((int)low, (int)width) : Extent.Some;

    // Positions from the right end of a dimension, which is its bit 0 whichever way it counts.
    private static (long Low, long Count)? Range(ExpressionSyntax select, (int Left, int Right) bounds, Constants constants, LintScope scope)
    {
        var (first, count) = select switch
        {
            IndexSyntax i => (constants.Integer(i.Index, scope), 1),
            PartSelectSyntax { Operator: ":" } p => constants.Integer(p.Left, scope) is { } l && constants.Integer(p.Right, scope) is { } r
                ? (bounds.Left >= bounds.Right ? Math.Min(l, r) : Math.Max(l, r), Math.Abs(l - r) + 1) : (null, 0),
            PartSelectSyntax p => constants.Integer(p.Left, scope) is { } start && constants.Integer(p.Right, scope) is { } width
                ? (Start(p.Operator, start, width, bounds), width) : (null, 0),
            _ => ((int?)null, 0),
        };
        if (first is not { } lowest)
        {
            return null;
        }

        var low = bounds.Left >= bounds.Right ? (long)lowest - bounds.Right : (long)bounds.Right - lowest;
        var size = Math.Abs((long)bounds.Left - bounds.Right) + 1;
        return low >= 0 && count > 0 && low + count <= size ? (low, count) : null;
    }

    // The index of the lowest bit: [s+:w] covers s to s+w-1, [s-:w] covers s-w+1 to s.
    private static int Start(string op, int start, int width, (int Left, int Right) bounds)
    {
        var (least, most) = op == "+:" ? (start, start + width - 1) : (start - width + 1, start);
        return bounds.Left >= bounds.Right ? least : most;
    }
}
