using System.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>Walks over expression trees.</summary>
internal static class ExpressionTree
{
    /// <summary>The operands of a node, left to right.</summary>
    public static IReadOnlyList<Expression> Children(Expression expression) => expression switch
    {
        Constant or Reference => [],
        Unary u => [u.Operand],
        Binary b => [b.Left, b.Right],
        Mux m => [m.Condition, m.WhenTrue, m.WhenFalse],
        Slice s => [s.Operand],
        Concat c => c.Parts,
        Extend e => [e.Operand],
        MemoryWord m => [m.Address],
        _ => throw new UnreachableException($"no operands known for {expression.GetType().Name}"),
    };

    /// <summary>The same node with one operand replaced by a value of equal width.</summary>
    public static Expression WithChild(Expression expression, int index, Expression child) => (expression, index) switch
    {
        (Unary u, 0) => u with { Operand = child },
        (Binary b, 0) => b with { Left = child },
        (Binary b, 1) => b with { Right = child },
        (Mux m, 0) => m with { Condition = child },
        (Mux m, 1) => m with { WhenTrue = child },
        (Mux m, 2) => m with { WhenFalse = child },
        (Slice s, 0) => s with { Operand = child },
        (Concat c, _) => new Concat(c.Parts.Select((p, i) => i == index ? child : p).ToEquatableArray()),
        (Extend e, 0) => e with { Operand = child },
        (MemoryWord m, 0) => m with { Address = child },
        _ => throw new UnreachableException($"{expression.GetType().Name} has no operand {index}"),
    };

    /// <summary>The node and everything below it, a node before its operands; needs no call stack for deep trees.</summary>
    public static IEnumerable<Expression> Nodes(Expression root)
    {
        var waiting = new Stack<Expression>([root]);
        while (waiting.TryPop(out var node))
        {
            yield return node;
            foreach (var child in Children(node).Reverse())
            {
                waiting.Push(child);
            }
        }
    }

    /// <summary>The names that a value reads, in order, with repeats.</summary>
    public static IEnumerable<Reference> References(Expression root) => Nodes(root).OfType<Reference>();
}
