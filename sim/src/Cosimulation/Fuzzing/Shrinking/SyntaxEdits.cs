using System.Globalization;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Sim.Cosimulation.Fuzzing.Shrinking;

/// <summary>Something that may be taken away from a syntax tree.</summary>
/// <param name="Node">The place of the node that it changes, counted from the root, parents before children.</param>
/// <param name="Weight">Nodes that go away.</param>
/// <param name="Change">The node afterwards.</param>
internal sealed record SyntaxEdit(int Node, int Weight, Func<SyntaxNode, SyntaxNode> Change);

/// <summary>All that may be taken away from a tree: runs of items, statements and parts; an operator but for one operand; bits.</summary>
internal static class SyntaxEdits
{
    private static readonly ExpressionSyntax s_zero = new NumberSyntax("1'b0");

    /// <summary>The edits of a tree, those that take most first. What they leave need not be legal.</summary>
    public static IReadOnlyList<SyntaxEdit> Of(SyntaxNode root)
    {
        var edits = new List<SyntaxEdit>();
        Collect(root, 0, edits);
        return [.. edits.OrderByDescending(e => e.Weight)];
    }

    /// <summary>The tree after an edit.</summary>
    public static SyntaxNode Apply(SyntaxNode root, SyntaxEdit edit)
    {
        var left = edit.Node;
        return Visit(root);

        SyntaxNode Visit(SyntaxNode node)
        {
            if (left-- == 0)
            {
                return edit.Change(node);
            }

            foreach (var slot in SyntaxSlot.Of(node))
            {
                var children = slot.Children(node);
                for (var i = 0; i < children.Count && left >= 0; i++)
                {
                    var changed = Visit(children[i]);
                    if (left < 0)
                    {
                        return slot.With(node, [.. children.Take(i), changed, .. children.Skip(i + 1)]);
                    }
                }
            }

            return node;
        }
    }

    /// <summary>Nodes of a tree.</summary>
    public static int Size(SyntaxNode node) => 1 + SyntaxSlot.Of(node).Sum(s => s.Children(node).Sum(Size));

    // Returns the number of nodes of the tree. The index of a select stays as it is: a narrow one is a matter of its own
    // (Verilator 5.006 computes the place of a bit in the width of the index), to which all else would lead.
    private static int Collect(SyntaxNode node, int at, List<SyntaxEdit> edits)
    {
        var next = at + 1;
        foreach (var slot in SyntaxSlot.Of(node))
        {
            var children = slot.Children(node);
            var sizes = new int[children.Count];
            for (var i = 0; i < children.Count; i++)
            {
                var (place, child) = (i, children[i]);
                if (Selected(node) is { } selected && !ReferenceEquals(child, selected))
                {
                    sizes[i] = Size(child);
                    next += sizes[i];
                    continue;
                }

                sizes[i] = Collect(child, next, edits);
                next += sizes[i];
                // The head of a loop has assignments and nothing else.
                foreach (var (other, weight) in Replacements(child).Where(r => slot.Element.IsInstanceOfType(r.Node) && (node is not ForSyntax || !slot.IsList)))
                {
                    edits.Add(new(at, weight, n => slot.With(n, [.. slot.Children(n).Select((c, k) => k == place ? other : c)])));
                }
            }

            if (slot.IsList)
            {
                Runs(at, slot, sizes, edits);
            }
            else if (slot.IsOptional && children.Count == 1)
            {
                edits.Add(new(at, sizes[0], n => slot.With(n, [])));
            }
        }

        if (node is ModuleSyntax module)
        {
            edits.AddRange(NameErasure.Of(module).Select(e => e with { Node = at }));
        }

        return next - at;
    }

    private static ExpressionSyntax? Selected(SyntaxNode node) => node switch
    {
        IndexSyntax i => i.Operand,
        PartSelectSyntax p => p.Operand,
        _ => null,
    };

    // Halves, quarters and so on to single elements.
    private static void Runs(int at, SyntaxSlot slot, int[] sizes, List<SyntaxEdit> edits)
    {
        for (var run = sizes.Length; run >= 1; run = run == 1 ? 0 : (run + 1) / 2)
        {
            for (var from = 0; from < sizes.Length; from += run)
            {
                var (first, end) = (from, Math.Min(sizes.Length, from + run));
                edits.Add(new(at, sizes[first..end].Sum(), n => slot.With(n, [.. slot.Children(n).Where((_, i) => i < first || i >= end)])));
            }
        }
    }

    private static IEnumerable<(SyntaxNode Node, int Weight)> Replacements(SyntaxNode node)
    {
        var size = Size(node);
        switch (node)
        {
            case NumberSyntax or NameSyntax { Name: "clk" }:
                break;
            case ExpressionSyntax:
                yield return (s_zero, size);
                foreach (var inner in Inner<ExpressionSyntax>(node))
                {
                    yield return (inner, size - Size(inner));
                }

                break;
            case NullStatementSyntax:
                break;
            case StatementSyntax:
                yield return (new NullStatementSyntax(), size);
                foreach (var inner in Inner<StatementSyntax>(node))
                {
                    yield return (inner, size - Size(inner));
                }

                break;
            case DimensionSyntax { Left: NumberSyntax left, Right: NumberSyntax right }
                when int.TryParse(left.Text, out var high) && int.TryParse(right.Text, out var low) && high != low:
                foreach (var end in new[] { low, low + ((high - low) / 2), high - Math.Sign(high - low) }.Distinct())
                {
                    yield return (new DimensionSyntax(new NumberSyntax(end.ToString(CultureInfo.InvariantCulture)), right), 1);
                }

                break;
        }
    }

    private static IEnumerable<T> Inner<T>(SyntaxNode node)
        where T : SyntaxNode =>
        SyntaxSlot.Of(node).SelectMany(s => s.Children(node)).SelectMany(c => c is T found ? [found] : Inner<T>(c));
}
