using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Processes;

/// <summary>What statements are executed for.</summary>
internal enum ExecutionMode
{
    /// <summary>The value of a constant expression or function: signals of the module may not be read.</summary>
    Constant,

    /// <summary>Values at power-up.</summary>
    Initial,

    /// <summary>A value at all times.</summary>
    Combinational,

    /// <summary>State at edges.</summary>
    Clocked,
}

/// <summary>
/// Executes statements with expressions instead of values: each branch on a state of its own, joined by multiplexers.
/// Where all is constant this is an ordinary interpreter.
/// </summary>
internal sealed partial class Execution(BindingContext context, ExpressionFactory factory, ExecutionMode mode)
{
    private readonly List<Region> _regions = [];
    private readonly List<Routine> _calls = [];

    /// <summary>What the whole run of the binder shares.</summary>
    public BindingContext Context { get; } = context;

    public ExpressionFactory Factory { get; } = factory;

    public ExecutionMode Mode { get; } = mode;

    public State State { get; private set; } = new(null, new(null, null));

    /// <summary>What the process writes to memories, in order.</summary>
    public List<MemoryStore> Stores { get; } = [];

    /// <summary>The statements and when their turn comes, when cover points are asked for.</summary>
    public List<(Origin Where, Expression Condition)> Covered { get; } = [];

    /// <summary>The first assignment to each cell, for messages.</summary>
    public Dictionary<Cell, SyntaxNode> Assigned { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The module whose signals are read, for what it has to know about their use.</summary>
    public SignalUses? Uses { get; init; }

    /// <summary>The values of a cell or of its next value.</summary>
    public Pieces Values(object key) => State.Find(key) ?? key switch
    {
        NextValue next => Beginning(next.Cell),
        Cell cell => Beginning(cell),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Pieces Beginning(Cell cell)
    {
        if (cell.Signal.Kind == SignalKind.Local)
        {
            return new(Factory.Constant(0, cell.Width));
        }

        switch (Mode)
        {
            case ExecutionMode.Constant:
                throw new BindingException(BindingDiagnostics.NotConstantSignal(cell.Signal.Path, Reading?.Origin.Span));
            case ExecutionMode.Initial when cell.Signal.IsRemote:
                throw new BindingException(BindingDiagnostics.UnsupportedExpression(
                    $"a read of '{cell.Signal.Path}' of another module in an initial block", Reading?.Origin.Span));
            case ExecutionMode.Initial:
                return new(Factory.Constant(cell.Initial ?? BitVector.Zero(cell.Width)));
            default:
                return new(cell.Reference ?? throw new BindingException(
                    BindingDiagnostics.UnsupportedExpression($"a read of '{cell.Signal.Path}' of another module", Reading?.Origin.Span)));
        }
    }

    /// <summary>The expression that is evaluated, for messages.</summary>
    public SyntaxNode? Reading { get; set; }
}

/// <summary>A write to a memory by a process.</summary>
/// <param name="Memory">The array.</param>
/// <param name="Enable">When it is written.</param>
/// <param name="Address">Which word.</param>
/// <param name="Data">The word.</param>
/// <param name="Mask">Which bits of it are written; null for all.</param>
/// <param name="IsBlocking">Whether later statements read what was written.</param>
internal sealed record MemoryStore(
    Signal Memory, Expression Enable, Expression Address, Expression Data, Expression? Mask, bool IsBlocking)
{
    /// <summary>Words from the address on that are given the data.</summary>
    public int Words { get; init; } = 1;
}

/// <summary>What processes do with arrays, from which it is decided which of them are memories.</summary>
internal sealed class SignalUses
{
    private readonly HashSet<string> _wanted = [];
    private readonly HashSet<string> _refused = [];

    /// <summary>Whether something was learnt that changes the decision.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Arrays that are read at an index that is not constant.</summary>
    public HashSet<string> ReadAnywhere { get; } = [];

    public bool IsMemory(string path) => _wanted.Contains(path) && !_refused.Contains(path);

    public bool IsRefused(string path) => _refused.Contains(path);

    /// <summary>An array is accessed at an index that is not constant, and would better be a memory.</summary>
    public void Want(string path) => IsChanged |= _wanted.Add(path) && !_refused.Contains(path);

    /// <summary>An array cannot be a memory, because something other than clocked code drives it.</summary>
    public void Refuse(string path) => IsChanged |= _refused.Add(path);
}
