using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>Walks over expressions.</summary>
internal static class ExpressionParts
{
    /// <summary>The expression itself and all inside of it.</summary>
    public static IEnumerable<ExpressionSyntax> Within(ExpressionSyntax expression)
    {
        var open = new Stack<ExpressionSyntax>([expression]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var inner in Inner(next))
            {
                open.Push(inner);
            }
        }
    }

    /// <summary>The simple names inside.</summary>
    public static IEnumerable<string> Names(ExpressionSyntax expression) =>
        Within(expression).OfType<NameSyntax>().Select(n => n.Name);

    /// <summary>The expression without parentheses.</summary>
    public static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (expression is ParenthesisSyntax inner)
        {
            expression = inner.Operand;
        }

        return expression;
    }

    /// <summary>The name that a chain of selects and members begins with; null for anything else.</summary>
    public static NameSyntax? Root(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case NameSyntax name:
                    return name;
                case IndexSyntax index:
                    expression = index.Operand;
                    break;
                case PartSelectSyntax part:
                    expression = part.Operand;
                    break;
                case MemberSyntax member:
                    expression = member.Operand;
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>The expressions directly inside.</summary>
    public static IEnumerable<ExpressionSyntax> Inner(ExpressionSyntax expression) => expression switch
    {
        MemberSyntax e => [e.Operand],
        IndexSyntax e => [e.Operand, e.Index],
        PartSelectSyntax e => [e.Operand, e.Left, e.Right],
        UnarySyntax e => [e.Operand],
        BinarySyntax e => [e.Left, e.Right],
        ConditionalSyntax e => [e.Condition, e.WhenTrue, e.WhenFalse],
        ParenthesisSyntax e => [e.Operand],
        ConcatenationSyntax e => e.Parts,
        ReplicationSyntax e => [e.Count, .. e.Parts],
        CallSyntax e => e.Arguments.Select(a => a.Value).OfType<ExpressionSyntax>().Prepend(e.Function),
        SystemCallSyntax e => e.Arguments,
        CastSyntax e => [e.Target, e.Operand],
        SignCastSyntax e => [e.Operand],
        InsideSyntax e => [e.Operand, .. e.Items],
        ValueRangeSyntax e => new[] { e.Low, e.High }.OfType<ExpressionSyntax>(),
        AssignmentPatternSyntax e => e.Items.SelectMany(i => new[] { i.Key, i.Value }).OfType<ExpressionSyntax>(),
        PatternReplicationSyntax e => [e.Count, .. e.Items],
        MinTypMaxSyntax e => [e.Minimum, e.Typical, e.Maximum],
        DelayValuesSyntax e => e.Values,
        StreamSyntax e => e.Slice is null ? e.Parts : [e.Slice, .. e.Parts],
        _ => [],
    };
}
