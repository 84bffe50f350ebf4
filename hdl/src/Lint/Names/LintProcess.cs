using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>What kind of hardware a process describes.</summary>
internal enum ProcessKind
{
    Combinational,
    Clocked,
    Latch,

    /// <summary><c>initial</c> or <c>final</c>.</summary>
    Once,

    /// <summary>A process that waits in its middle: simulation code.</summary>
    Simulation,
}

/// <summary>A process of a module.</summary>
internal sealed class LintProcess
{
    public LintProcess(ProcessSyntax syntax, LintScope scope)
    {
        (Syntax, Scope) = (syntax, scope);
        Control = (syntax.Body as TimedStatementSyntax)?.Timing as EventControlSyntax;
        Body = Control is null ? syntax.Body : ((TimedStatementSyntax)syntax.Body).Body;
        Kind = syntax.Keyword switch
        {
            "initial" or "final" => ProcessKind.Once,
            "always_comb" => ProcessKind.Combinational,
            "always_latch" => ProcessKind.Latch,
            _ when Control is null => ProcessKind.Simulation,
            _ when Control.Terms.Any(t => t.Edge is not null) => ProcessKind.Clocked,
            _ => ProcessKind.Combinational,
        };
        if (Kind is not ProcessKind.Once && Statements.Within(Body).Any(s => s is TimedStatementSyntax or WaitSyntax))
        {
            Kind = ProcessKind.Simulation;
        }

        (Clock, ResetBranch, Resets) = Kind == ProcessKind.Clocked ? Roles(Control!) : (null, null, []);
    }

    public ProcessSyntax Syntax { get; }

    /// <summary>The scope around it.</summary>
    public LintScope Scope { get; }

    public ProcessKind Kind { get; }

    /// <summary>Its sensitivity list; null when there is none. No term means @*.</summary>
    public EventControlSyntax? Control { get; }

    public StatementSyntax Body { get; }

    /// <summary>The term that clocks it, when that is clear.</summary>
    public EventTermSyntax? Clock { get; }

    /// <summary>The if statement whose conditions test the asynchronous resets.</summary>
    public IfSyntax? ResetBranch { get; }

    /// <summary>The terms of asynchronous resets.</summary>
    public EquatableArray<EventTermSyntax> Resets { get; }

    // In a list of several edges those are resets that the outermost tests read; the one that is left is the clock.
    private (EventTermSyntax? Clock, IfSyntax? Branch, EquatableArray<EventTermSyntax> Resets) Roles(EventControlSyntax control)
    {
        var edges = control.Terms.Where(t => t.Edge is not null).ToList();
        if (edges.Count == 1)
        {
            return (edges[0], null, []);
        }

        if (Statements.Only(Body) is not IfSyntax branch)
        {
            return (null, null, []);
        }

        var resets = new List<EventTermSyntax>();
        var test = branch;
        while (test is not null && resets.Count < edges.Count - 1)
        {
            var names = ExpressionParts.Names(test.Condition).ToHashSet(StringComparer.Ordinal);
            resets.AddRange(edges.Where(e => !resets.Contains(e) && e.Signal is NameSyntax n && names.Contains(n.Name)));
            test = test.Else is { } other ? Statements.Only(other) as IfSyntax : null;
        }

        var clocks = edges.Where(e => !resets.Any(r => ReferenceEquals(r, e))).ToList();
        return clocks is [var clock] ? (clock, branch, resets.ToEquatableArray()) : (null, null, []);
    }
}
