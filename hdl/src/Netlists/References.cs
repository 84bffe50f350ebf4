using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Netlists;

/// <summary>The names that expressions read, remembered for each expression because instances share them.</summary>
public sealed class References
{
    private readonly Dictionary<Expression, Names> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The signals that an expression reads.</summary>
    public IReadOnlyList<string> Of(Expression expression) => NamesOf(expression).Signals;

    /// <summary>The memories that an expression reads.</summary>
    public IReadOnlyList<string> MemoriesOf(Expression expression) => NamesOf(expression).Memories;

    private Names NamesOf(Expression expression)
    {
        if (_known.TryGetValue(expression, out var names))
        {
            return names;
        }

        var (signals, memories) = (new HashSet<string>(), new HashSet<string>());
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
                signals.Add(reference.Name);
            }
            else if (next is MemoryWord word)
            {
                memories.Add(word.Memory);
            }

            foreach (var operand in ExpressionOperands.Of(next))
            {
                open.Push(operand);
            }
        }

        return _known[expression] = new([.. signals], [.. memories]);
    }

    private sealed record Names(string[] Signals, string[] Memories);
}
