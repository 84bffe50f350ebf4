using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>Calls of functions and tasks, which are executed where they are called.</summary>
internal sealed partial class Execution
{
    /// <summary>Calls a function or task; the value of a function.</summary>
    public Expression? Call(BoundCall call)
    {
        var routine = call.Routine;
        if (_calls.Count >= BindingBudget.MostCalls)
        {
            throw new BindingException(BindingDiagnostics.RecursionLimit(routine.Name, BindingBudget.MostCalls, call.Syntax.Origin.Span));
        }

        Context.Budget.SpendStep();
        BindingBudget.RequireStack(call.Syntax);
        var inputs = routine.Ports.Select((p, i) => call.Arguments[i].Value?.Assigned(this, p.Signal.Type.Width)).ToList();

        // A call inside of a call of the same routine must not touch the variables of the outer one.
        var isNested = _calls.Contains(routine);
        var outer = isNested ? routine.Variables.SelectMany(v => v.Cells).Select(c => (Cell: c, Value: State.Find(c))).ToList() : [];
        _calls.Add(routine);
        try
        {
            foreach (var variable in routine.Variables)
            {
                Begin(variable, isNested || routine.Ports.Any(p => ReferenceEquals(p.Signal, variable)));
            }

            for (var i = 0; i < inputs.Count; i++)
            {
                if (inputs[i] is { } value)
                {
                    SetWhole(routine.Ports[i].Signal, value);
                }
            }

            foreach (var variable in routine.Variables.Where(v => v.Initial is { } initial && ReferenceEquals(initial.Scope, routine.Scope)).ToList())
            {
                Begin(variable);
            }

            Within(new(RegionKind.Routine, routine.Name), () => Execute(routine.Statements, routine.Scope));
            var result = routine.Result is null ? null : Whole(routine.Result);
            var outputs = routine.Ports.Select(p => p.IsOutput ? Whole(p.Signal) : null).ToList();
            Forget(routine.Variables);
            foreach (var (cell, value) in outer)
            {
                if (value is not null)
                {
                    State.Set(cell, value);
                }
            }

            for (var i = 0; i < outputs.Count; i++)
            {
                if (outputs[i] is { } value && call.Arguments[i].Target is { } target)
                {
                    CheckTarget(target, call.Syntax);
                    target.Assign(this, Factory.Resize(value, target.Width, routine.Ports[i].Signal.Type.Signed), isNext: false);
                }
            }

            return result;
        }
        finally
        {
            _calls.RemoveAt(_calls.Count - 1);
        }
    }

    private void Begin(Names.Signal variable, bool isSet)
    {
        foreach (var cell in variable.Cells)
        {
            if (isSet || State.Find(cell) is not null)
            {
                State.Set(cell, new(Factory.Constant(0, cell.Width)));
            }
        }
    }
}
