using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>Executes the processes and assignments of a module and keeps what they drive.</summary>
internal sealed class BodyProcesses(ModuleBody body)
{
    private readonly BindingContext _context = body.Context;
    private readonly Dictionary<Expression, string> _edgeWires = new(ReferenceEqualityComparer.Instance);

    /// <summary>Finds the values at power-up: those of declarations, then those of initial blocks in order.</summary>
    public void Initialise()
    {
        var x = new Execution(_context, body.Factory, ExecutionMode.Initial);
        foreach (var signal in body.Signals.Where(s => s.Initial is not null).ToList())
        {
            body.Try(() =>
            {
                var (syntax, scope) = signal.Initial!.Value;
                var value = _context.Expressions.BindAssigned(syntax, scope, signal.Type);
                Checks.Shapes(signal.Type, value, syntax);
                new SelectTarget(new BoundSelect(signal, syntax)).Assign(x, value.Assigned(x, signal.Type.Width), isNext: false);
            });
        }

        foreach (var (item, scope) in body.Work)
        {
            if (item is ProcessSyntax { Keyword: "initial" } process)
            {
                body.Try(() => x.Execute(process.Body, scope));
            }
        }

        foreach (var cell in x.State.Changed.OfType<Cell>().Where(c => c.Signal.Kind != SignalKind.Local).ToList())
        {
            body.Try(() => cell.Initial = x.Values(cell).Whole(body.Factory) is Constant value
                ? value.Value
                : throw new BindingException(BindingDiagnostics.NotConstant(cell.Signal.Declaration.Origin.Span)));
        }
    }

    /// <summary>A continuous assignment.</summary>
    public void Assign(ContinuousAssignSyntax syntax, Scope scope)
    {
        if (syntax.Delay is not null)
        {
            _context.Report(BindingDiagnostics.DelayIgnored(syntax.Delay.Origin.Span));
        }

        foreach (var assignment in syntax.Assignments)
        {
            body.Try(() =>
            {
                var target = _context.Expressions.BindTarget(assignment.Target, scope);
                var value = target is SelectTarget { Select.Type: var type }
                    ? _context.Expressions.BindAssigned(assignment.Value, scope, type)
                    : _context.Expressions.Bind(assignment.Value, scope);
                Checks.Assignment(_context, target, value, assignment);
                var x = body.Combinational();
                var source = new DriverSource(assignment);
                if (value.IsTristate)
                {
                    var (driven, drives) = value.EmitDriver(x, target.Width);
                    body.Drive(target, driven, drives, source);
                }
                else
                {
                    body.Drive(target, value.Assigned(x, target.Width), null, source);
                }
            });
        }
    }

    /// <summary>An always process.</summary>
    public void Process(ProcessSyntax process, Scope scope)
    {
        switch (process.Keyword)
        {
            case "initial":
                return;
            case "final":
                _context.Report(BindingDiagnostics.SimulationOnly("final", process.Origin.Span));
                return;
            case "always_comb" or "always_latch":
                Combinational(process.Body, scope, process, null);
                return;
        }

        if (process.Body is not TimedStatementSyntax { Timing: EventControlSyntax control } timed)
        {
            throw new BindingException(BindingDiagnostics.UnsupportedProcess("the process does not begin with '@'", process.Origin.Span));
        }

        var edges = control.Terms.Count(t => t.Edge is not null);
        if (edges == 0 && process.Keyword == "always_ff")
        {
            throw new BindingException(BindingDiagnostics.UnsupportedProcess("'always_ff' waits for no edge", control.Origin.Span));
        }

        if (edges == 0)
        {
            Combinational(timed.Body, scope, process, control.Terms.Count == 0 ? null : control);
        }
        else if (edges == control.Terms.Count)
        {
            Clocked(timed.Body, control, scope, process);
        }
        else
        {
            throw new BindingException(BindingDiagnostics.UnsupportedProcess("the process waits for edges and for levels", control.Terms.First(t => t.Edge is null).Origin.Span));
        }
    }

    private void Combinational(StatementSyntax statement, Scope scope, ProcessSyntax process, EventControlSyntax? sensitivity)
    {
        var x = new Execution(_context, body.Factory, ExecutionMode.Combinational) { Uses = body.Uses, DeclareStatic = body.DeclareStatic };
        x.Execute(statement, scope);
        var source = new DriverSource(process) { IsProcess = true };
        Keep(x, source);
        Cover(x, []);
        if (sensitivity is not null)
        {
            Sensitivity(x, sensitivity, scope);
        }
    }

    private void Clocked(StatementSyntax statement, EventControlSyntax control, Scope scope, ProcessSyntax process)
    {
        var edges = new List<ClockEdge>();
        foreach (var term in control.Terms)
        {
            if (term.Condition is not null)
            {
                throw new BindingException(BindingDiagnostics.UnsupportedProcess("'iff' in an event control is not supported", term.Origin.Span));
            }

            var signal = EdgeSignal(term.Signal, scope);
            if (term.Edge is "posedge" or "edge")
            {
                edges.Add(new(signal, true));
            }

            if (term.Edge is "negedge" or "edge")
            {
                edges.Add(new(signal, false));
            }
        }

        var x = new Execution(_context, body.Factory, ExecutionMode.Clocked) { Uses = body.Uses, DeclareStatic = body.DeclareStatic };
        x.Execute(statement, scope);
        EquatableArray<ClockEdge> list = [.. edges.Distinct()];
        Keep(x, new(process) { IsProcess = true, Edges = list });
        foreach (var store in x.Stores)
        {
            body.Stores.Add((store, list));
        }

        Cover(x, list);
    }

    private void Keep(Execution x, DriverSource source)
    {
        var cells = x.State.Changed.Select(k => k as Cell ?? (k as NextValue)?.Cell).OfType<Cell>().Distinct()
            .Where(c => c.Signal.Kind != SignalKind.Local && !c.Signal.IsMemory).ToList();
        foreach (var cell in cells)
        {
            var now = x.State.Find(cell) is null ? [] : body.Driven(x, cell);
            var next = x.State.Find(cell.Next) is null ? [] : body.Driven(x, cell.Next);
            if (now.Count > 0 && next.Count > 0 && now.Any(n => next.Any(p => p.Low < n.Top && n.Low < p.Top)))
            {
                body.Context.Report(BindingDiagnostics.UnsupportedProcess(
                    $"'{cell.Signal.Path}' is assigned by '=' and by '<=' in one process", x.Assigned.GetValueOrDefault(cell, source.Syntax).Origin.Span));
                continue;
            }

            if (next.Count > 0 && source.Edges is null)
            {
                _context.Find(BindingFindingKind.NonBlockingInCombinational, $"'{cell.Signal.Path}' is assigned by '<=' in combinational code", source.Syntax);
            }

            if (now.Count > 0 && source.Edges is not null && !body.BlockVariables.Contains(cell.Signal))
            {
                _context.Find(BindingFindingKind.BlockingInClocked, $"'{cell.Signal.Path}' is assigned by '=' in clocked code", source.Syntax);
            }

            var pieces = now.Concat(next).OrderBy(p => p.Low).ToList();
            if (pieces.Count > 0)
            {
                body.Drivers.Add(new(cell, pieces, source) { Where = x.Assigned.GetValueOrDefault(cell) });
            }
        }
    }

    private void Cover(Execution x, EquatableArray<ClockEdge> edges)
    {
        foreach (var (where, condition) in x.Covered)
        {
            if (where.Text is { } text)
            {
                body.CoverPoints.Add(new(text.Path, where.Line, where.Column, condition) { Edges = edges });
            }
        }
    }

    /// <summary>The name of the one-bit signal whose edges a process waits for; of a vector its lowest bit.</summary>
    private string EdgeSignal(ExpressionSyntax syntax, Scope scope)
    {
        var value = _context.Expressions.Bind(syntax, scope).Self(body.Combinational());
        value = body.Factory.Slice(value, 0, 1);
        if (value is Reference reference)
        {
            return reference.Name;
        }

        if (!_edgeWires.TryGetValue(value, out var name))
        {
            _edgeWires[value] = name = body.Names.Fresh("clock");
            body.ExtraWires.Add(new(name, value));
        }

        return name;
    }

    private void Sensitivity(Execution x, EventControlSyntax control, Scope scope)
    {
        var listed = new HashSet<string>();
        foreach (var term in control.Terms)
        {
            var value = _context.Expressions.Bind(term.Signal, scope);
            listed.UnionWith(ExpressionWalk.References([value.Self(body.Combinational())]).Select(r => r.Name));
        }

        var own = x.State.Changed.OfType<Cell>().Select(c => c.Name).ToHashSet();
        var values = x.State.Changed.Where(k => k is Cell or NextValue).Select(k => x.Values(k).Whole(body.Factory));
        foreach (var name in ExpressionWalk.References(values).Select(r => r.Name).Distinct().Where(n => !listed.Contains(n) && !own.Contains(n)))
        {
            _context.Find(BindingFindingKind.IncompleteSensitivity, $"'{name}' is read and missing in the sensitivity list", control);
        }
    }
}
