using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Netlists;

/// <summary>The names that expressions read, remembered for each expression because instances share them.</summary>
internal sealed class References
{
    private readonly Dictionary<Expression, string[]> _known = new(ReferenceEqualityComparer.Instance);

    public string[] Of(Expression expression)
    {
        if (_known.TryGetValue(expression, out var names))
        {
            return names;
        }

        var found = new HashSet<string>();
        // Sub-expressions may be shared objects: each is visited once, or deep sharing would take exponential time.
        var seen = new HashSet<Expression>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Expression>([expression]);
        while (open.TryPop(out var next))
        {
            if (!seen.Add(next))
            {
                continue;
            }

            if (next is Reference reference)
            {
                found.Add(reference.Name);
            }

            foreach (var operand in ExpressionOperands.Of(next))
            {
                open.Push(operand);
            }
        }

        return _known[expression] = [.. found];
    }
}
