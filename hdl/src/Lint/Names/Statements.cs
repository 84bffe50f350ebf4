using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>Walks over statements.</summary>
internal static class Statements
{
    /// <summary>The statement itself and all inside of it, in reading order.</summary>
    public static IEnumerable<StatementSyntax> Within(StatementSyntax statement)
    {
        var open = new Stack<StatementSyntax>([statement]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var inner in Inner(next).Reverse())
            {
                open.Push(inner);
            }
        }
    }

    /// <summary>The statement without blocks that hold only it.</summary>
    public static StatementSyntax Only(StatementSyntax statement)
    {
        while (statement is BlockSyntax { Declarations.Count: 0 } block
            && block.Statements.Where(s => s is not NullStatementSyntax).ToList() is [var only])
        {
            statement = only;
        }

        return statement;
    }

    /// <summary>The statements directly inside.</summary>
    public static IEnumerable<StatementSyntax> Inner(StatementSyntax statement) => statement switch
    {
        BlockSyntax s => s.Statements,
        ForkSyntax s => s.Statements,
        IfSyntax s => s.Else is null ? [s.Then] : [s.Then, s.Else],
        CaseSyntax s => s.Items.Select(i => i.Body),
        ForSyntax s => [.. s.Initial, .. s.Steps, s.Body],
        ForeachSyntax s => [s.Body],
        WhileSyntax s => [s.Body],
        DoWhileSyntax s => [s.Body],
        RepeatSyntax s => [s.Body],
        ForeverSyntax s => [s.Body],
        TimedStatementSyntax s => [s.Body],
        WaitSyntax s => [s.Body],
        AssertSyntax s => new[] { s.Then, s.Else }.OfType<StatementSyntax>(),
        _ => [],
    };

    /// <summary>The values that a statement reads itself, apart from what an assignment writes.</summary>
    public static IEnumerable<ExpressionSyntax> Values(StatementSyntax statement) => statement switch
    {
        IfSyntax s => [s.Condition],
        CaseSyntax s => [s.Selector, .. s.Items.SelectMany(i => i.Labels)],
        ForSyntax { Condition: { } condition } => [condition],
        ForeachSyntax s => [s.Array],
        WhileSyntax s => [s.Condition],
        DoWhileSyntax s => [s.Condition],
        RepeatSyntax s => [s.Count],
        ReturnSyntax { Value: { } value } => [value],
        AssertSyntax s => [s.Condition],
        WaitSyntax s => [s.Condition],
        ProceduralAssignSyntax { Value: { } value } => [value],
        TimedStatementSyntax { Timing: EventControlSyntax control } => control.Terms.Select(t => t.Signal),
        TimedStatementSyntax { Timing: DelaySyntax delay } => [delay.Delay],
        _ => [],
    };
}
