using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>
/// One module with values of its parameters, while it is bound: first all names are declared and generate constructs
/// unfolded, then assignments, processes and instances give drivers.
/// </summary>
internal sealed class ModuleBody
{
    private const int MostCells = 1 << 16;

    /// <summary>An array of more words than this is a memory from the start.</summary>
    private const int ManyCells = 512;

    public ModuleBody(BindingContext context, ModuleSyntax syntax, Scope scope, InterfacePorts interfaces, SignalUses uses, HierarchyBinder hierarchy, int depth)
    {
        (Context, Syntax, Scope, Interfaces, Uses, Hierarchy, Depth) = (context, syntax, scope, interfaces, uses, hierarchy, depth);
        interfaces.Body = this;
        Factory = new(context.Budget);
        Remotes = new(this);
    }

    public BindingContext Context { get; }

    public ModuleSyntax Syntax { get; }

    public Scope Scope { get; }

    public SignalUses Uses { get; }

    public HierarchyBinder Hierarchy { get; }

    /// <summary>Modules around this one.</summary>
    public int Depth { get; }

    public ExpressionFactory Factory { get; }

    public Namer Names { get; } = new();

    /// <summary>Signals of other modules that this one reads.</summary>
    public RemoteSignals Remotes { get; }

    /// <summary>Every net, variable and port in the order declared.</summary>
    public List<Signal> Signals { get; } = [];

    /// <summary>Its ports that are interfaces.</summary>
    public InterfacePorts Interfaces { get; }

    /// <summary>The ports by their names inside of the module.</summary>
    public Dictionary<string, PendingPort> Ports { get; } = [];

    /// <summary>Names that have to be resolved even when nothing reads them.</summary>
    public List<SignalSymbol> Declared { get; } = [];

    /// <summary>What is bound after all names are declared.</summary>
    public List<(ItemSyntax Item, Scope Scope)> Work { get; } = [];

    /// <summary>The values that <c>defparam</c> gives to parameters of the instances of a scope.</summary>
    public Dictionary<(Scope Scope, string Instance), List<(MemberSyntax Target, ExpressionSyntax Value)>> Defparams { get; } = [];

    public List<Driver> Drivers { get; } = [];

    public List<Instance> Instances { get; } = [];

    public List<(MemoryStore Store, EquatableArray<ClockEdge> Edges)> Stores { get; } = [];

    /// <summary>Wires that the binder needs beside those of the source, such as a clock that is a bit of a vector.</summary>
    public List<Wire> ExtraWires { get; } = [];

    public List<CoverPoint> CoverPoints { get; } = [];

    /// <summary>Variables of blocks in processes, which are dropped when nothing needs the value that they keep.</summary>
    public HashSet<Signal> BlockVariables { get; } = [];

    /// <summary>Instances below, this one included.</summary>
    public long InstanceCount { get; set; } = 1;

    /// <summary>Does something; an error in it is reported, and the rest goes on.</summary>
    public void Try(Action action)
    {
        try
        {
            action();
        }
        catch (BindingException e) when (!BindingDiagnostics.EndsAll(e.Diagnostic))
        {
            Context.Report(e.Diagnostic);
        }
    }

    /// <summary>Makes a signal and gives it its names in the module.</summary>
    public Signal Add(Signal signal)
    {
        Signals.Add(signal);
        signal.ModuleName = Names.Fresh(signal.Path);
        signal.IsMemory = signal.IsArray && signal.Kind == SignalKind.Variable && !signal.IsPort
            && (signal.Count > ManyCells ? !Uses.IsRefused(signal.Path) : Uses.IsMemory(signal.Path));
        if (signal.IsMemory)
        {
            return signal;
        }

        if (signal.Count > MostCells)
        {
            throw new BindingException(BindingDiagnostics.TooLarge("elements of an array that is no memory", MostCells, signal.Declaration.Origin.Span));
        }

        foreach (var cell in signal.Cells)
        {
            cell.Name = signal.IsArray ? Names.Fresh(ElementName(signal, cell.Index)) : signal.ModuleName;
            cell.Reference = Factory.Reference(cell.Name, cell.Width);
        }

        return signal;
    }

    /// <summary>An execution that reads the module's signals at all times.</summary>
    public Execution Combinational() => new(Context, Factory, ExecutionMode.Combinational) { Uses = Uses };

    /// <summary>Drives a target with a value, whose width may differ.</summary>
    public void Drive(Target target, Expression value, Expression? drives, DriverSource source)
    {
        var x = Combinational();
        target.Assign(x, Factory.Resize(value, target.Width, signed: false), isNext: false);
        Execution? enables = null;
        if (drives is not null)
        {
            enables = Combinational();
            target.Assign(enables, Factory.Resize(drives, target.Width, signed: false), isNext: false);
        }

        foreach (var cell in x.State.Changed.OfType<Cell>())
        {
            var pieces = Driven(x, cell);
            var masks = enables is null ? null : pieces.Select(p => enables.Values(cell).Read(Factory, p.Low, p.Width)).ToList();
            if (pieces.Count > 0)
            {
                Drivers.Add(new(cell, pieces, source) { Drives = masks, Where = target.Syntax });
            }
        }
    }

    /// <summary>Makes the signal of a variable of a block in a process, which keeps its value.</summary>
    public Signal DeclareStatic(VariableDeclarationSyntax declaration, DeclaratorSyntax declarator, Scope scope)
    {
        var type = Context.Types.Unpacked(Context.Types.Resolve(declaration.Type, scope), declarator.Dimensions, scope);
        var signal = Add(new(scope.Path + declarator.Name, type, SignalKind.Variable, declarator));
        BlockVariables.Add(signal);
        if (declarator.Value is not null)
        {
            SignalDefaults.Set(Context, signal, declarator.Value, scope);
        }

        return signal;
    }

    /// <summary>The pieces of a key that are not simply what was there before.</summary>
    public List<Piece> Driven(Execution x, object key)
    {
        var cell = key as Cell ?? ((NextValue)key).Cell;
        var pieces = new List<Piece>();
        foreach (var piece in x.Values(key).All)
        {
            if (!ReferenceEquals(piece.Value, Factory.Slice(cell.Reference!, piece.Low, piece.Width)))
            {
                pieces.Add(piece);
            }
        }

        return pieces;
    }

    private static string ElementName(Signal signal, int index)
    {
        var name = "";
        for (var type = signal.Type; type is UnpackedArrayType array; type = array.Element)
        {
            var below = Cells(array.Element);
            name += $"_{array.Range.Low + (index / below)}".Replace('-', 'm');
            index %= below;
        }

        return signal.ModuleName + name;
    }

    private static int Cells(DataType type) => type is UnpackedArrayType array ? array.Range.Count * Cells(array.Element) : 1;
}
