using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>Loops, which are unrolled.</summary>
internal sealed partial class Execution
{
    private void For(ForSyntax syntax, Scope scope)
    {
        var inner = scope;
        var locals = new List<Signal>();
        if (syntax.Initial is [DeclarationStatementSyntax declaration])
        {
            if (scope.Bound.TryGetValue(syntax, out var known))
            {
                inner = (Scope)known;
            }
            else
            {
                inner = new("", scope) { IsProcedural = true, Path = scope.Path };
                Context.Declarations.Local(declaration.Declaration, inner, _calls.Count > 0 ? _calls[^1].Variables : null);
                scope.Bound[syntax] = inner;
            }

            locals.AddRange(inner.Symbols.Values.OfType<SignalSymbol>().Select(s => s.Signal));
            foreach (var local in locals)
            {
                Begin(local);
            }
        }
        else
        {
            Execute(syntax.Initial, scope);
        }

        // After an exit under a condition the variable still counts on: each turn has one value of it.
        var counter = syntax.Steps is [var step] ? Counter(step, inner) : null;
        Loop(
            () => syntax.Condition is null ? Factory.True : Context.Expressions.Bind(syntax.Condition, inner).Truth(this),
            syntax.Body, inner, () => Execute(syntax.Steps, inner), counter, syntax);
        Forget(locals);
    }

    private Signal? Counter(StatementSyntax step, Scope scope)
    {
        var target = step switch { AssignmentSyntax { Operator: not "<=" } a => a.Target, IncrementSyntax i => i.Target, _ => null };
        return target is NameSyntax name && Context.Expressions.Bind(name, scope) is BoundSelect { Signal: { IsArray: false } signal } ? signal : null;
    }

    private void Loop(Func<Expression> condition, StatementSyntax body, Scope scope, Action? step, Signal? counter, SyntaxNode where)
    {
        var left = new List<(Expression Condition, Pieces Value)>();
        var region = new Region(RegionKind.Loop, "");
        Within(region, () =>
        {
            var guarded = 0;
            for (var turn = 0; ; turn++)
            {
                var before = Live;
                if (IsFalse(before))
                {
                    break;
                }

                var go = condition();
                var taken = Factory.And(before, go);
                if (IsFalse(taken))
                {
                    break;
                }

                guarded += IsTrue(taken) ? 0 : 1;
                if (turn >= BindingBudget.MostTurns || guarded > BindingBudget.MostGuardedTurns)
                {
                    throw new BindingException(BindingDiagnostics.LoopLimit(
                        guarded > 0 ? BindingBudget.MostGuardedTurns : BindingBudget.MostTurns, guarded > 0, where.Origin.Span));
                }

                if (!IsTrue(go))
                {
                    Leave(region, Factory.Not(go));
                }

                var value = counter is null ? null : Values(counter.Cells[0]);
                WhileLive(() => Within(new(RegionKind.Turn, ""), () => Execute(body, scope)));
                var after = Live;
                if (!IsTrue(after) && counter is not null)
                {
                    left.Add((Factory.And(before, Factory.Not(after)), value!));
                }

                if (IsFalse(after))
                {
                    break;
                }

                if (counter is not null)
                {
                    Unconditionally(step!);
                }
                else if (step is not null)
                {
                    WhileLive(step);
                }
            }
        });
        if (left.Count > 0)
        {
            State.Set(counter!.Cells[0], Pieces.Choose(Factory, left, Values(counter.Cells[0])));
        }
    }

    /// <summary>Does something as if no jump had been taken.</summary>
    private void Unconditionally(Action action)
    {
        var live = Live;
        if (IsTrue(live))
        {
            action();
            return;
        }

        Live = Factory.True;
        action();
        Live = live;
    }

    private void Repeat(RepeatSyntax syntax, Scope scope)
    {
        var count = Context.Expressions.Bind(syntax.Count, scope);
        if (count.Self(this) is not Constant constant)
        {
            throw new BindingException(BindingDiagnostics.NotConstant(syntax.Count.Origin.Span));
        }

        var turns = count.Signed ? constant.Value.Signed : constant.Value.Unsigned;
        Loop(() => turns-- > 0 ? Factory.True : Factory.False, syntax.Body, scope, null, null, syntax);
    }

    private void Foreach(ForeachSyntax syntax, Scope scope)
    {
        var type = Context.Expressions.Bind(syntax.Array, scope).Type;
        Scope inner;
        if (scope.Bound.TryGetValue(syntax, out var known))
        {
            inner = (Scope)known;
        }
        else
        {
            inner = new("", scope) { IsProcedural = true, Path = scope.Path };
            foreach (var name in syntax.Names.OfType<string>())
            {
                var signal = new Signal(name, DataType.Bits(32, signed: true), SignalKind.Local, syntax);
                if (_calls.Count > 0)
                {
                    _calls[^1].Variables.Add(signal);
                }

                Context.Declarations.Declare(inner, new SignalSymbol(name, syntax, () => signal));
            }

            scope.Bound[syntax] = inner;
        }

        Within(new(RegionKind.Loop, ""), () => Dimension(0, type));
        Forget(inner.Symbols.Values.OfType<SignalSymbol>().Select(s => s.Signal));

        void Dimension(int index, DataType at)
        {
            if (index == syntax.Names.Count)
            {
                WhileLive(() => Within(new(RegionKind.Turn, ""), () => Execute(syntax.Body, inner)));
                return;
            }

            var (range, element) = at switch
            {
                UnpackedArrayType a => (a.Range, a.Element),
                PackedArrayType p => (p.Range, p.Element),
                VectorType { Range: { } r } => (r, DataType.Bits(1)),
                _ => throw new BindingException(BindingDiagnostics.NoBits(syntax.Array.Origin.Span)),
            };
            if (syntax.Names[index] is not { } name)
            {
                Dimension(index + 1, element);
                return;
            }

            var variable = ((SignalSymbol)inner.Symbols[name]).Signal;
            for (var i = 0; i < range.Count; i++)
            {
                var value = range.Left + (range.Left <= range.Right ? i : -i);
                State.Set(variable.Cells[0], new(Factory.Constant(value, 32)));
                Dimension(index + 1, element);
            }
        }
    }
}
