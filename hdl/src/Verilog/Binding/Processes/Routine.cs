using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>A function or task with its names bound.</summary>
internal sealed class Routine(string name, Scope scope, Signal? result, List<RoutinePort> ports, IReadOnlyList<StatementSyntax> statements)
{
    public string Name { get; } = name;

    public Scope Scope { get; } = scope;

    /// <summary>The variable with the value of a function; null for a task.</summary>
    public Signal? Result { get; } = result;

    public List<RoutinePort> Ports { get; } = ports;

    public IReadOnlyList<StatementSyntax> Statements { get; } = statements;

    /// <summary>All its variables, which a call inside of itself must not touch; grows as its blocks are met.</summary>
    public List<Signal> Variables { get; } = [];
}

/// <summary>An argument of a function or task.</summary>
internal sealed record RoutinePort(Signal Signal, bool IsInput, bool IsOutput, ExpressionSyntax? Default);
