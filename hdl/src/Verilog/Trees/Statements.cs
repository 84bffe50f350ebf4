using System.Diagnostics;
using Antlr4.Runtime;
using HwSeed.Hdl.Verilog.Grammar;
using HwSeed.Hdl.Verilog.Preprocessing;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Trees;

internal sealed partial class TreeBuilder
{
    // Declarations first, then statements.
    private (EquatableArray<ItemSyntax> Declarations, EquatableArray<StatementSyntax> Statements) Code(
        VerilogGrammar.StatementsContext context, bool hasPorts)
    {
        var declarations = new List<ItemSyntax>();
        var statements = new List<StatementSyntax>();
        foreach (var statement in context.statement())
        {
            if (!IsDeclaration(statement.statementBody()))
            {
                statements.Add(Statement(statement));
                continue;
            }

            if (statements.Count > 0)
            {
                Report(VerilogDiagnostics.WrongPlace(Start(statement), "a declaration behind a statement; move it to the start of the block"));
            }

            if (statement.statementBody().portItem() is not null && !hasPorts)
            {
                Report(VerilogDiagnostics.WrongPlace(Start(statement), "a port inside of a block"));
            }

            declarations.AddRange(Declaration(statement));
        }

        return ([.. declarations], [.. statements]);
    }

    private static bool IsDeclaration(VerilogGrammar.StatementBodyContext body) => body.GetChild(0) switch
    {
        VerilogGrammar.VariableItemContext or VerilogGrammar.ParameterItemContext or VerilogGrammar.TypedefItemContext
            or VerilogGrammar.ImportItemContext or VerilogGrammar.PortItemContext => true,
        VerilogGrammar.NameStatementContext name => name.declarator().Length > 0,
        _ => false,
    };

    private List<ItemSyntax> Declaration(VerilogGrammar.StatementContext context)
    {
        var outer = _owner;
        _owner = [.. _comments.Take(Start(context).TokenIndex)];
        var attributes = Attributes(context.attribute());
        List<ItemSyntax> items = context.statementBody().GetChild(0) switch
        {
            VerilogGrammar.ImportItemContext import => [.. import.importTerm().Select(Import)],
            VerilogGrammar.ParameterItemContext parameter => [.. Parameters(parameter)],
            VerilogGrammar.NameStatementContext named => [NamedVariable(named)],
            ParserRuleContext other => [Body(other)],
            _ => throw new UnreachableException("a declaration without content"),
        };
        Own(context.Stop.TokenIndex);
        for (var i = 0; i < items.Count; i++)
        {
            items[i] = items[i] with
            {
                Origin = items.Count == 1 ? At(context) : items[i].Origin,
                Attributes = attributes,
                Comments = i == 0 ? [.. _owner] : [],
            };
        }

        _owner = outer;
        return items;
    }

    private VariableDeclarationSyntax NamedVariable(VerilogGrammar.NameStatementContext context) =>
        new([], TargetAsType(context.target()), [.. context.declarator().Select(Declarator)]);

    // 'type_t [3:0]' was read like the target of an assignment.
    private NamedTypeSyntax TargetAsType(VerilogGrammar.TargetContext context)
    {
        var name = context.scopedName();
        var dimensions = new List<DimensionSyntax>();
        foreach (var suffix in context.suffix())
        {
            if (suffix.Start.Type != VerilogGrammar.OPEN_BRACKET || suffix.PLUS_COLON() is not null || suffix.MINUS_COLON() is not null)
            {
                Report(VerilogDiagnostics.Expected(Start(suffix), "'=', '<=' or ';'", Start(suffix).Shown));
                continue;
            }

            dimensions.Add(new(Expression(suffix.expression(0)), Value(suffix.expression(1))) { Origin = At(suffix) });
        }

        return new(name.ChildCount > 1 ? name.Start.Text : null, name.Stop.Text, [.. dimensions]) { Origin = At(context) };
    }

    private StatementSyntax Statement(VerilogGrammar.StatementContext context)
    {
        if (!Enter(1, context))
        {
            Leave(1);
            return new NullStatementSyntax();
        }

        var outer = _owner;
        _owner = [.. _comments.Take(Start(context).TokenIndex)];
        var attributes = Attributes(context.attribute());
        var statement = Statement((ParserRuleContext)context.statementBody().GetChild(0));
        Own(context.Stop.TokenIndex);
        statement = statement with { Origin = At(context), Attributes = attributes, Comments = [.. _owner] };
        _owner = outer;
        Leave(1);
        return statement;
    }

    // The statement that another one governs. Blocks, timed statements and 'else if' take no comments there: those go on
    // to the first statement inside.
    private StatementSyntax Body(VerilogGrammar.StatementContext context, bool isElse = false)
    {
        var body = (ParserRuleContext)context.statementBody().GetChild(0);
        var passes = body is VerilogGrammar.BlockContext or VerilogGrammar.TimedStatementContext
            || (isElse && body is VerilogGrammar.QualifiedStatementContext qualified && qualified.ifStatement() is not null);
        if (!passes || context.attribute().Length > 0)
        {
            return Statement(context);
        }

        var statement = Enter(1, context) ? Statement(body) with { Origin = At(context) } : new NullStatementSyntax();
        Leave(1);
        return statement;
    }

    private static VerilogGrammar.EndLabelContext? BeginLabel(VerilogGrammar.BlockContext context) =>
        context.endLabel() is [var first, ..] && first.Start.TokenIndex == context.Start.TokenIndex + 1 ? first : null;

    private StatementSyntax Statement(ParserRuleContext context) => context switch
    {
        VerilogGrammar.NullStatementContext => new NullStatementSyntax(),
        VerilogGrammar.TimedAssertionContext => new NullStatementSyntax { Ignored = Ignored(context, Start(context)) },
        VerilogGrammar.BlockContext block => Block(block, null),
        VerilogGrammar.ForkContext fork => Fork(fork),
        VerilogGrammar.QualifiedStatementContext qualified => Qualified(qualified),
        VerilogGrammar.ForStatementContext loop => For(loop),
        VerilogGrammar.ForeachStatementContext loop => Foreach(loop),
        VerilogGrammar.WhileStatementContext loop => new WhileSyntax(Condition(loop.condition()), Body(loop.statement())),
        VerilogGrammar.DoStatementContext loop => new DoWhileSyntax(Body(loop.statement()), Condition(loop.condition())),
        VerilogGrammar.RepeatStatementContext loop => new RepeatSyntax(Condition(loop.condition()), Body(loop.statement())),
        VerilogGrammar.ForeverStatementContext loop => new ForeverSyntax(Body(loop.statement())),
        VerilogGrammar.TimedStatementContext timed => new TimedStatementSyntax(Timing(timed.timing()), Body(timed.statement())),
        VerilogGrammar.WaitStatementContext wait => new WaitSyntax(Condition(wait.condition()), Body(wait.statement())),
        VerilogGrammar.TriggerStatementContext trigger => new EventTriggerSyntax(Target(trigger.target())),
        VerilogGrammar.ProceduralAssignContext assign => new ProceduralAssignSyntax(
            assign.Start.Text, AnyTarget(assign.anyTarget()), Value(assign.expression())),
        VerilogGrammar.DisableStatementContext disable => new DisableSyntax(string.Join('.', disable.IDENTIFIER().Select(Text))),
        VerilogGrammar.ReturnStatementContext result => new ReturnSyntax(Value(result.expression())),
        VerilogGrammar.JumpStatementContext jump => jump.BREAK() is not null ? new BreakSyntax() : new ContinueSyntax(),
        VerilogGrammar.AssertionContext assertion => Assertion(assertion),
        VerilogGrammar.SystemTaskContext task => SystemTask(task),
        VerilogGrammar.VoidCallContext call => new CallStatementSyntax(Expression(call.expression()), true),
        VerilogGrammar.PrefixIncrementContext step => new IncrementSyntax(Target(step.target()), step.incrementOperator().Start.Text),
        VerilogGrammar.ConcatenationAssignmentContext assign => Assignment(
            assign.concatenation() is { } parts ? Concatenation(parts) : Pattern(assign.pattern()), assign.assignTail()),
        VerilogGrammar.NameStatementContext named => NameStatement(named),
        _ => Misplaced(context),
    };

    private NullStatementSyntax Misplaced(ParserRuleContext context)
    {
        Report(VerilogDiagnostics.WrongPlace(Start(context), "a declaration where one statement must stand; put both into begin and end"));
        return new();
    }

    private ExpressionSyntax Condition(VerilogGrammar.ConditionContext context) => Expression(context.expression());

    private BlockSyntax Block(VerilogGrammar.BlockContext context, string? label)
    {
        var begin = BeginLabel(context);
        var name = begin is null ? label : Text(begin.IDENTIFIER());
        var (declarations, statements) = Code(context.statements(), false);
        CheckEnd(context.endLabel().FirstOrDefault(l => l != begin), name);
        return new(name, declarations, statements) { ClosingComments = Closing(context) };
    }

    private ForkSyntax Fork(VerilogGrammar.ForkContext context)
    {
        var begin = context.endLabel().FirstOrDefault(l => l.Start.TokenIndex == context.Start.TokenIndex + 1);
        var name = begin is null ? null : Text(begin.IDENTIFIER());
        var (declarations, statements) = Code(context.statements(), false);
        if (declarations.Count > 0)
        {
            Report(VerilogDiagnostics.Unsupported(Start(context), "declarations in fork; put begin and end around it"));
        }

        CheckEnd(context.endLabel().FirstOrDefault(l => l != begin), name);
        var join = (context.JOIN() ?? context.JOIN_ANY() ?? context.JOIN_NONE()).GetText();
        return new(name, statements, join) { ClosingComments = Closing(context) };
    }

    private StatementSyntax Qualified(VerilogGrammar.QualifiedStatementContext context)
    {
        var qualifier = context.GetChild(0) is Antlr4.Runtime.Tree.ITerminalNode word ? Text(word) : null;
        if (context.ifStatement() is { } choice)
        {
            var condition = Condition(choice.condition());
            var then = Body(choice.statement());
            return new IfSyntax(qualifier, condition, then, choice.elsePart().statement() is { } other ? Body(other, true) : null);
        }

        var cases = context.caseStatement();
        var selector = Condition(cases.condition());
        var items = cases.caseItem().Select(i => Part(i, () => new CaseItemSyntax(
            [.. i.valueRange().Select(ValueRange)], Body(i.statement())))).ToEquatableArray();
        return new CaseSyntax(qualifier, cases.Start.Text, selector, cases.INSIDE() is not null, items)
        {
            ClosingComments = Closing(cases),
        };
    }

    private ForSyntax For(VerilogGrammar.ForStatementContext context)
    {
        var loop = context.forLoop();
        var initial = loop.forInitial() is { } first ? Initial(first) : [];
        var condition = Value(loop.expression());
        return new(initial, condition, [.. loop.loopStep().Select(LoopStep)], Body(context.statement()));
    }

    private EquatableArray<StatementSyntax> Initial(VerilogGrammar.ForInitialContext context)
    {
        if (context.keywordType() is [var type, .. var others])
        {
            if (others.FirstOrDefault(o => KeywordType(o) != KeywordType(type)) is { } other)
            {
                Report(VerilogDiagnostics.Unsupported(Start(other), "loop variables of different types; declare one before the loop"));
            }

            return [new DeclarationStatementSyntax(new(
                context.VAR() is null ? [] : ["var"], KeywordType(type), [.. context.declarator().Select(Declarator)])
            {
                Origin = At(context),
            }) { Origin = At(context) }];
        }

        if (context.forNameInitial() is [{ } named] && named.declarator() is { } declarator)
        {
            return [new DeclarationStatementSyntax(new([], TargetAsType(named.target()), [Declarator(declarator)]) { Origin = At(context) }) { Origin = At(context) }];
        }

        var result = new List<StatementSyntax>();
        foreach (var initial in context.forNameInitial())
        {
            if (initial.declarator() is not null)
            {
                Report(VerilogDiagnostics.Unsupported(Start(initial), "several declarations in the head of a loop; declare one before the loop"));
                continue;
            }

            result.Add(new AssignmentSyntax(
                Target(initial.target()), initial.assignOperator().Start.Text, null, Expression(initial.expression()))
            { Origin = At(initial) });
        }

        return [.. result];
    }

    private StatementSyntax LoopStep(VerilogGrammar.LoopStepContext context)
    {
        var target = Target(context.target());
        return context.incrementOperator() is { } step
            ? new IncrementSyntax(target, step.Start.Text) { Origin = At(context) }
            : new AssignmentSyntax(target, context.assignOperator().Start.Text, null, Expression(context.expression())) { Origin = At(context) };
    }

    private ForeachSyntax Foreach(VerilogGrammar.ForeachStatementContext context)
    {
        ExpressionSyntax array = new NameSyntax(Text(context.IDENTIFIER(0))) { Origin = At(Token(context.IDENTIFIER(0)), Token(context.IDENTIFIER(0))) };
        foreach (var member in context.IDENTIFIER().Skip(1))
        {
            array = new MemberSyntax(array, Text(member)) { Origin = Span(array.Origin, At(Token(member), Token(member))) };
        }

        return new(array, [.. context.foreachName().Select(n => n.IDENTIFIER()?.GetText())], Body(context.statement()));
    }

    private AssertSyntax Assertion(VerilogGrammar.AssertionContext context)
    {
        var condition = Condition(context.condition());
        var keyword = context.Start.Text
            + (context.NUMBER() is { } delay ? $" #{delay.GetText()}" : context.GetChild(1) is Antlr4.Runtime.Tree.ITerminalNode ? " final" : "");
        if (context.elsePart() is not { } elsePart)
        {
            return new(keyword, condition, null, Body(context.statement(), true));
        }

        var then = Body(context.statement());
        var isEmpty = then is NullStatementSyntax { Comments.Count: 0, Attributes.Count: 0, Ignored.Count: 0 };
        return new(
            keyword, condition, isEmpty ? null : then, elsePart.statement() is { } other ? Body(other, true) : null);
    }

    private SystemTaskSyntax SystemTask(VerilogGrammar.SystemTaskContext context) =>
        new(Text(context.SYSTEM()), context.arguments() is { } arguments ? Arguments(arguments) : []);

    private AssignmentSyntax Assignment(ExpressionSyntax target, VerilogGrammar.AssignTailContext tail) => new(
        target, tail.assignOperator().Start.Text, tail.timing() is { } timing ? Timing(timing) : null, Expression(tail.expression()));

    private StatementSyntax NameStatement(VerilogGrammar.NameStatementContext context)
    {
        if (context.statement() is { } labelled)
        {
            if (context.target().ChildCount > 1 || context.target().scopedName().ChildCount > 1)
            {
                Report(VerilogDiagnostics.Syntax(Start(context), "a label is a simple name"));
            }

            return labelled.statementBody().block() is { } block && labelled.attribute().Length == 0
                ? Block(block, context.Start.Text)
                : Statement(labelled);
        }

        if (context.declarator().Length > 0)
        {
            return Misplaced(context);
        }

        var target = Target(context.target());
        if (context.assignTail() is { } tail)
        {
            return Assignment(target, tail);
        }

        if (context.incrementOperator() is { } step)
        {
            return new IncrementSyntax(target, step.Start.Text);
        }

        if (target is not (CallSyntax or NameSyntax or ScopedNameSyntax or MemberSyntax))
        {
            Report(VerilogDiagnostics.Expected((VerilogToken)context.Stop, "'=' or '<='", ((VerilogToken)context.Stop).Shown));
        }

        return new CallStatementSyntax(target is CallSyntax ? target : new CallSyntax(target, []) { Origin = target.Origin }, false);
    }

    private TimingSyntax Timing(VerilogGrammar.TimingContext context)
    {
        if (context.delay() is { } delay)
        {
            return new DelaySyntax(Delay(delay)) { Origin = At(context) };
        }

        var control = context.eventControl();
        var names = control.IDENTIFIER();
        if (names.Length == 0)
        {
            return new EventControlSyntax([.. control.eventTerm().Select(EventTerm)]) { Origin = At(context) };
        }

        ExpressionSyntax signal = new NameSyntax(Text(names[0])) { Origin = At(Token(names[0]), Token(names[0])) };
        foreach (var name in names.Skip(1))
        {
            signal = new MemberSyntax(signal, Text(name)) { Origin = Span(signal.Origin, At(Token(name), Token(name))) };
        }

        return new EventControlSyntax([new EventTermSyntax(null, signal, null) { Origin = signal.Origin }]) { Origin = At(context) };
    }

    private EventTermSyntax EventTerm(VerilogGrammar.EventTermContext context) => new(
        context.GetChild(0) is Antlr4.Runtime.Tree.ITerminalNode edge ? Text(edge) : null,
        Expression(context.expression(0)), Value(context.expression(1)))
    { Origin = At(context) };

    private ExpressionSyntax Delay(VerilogGrammar.DelayContext context)
    {
        var token = (VerilogToken)context.Stop;
        if (context.scopedName() is { } name)
        {
            return ScopedName(name);
        }

        if (context.NUMBER() is not null)
        {
            return new NumberSyntax(token.Text) { Origin = At(token, token) };
        }

        if (context.REAL_NUMBER() is not null)
        {
            return new RealSyntax(token.Text) { Origin = At(token, token) };
        }

        var origin = At((VerilogToken)context.OPEN_PARENTHESIS().Symbol, token);
        return context.delayValue() is [var only]
            ? new ParenthesisSyntax(DelayValue(only)) { Origin = origin }
            : new DelayValuesSyntax([.. context.delayValue().Select(DelayValue)]) { Origin = origin };
    }

    private ExpressionSyntax DelayValue(VerilogGrammar.DelayValueContext context) => context.expression(1) is null
        ? Expression(context.expression(0))
        : new MinTypMaxSyntax(Expression(context.expression(0)), Expression(context.expression(1)), Expression(context.expression(2)))
        {
            Origin = At(context),
        };
}
