using System.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Printing;

internal sealed partial class SyntaxText
{
    private void Lines(
        EquatableArray<ItemSyntax> declarations, EquatableArray<StatementSyntax> statements, EquatableArray<string> closing)
    {
        _indent++;
        foreach (var declaration in declarations)
        {
            Line();
            Item(declaration);
        }

        foreach (var statement in statements)
        {
            Line();
            Statement(statement);
        }

        _indent--;
        Closing(closing);
        Line();
    }

    // A statement that another one governs: on the same line when it is a block or timed, else on the next.
    private void Body(StatementSyntax body)
    {
        var isPlain = body is { Comments.Count: 0, Attributes.Count: 0 };
        if (isPlain && body is BlockSyntax or TimedStatementSyntax or NullStatementSyntax { Ignored.Count: 0 })
        {
            Write(" ").Statement(body);
            return;
        }

        _indent++;
        Line();
        Statement(body);
        _indent--;
    }

    private void Statement(StatementSyntax statement)
    {
        Comments(statement.Comments);
        Attributes(statement.Attributes);
        switch (statement)
        {
            case BlockSyntax block:
                Write("begin").Label(block.Name);
                Lines(block.Declarations, block.Statements, block.ClosingComments);
                Write("end");
                break;
            case ForkSyntax fork:
                Write("fork").Label(fork.Name);
                Lines([], fork.Statements, fork.ClosingComments);
                Write(fork.Join);
                break;
            case IfSyntax choice:
                If(choice);
                break;
            case CaseSyntax choice:
                Case(choice);
                break;
            case ForSyntax or ForeachSyntax or WhileSyntax or DoWhileSyntax or RepeatSyntax or ForeverSyntax:
                Loop(statement);
                break;
            case AssertSyntax assertion:
                Assert(assertion);
                break;
            case TimedStatementSyntax { Timing: DelaySyntax delay, Body: { Comments.Count: 0 } body } when body is not IfSyntax:
                Timing(delay);
                Write(" ").Statement(body);
                break;
            case TimedStatementSyntax timed:
                Timing(timed.Timing);
                Body(timed.Body);
                break;
            case WaitSyntax wait:
                Write("wait (").Expression(wait.Condition);
                Write(")").Body(wait.Body);
                break;
            case NullStatementSyntax { Ignored: { Count: > 0 } lines }:
                Ignored(lines);
                break;
            default:
                Simple(statement);
                Write(";");
                break;
        }
    }

    // Statements that end in a semicolon, without it.
    private void Simple(StatementSyntax statement)
    {
        switch (statement)
        {
            case NullStatementSyntax:
                break;
            case AssignmentSyntax or IncrementSyntax:
                Step(statement);
                break;
            case ProceduralAssignSyntax assign:
                Write(assign.Keyword).Write(" ").Expression(assign.Target);
                Value(assign.Value);
                break;
            case CallStatementSyntax { IsVoidCast: true } call:
                Write("void'(").Expression(call.Call);
                Write(")");
                break;
            case CallStatementSyntax { Call: CallSyntax { Arguments.Count: 0 } call }:
                Expression(call.Function);
                break;
            case CallStatementSyntax call:
                Expression(call.Call);
                break;
            case SystemTaskSyntax task:
                SystemTask(task);
                break;
            case ReturnSyntax result:
                Write("return").Write(result.Value is null ? "" : " ");
                if (result.Value is not null)
                {
                    Expression(result.Value);
                }

                break;
            case BreakSyntax:
                Write("break");
                break;
            case ContinueSyntax:
                Write("continue");
                break;
            case DisableSyntax disable:
                Write("disable ").Path(disable.Name);
                break;
            case DeclarationStatementSyntax declaration:
                Variable(declaration.Declaration);
                break;
            case EventTriggerSyntax trigger:
                Write("-> ").Expression(trigger.Event);
                break;
            default:
                throw new UnreachableException($"statement {statement.GetType().Name}");
        }
    }

    private void Path(string path)
    {
        var steps = path.Split('.');
        for (var i = 0; i < steps.Length; i++)
        {
            Write(i == 0 ? "" : ".").Name(steps[i]);
        }
    }

    // An assignment or increment without its semicolon.
    private void Step(StatementSyntax step)
    {
        switch (step)
        {
            case AssignmentSyntax assignment:
                Expression(assignment.Target);
                Write($" {assignment.Operator} ");
                if (assignment.Delay is not null)
                {
                    Timing(assignment.Delay);
                    Write(" ");
                }

                Expression(assignment.Value);
                break;
            case IncrementSyntax increment:
                Expression(increment.Target);
                Write(increment.Operator);
                break;
            default:
                throw new UnreachableException($"step {step.GetType().Name}");
        }
    }

    private void If(IfSyntax choice)
    {
        Write(choice.Qualifier is null ? "if (" : $"{choice.Qualifier} if (").Expression(choice.Condition);
        Write(")").Body(choice.Then);
        if (choice.Else is { } other)
        {
            Else(choice.Then is BlockSyntax { Comments.Count: 0, Attributes.Count: 0 });
            ElseBody(other);
        }
    }

    private void ElseBody(StatementSyntax body)
    {
        if (body is IfSyntax { Comments.Count: 0, Attributes.Count: 0 } next)
        {
            Write(" ").If(next);
        }
        else
        {
            Body(body);
        }
    }

    private void Case(CaseSyntax choice)
    {
        Write(choice.Qualifier is null ? "" : $"{choice.Qualifier} ").Write(choice.Keyword).Write(" (").Expression(choice.Selector);
        Write(")").Write(choice.IsInside ? " inside" : "");
        _indent++;
        foreach (var item in choice.Items)
        {
            Line();
            Comments(item.Comments);
            Write(item.Labels.Count == 0 ? "default" : "").Expressions(item.Labels);
            Write(":");
            if (item.Body is AssignmentSyntax or CallStatementSyntax or SystemTaskSyntax { Comments.Count: 0 } && item.Body.Comments.Count == 0)
            {
                Write(" ").Statement(item.Body);
            }
            else
            {
                Body(item.Body);
            }
        }

        _indent--;
        Closing(choice.ClosingComments);
        Line();
        Write("endcase");
    }

    private void Loop(StatementSyntax loop)
    {
        switch (loop)
        {
            case ForSyntax each:
                Write("for (");
                if (each.Initial is [DeclarationStatementSyntax declaration])
                {
                    Variable(declaration.Declaration);
                }
                else
                {
                    Separated(each.Initial, Step);
                }

                Write(";").Write(each.Condition is null ? "" : " ");
                if (each.Condition is not null)
                {
                    Expression(each.Condition);
                }

                Write(";").Write(each.Steps.Count == 0 ? "" : " ").Separated(each.Steps, Step);
                Write(")").Body(each.Body);
                break;
            case ForeachSyntax each:
                Write("foreach (").Expression(each.Array);
                Write("[").Separated(each.Names, n =>
                {
                    if (n is not null)
                    {
                        Name(n);
                    }
                });
                Write("])").Body(each.Body);
                break;
            case WhileSyntax loop1:
                Write("while (").Expression(loop1.Condition);
                Write(")").Body(loop1.Body);
                break;
            case DoWhileSyntax loop1:
                Write("do").Body(loop1.Body);
                Write(" while (").Expression(loop1.Condition);
                Write(");");
                break;
            case RepeatSyntax loop1:
                Write("repeat (").Expression(loop1.Count);
                Write(")").Body(loop1.Body);
                break;
            case ForeverSyntax loop1:
                Write("forever").Body(loop1.Body);
                break;
            default:
                throw new UnreachableException($"loop {loop.GetType().Name}");
        }
    }

    private void Assert(AssertSyntax assertion)
    {
        Write(assertion.Keyword).Write(" (").Expression(assertion.Condition);
        Write(")");
        if (assertion.Then is not null)
        {
            Body(assertion.Then);
        }
        else if (assertion.Else is null)
        {
            Write(";");
        }

        if (assertion.Else is { } other)
        {
            Else(assertion.Then is null or BlockSyntax);
            ElseBody(other);
        }
    }

    private void SystemTask(SystemTaskSyntax task)
    {
        Write(task.Name);
        if (task.Arguments.Count > 0)
        {
            Write("(").Arguments(task.Arguments);
            Write(")");
        }
    }

    private void Timing(TimingSyntax timing)
    {
        switch (timing)
        {
            case DelaySyntax delay:
                Write("#").Expression(delay.Delay);
                break;
            case EventControlSyntax { Terms.Count: 0 }:
                Write("@(*)");
                break;
            case EventControlSyntax control:
                Write("@(");
                for (var i = 0; i < control.Terms.Count; i++)
                {
                    var term = control.Terms[i];
                    Write(i == 0 ? "" : " or ").Write(term.Edge is null ? "" : $"{term.Edge} ").Expression(term.Signal);
                    if (term.Condition is not null)
                    {
                        Write(" iff ").Expression(term.Condition);
                    }
                }

                Write(")");
                break;
            default:
                throw new UnreachableException($"timing {timing.GetType().Name}");
        }
    }
}
