using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>Walks over expressions that share nodes: each node once, without the call stack.</summary>
internal static class ExpressionWalk
{
    /// <summary>Every node below some roots, operands before what uses them.</summary>
    public static List<Expression> Nodes(IEnumerable<Expression> roots)
    {
        var order = new List<Expression>();
        var seen = new HashSet<Expression>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(Expression Node, bool IsDone)>();
        foreach (var root in roots)
        {
            open.Push((root, false));
            while (open.TryPop(out var top))
            {
                if (top.IsDone)
                {
                    order.Add(top.Node);
                    continue;
                }

                if (!seen.Add(top.Node))
                {
                    continue;
                }

                open.Push((top.Node, true));
                foreach (var child in ExpressionTree.Children(top.Node))
                {
                    open.Push((child, false));
                }
            }
        }

        return order;
    }

    /// <summary>The references below some roots, each once.</summary>
    public static IEnumerable<Reference> References(IEnumerable<Expression> roots) => Nodes(roots).OfType<Reference>();

    /// <summary>The values with nodes put in place of others; nodes that stay the same stay the same objects.</summary>
    public static Func<Expression, Expression> Rewriter(ExpressionFactory f, Func<Expression, Expression?> replace)
    {
        var known = new Dictionary<Expression, Expression>(ReferenceEqualityComparer.Instance);
        return root =>
        {
            if (known.TryGetValue(root, out var done))
            {
                return done;
            }

            var open = new Stack<(Expression Node, bool IsReady)>([(root, false)]);
            while (open.TryPop(out var top))
            {
                if (known.ContainsKey(top.Node))
                {
                    continue;
                }

                if (replace(top.Node) is { } other)
                {
                    known[top.Node] = other;
                    continue;
                }

                var children = ExpressionTree.Children(top.Node);
                if (top.IsReady)
                {
                    known[top.Node] = With(f, top.Node, [.. children.Select(c => known[c])], children);
                    continue;
                }

                open.Push((top.Node, true));
                foreach (var child in children)
                {
                    open.Push((child, false));
                }
            }

            return known[root];
        };
    }

    private static Expression With(ExpressionFactory f, Expression node, Expression[] now, IReadOnlyList<Expression> before)
    {
        var isSame = true;
        for (var i = 0; i < now.Length; i++)
        {
            isSame &= ReferenceEquals(now[i], before[i]);
        }

        return isSame ? node : node switch
        {
            Unary u => f.Remake(u.Operator, now[0]),
            Binary b => f.Remake(b.Operator, now[0], now[1]),
            Mux => f.Mux(now[0], now[1], now[2]),
            Slice s => f.Slice(now[0], s.Low, s.Width),
            Concat => f.Concat(now),
            Extend e => f.Extend(now[0], e.Width, e.Signed),
            MemoryWord m => f.MemoryWord(m.Memory, now[0], m.Width),
            _ => node,
        };
    }
}
