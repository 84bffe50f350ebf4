using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>Statements.</summary>
internal sealed partial class Execution
{
    /// <summary>Makes the signal of a variable that is declared in a block of a process and keeps its value; null where none does.</summary>
    public Func<VariableDeclarationSyntax, DeclaratorSyntax, Scope, Signal>? DeclareStatic { get; init; }

    /// <summary>Executes a statement.</summary>
    public void Execute(StatementSyntax statement, Scope scope)
    {
        Context.Budget.SpendStep(statement);
        BindingBudget.RequireStack(statement);
        try
        {
            Cover(statement);
            Do(statement, scope);
        }
        catch (BindingException e) when (Mode != ExecutionMode.Constant && !BindingDiagnostics.EndsAll(e.Diagnostic))
        {
            Context.Report(e.Diagnostic);
        }
    }

    /// <summary>Executes statements one after the other.</summary>
    public void Execute(IReadOnlyList<StatementSyntax> statements, Scope scope, int from = 0)
    {
        for (var i = from; i < statements.Count; i++)
        {
            var live = Live;
            if (IsFalse(live))
            {
                return;
            }

            if (!IsTrue(live))
            {
                var rest = i;
                WhileLive(() => Execute(statements, scope, rest));
                return;
            }

            Execute(statements[i], scope);
        }
    }

    private void Do(StatementSyntax statement, Scope scope)
    {
        switch (statement)
        {
            case NullStatementSyntax:
                break;
            case BlockSyntax block:
                Block(block, scope);
                break;
            case AssignmentSyntax assignment:
                Assign(assignment, scope);
                break;
            case IncrementSyntax increment:
                Increment(increment, scope);
                break;
            case IfSyntax branch:
                If(branch, scope);
                break;
            case CaseSyntax choice:
                Case(choice, scope);
                break;
            case ForSyntax loop:
                For(loop, scope);
                break;
            case ForeachSyntax loop:
                Foreach(loop, scope);
                break;
            case WhileSyntax loop:
                Loop(() => Context.Expressions.Bind(loop.Condition, scope).Truth(this), loop.Body, scope, null, null, loop);
                break;
            case DoWhileSyntax loop:
                var first = true;
                Loop(() => first ? Factory.True : Context.Expressions.Bind(loop.Condition, scope).Truth(this), loop.Body, scope, () => first = false, null, loop);
                break;
            case RepeatSyntax loop:
                Repeat(loop, scope);
                break;
            case ForeverSyntax loop:
                Loop(() => Factory.True, loop.Body, scope, null, null, loop);
                break;
            case CallStatementSyntax call:
                CallAsStatement(call, scope);
                break;
            case SystemTaskSyntax task:
                SystemTasks.Execute(task, scope, this);
                break;
            case ReturnSyntax result:
                Return(result, scope);
                break;
            case BreakSyntax:
                Jump(RegionKind.Loop, null, statement);
                break;
            case ContinueSyntax:
                Jump(RegionKind.Turn, null, statement);
                break;
            case DisableSyntax disable:
                Jump(RegionKind.Block, disable.Name, statement);
                break;
            case AssertSyntax assertion:
                Context.Report(BindingDiagnostics.AssertionIgnored(assertion.Keyword, assertion.Origin.Span));
                break;
            case TimedStatementSyntax { Timing: DelaySyntax delay } timed when IsIgnored(delay, scope):
                Execute(timed.Body, scope);
                break;
            case DeclarationStatementSyntax declaration:
                DeclareLocals([declaration.Declaration], scope);
                break;
            default:
                throw new BindingException(BindingDiagnostics.UnsupportedStatement(NameOf(statement), statement.Origin.Span));
        }
    }

    /// <summary>A delay of zero means nothing; in a process that waits for something else any delay is ignored as those of assignments are.</summary>
    private bool IsIgnored(DelaySyntax delay, Scope scope)
    {
        if (delay.Delay is RealSyntax or NumberSyntax && Context.Expressions.Constant(delay.Delay, scope) is { Bits.Unsigned.IsZero: true, Real: null or 0 })
        {
            return true;
        }

        if (Mode is ExecutionMode.Initial or ExecutionMode.Constant)
        {
            return false;
        }

        Context.Report(BindingDiagnostics.DelayIgnored(delay.Origin.Span));
        return true;
    }

    private static string NameOf(StatementSyntax statement) => statement switch
    {
        TimedStatementSyntax { Timing: DelaySyntax } => "a delay inside of a process",
        TimedStatementSyntax => "an event control inside of a process",
        WaitSyntax => "'wait'",
        ForkSyntax => "'fork'",
        EventTriggerSyntax => "the trigger of an event",
        ProceduralAssignSyntax p => $"procedural '{p.Keyword}'",
        _ => "this statement",
    };

    private void Cover(StatementSyntax statement)
    {
        if (Context.Options.CoverPoints && Mode is ExecutionMode.Clocked or ExecutionMode.Combinational
            && Context.Options.CoverPoints && _calls.Count == 0 && statement is not (BlockSyntax or NullStatementSyntax or DeclarationStatementSyntax))
        {
            Covered.Add((statement.Origin, State.Path.Value(Factory)));
        }
    }

    private void Block(BlockSyntax block, Scope scope)
    {
        if (block.Name is null && block.Declarations.Count == 0)
        {
            Execute(block.Statements, scope);
            return;
        }

        if (scope.Bound.TryGetValue(block, out var known))
        {
            Enter((Scope)known);
            return;
        }

        var name = block.Name ?? $"unnblk{scope.Bound.Count}";
        var inner = new Scope(name, scope) { IsProcedural = true, Path = $"{scope.Path}{name}." };
        DeclareLocals(block.Declarations, inner);
        scope.Bound[block] = inner;
        Enter(inner);

        void Enter(Scope blockScope)
        {
            var locals = blockScope.Symbols.Values.OfType<SignalSymbol>().Select(s => s.Signal).Where(s => s.Kind == SignalKind.Local).ToList();
            foreach (var local in locals)
            {
                Begin(local);
            }

            if (block.Name is null)
            {
                Execute(block.Statements, blockScope);
            }
            else
            {
                Within(new(RegionKind.Block, block.Name), () => Execute(block.Statements, blockScope));
            }

            Forget(locals);
        }
    }

    /// <summary>Declares the names of a block: variables begin anew each time, or keep their value where they are static.</summary>
    public void DeclareLocals(IReadOnlyList<ItemSyntax> items, Scope scope)
    {
        foreach (var item in items)
        {
            var isStatic = item is VariableDeclarationSyntax v && _calls.Count == 0 && DeclareStatic is not null && !v.Modifiers.Contains("automatic")
                && (v.Modifiers.Contains("static") || v.Declarators.All(d => d.Value is null));
            if (!isStatic)
            {
                Context.Declarations.Local(item, scope, _calls.Count > 0 ? _calls[^1].Variables : null);
                continue;
            }

            var variable = (VariableDeclarationSyntax)item;
            Context.Declarations.EnumNames(variable.Type, scope);
            foreach (var declarator in variable.Declarators)
            {
                var signal = DeclareStatic!(variable, declarator, scope);
                Context.Declarations.Declare(scope, new SignalSymbol(declarator.Name, declarator, () => signal));
            }
        }
    }

    /// <summary>Gives a local variable its first value.</summary>
    private void Begin(Signal local)
    {
        if (local.Initial is { } initial)
        {
            var value = Context.Expressions.BindAssigned(initial.Value, initial.Scope, local.Type).Assigned(this, local.Type.Width);
            SetWhole(local, value);
            return;
        }

        foreach (var cell in local.Cells)
        {
            State.Set(cell, new(Factory.Constant(0, cell.Width)));
        }
    }

    private void SetWhole(Signal signal, Expression value)
    {
        foreach (var cell in signal.Cells)
        {
            State.Set(cell, new(Factory.Slice(value, cell.Index * cell.Width, cell.Width)));
        }
    }

    private Expression Whole(Signal signal) => Factory.Concat([.. signal.Cells.Reverse().Select(c => Values(c).Whole(Factory))]);

    private void Forget(IEnumerable<Signal> locals)
    {
        foreach (var cell in locals.SelectMany(l => l.Cells))
        {
            State.Clear(cell);
        }
    }

    private void Assign(AssignmentSyntax syntax, Scope scope)
    {
        if (syntax.Delay is EventControlSyntax)
        {
            throw new BindingException(BindingDiagnostics.UnsupportedStatement("an event control inside of an assignment", syntax.Delay.Origin.Span));
        }

        if (syntax.Delay is not null)
        {
            Context.Report(BindingDiagnostics.DelayIgnored(syntax.Delay.Origin.Span));
        }

        var target = Context.Expressions.BindTarget(syntax.Target, scope);
        CheckTarget(target, syntax);
        var isNext = syntax.Operator == "<=";
        Bound value;
        if (isNext || syntax.Operator == "=")
        {
            value = target is SelectTarget { Select.Type: var type }
                ? Context.Expressions.BindAssigned(syntax.Value, scope, type)
                : Context.Expressions.Bind(syntax.Value, scope);
            if (!scope.Checked.Contains(syntax))
            {
                Checks.Assignment(Context, target, value, syntax);
                scope.Checked.Add(syntax);
            }
        }
        else if (scope.Bound.TryGetValue(syntax, out var known))
        {
            value = (Bound)known;
        }
        else
        {
            value = Context.Expressions.Compound(syntax, scope);
            scope.Bound[syntax] = value;
        }

        target.Assign(this, value.Assigned(this, target.Width), isNext);
    }

    private void Increment(IncrementSyntax syntax, Scope scope)
    {
        var target = Context.Expressions.BindTarget(syntax.Target, scope);
        CheckTarget(target, syntax);
        var old = Context.Expressions.Bind(syntax.Target, scope).Self(this);
        var one = Factory.Constant(1, old.Width);
        target.Assign(this, syntax.Operator == "++" ? Factory.Add(old, one) : Factory.Subtract(old, one), isNext: false);
    }

    private void CheckTarget(Target target, SyntaxNode where)
    {
        foreach (var select in target.Selects)
        {
            var signal = select.Signal!;
            if (signal.Kind == SignalKind.Net)
            {
                throw new BindingException(BindingDiagnostics.AssignsNet(signal.Path, select.Syntax.Origin.Span));
            }

            if (Mode == ExecutionMode.Constant && signal.Kind != SignalKind.Local)
            {
                throw new BindingException(BindingDiagnostics.NotConstantSignal(signal.Path, where.Origin.Span));
            }
        }
    }

    private void If(IfSyntax syntax, Scope scope)
    {
        var condition = Context.Expressions.Bind(syntax.Condition, scope).Truth(this);
        if (condition is Constant)
        {
            var taken = IsFalse(condition) ? syntax.Else : syntax.Then;
            if (taken is not null)
            {
                Execute(taken, scope);
            }

            return;
        }

        var then = Branch(condition, () => Execute(syntax.Then, scope));
        var otherwise = syntax.Else is null ? null : Branch(Factory.Not(condition), () => Execute(syntax.Else, scope));
        Join([(condition, then)], otherwise);
    }

    private void CallAsStatement(CallStatementSyntax syntax, Scope scope)
    {
        switch (syntax.Call)
        {
            case CallSyntax call:
                Call(Context.Expressions.Call(call, scope));
                break;
            case SystemCallSyntax system:
                SystemTasks.Execute(new(system.Name, [.. system.Arguments.Select(a => new ArgumentSyntax(null, a))]) { Origin = system.Origin }, scope, this);
                break;
            case NameSyntax or ScopedNameSyntax or MemberSyntax:
                Call(Context.Expressions.Call(new(syntax.Call, []) { Origin = syntax.Call.Origin }, scope));
                break;
            default:
                throw new BindingException(BindingDiagnostics.UnsupportedStatement("a call of this kind", syntax.Origin.Span));
        }
    }

    private void Return(ReturnSyntax syntax, Scope scope)
    {
        if (_calls.Count == 0)
        {
            throw new BindingException(BindingDiagnostics.NothingToLeave("return", syntax.Origin.Span));
        }

        if (syntax.Value is not null && _calls[^1].Result is { } result)
        {
            SetWhole(result, Context.Expressions.BindAssigned(syntax.Value, scope, result.Type).Assigned(this, result.Type.Width));
        }

        Jump(RegionKind.Routine, null, syntax);
    }
}
