using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Names;

/// <summary>What a signal is in its module.</summary>
internal enum SignalKind
{
    /// <summary>A net: driven by assignments, gates and instances.</summary>
    Net,

    /// <summary>A variable: driven by processes, or by one assignment.</summary>
    Variable,

    /// <summary>A variable of a process, function or task that begins anew each time.</summary>
    Local,
}

/// <summary>A net, variable or port of a module, or a variable of procedural code.</summary>
internal sealed class Signal
{
    private Cell[]? _cells;

    public Signal(string path, DataType type, SignalKind kind, SyntaxNode declaration)
    {
        (Path, Type, Kind, Declaration) = (path, type, kind, declaration);
        (Element, Count) = (type, 1);
        while (Element is UnpackedArrayType array)
        {
            (Element, Count) = (array.Element, checked(Count * array.Range.Count));
        }
    }

    /// <summary>Name as the source has it, with generate blocks: <c>g[0].x</c>.</summary>
    public string Path { get; }

    public DataType Type { get; }

    public SignalKind Kind { get; set; }

    public SyntaxNode Declaration { get; }

    /// <summary>Type of an element of an array, else the type.</summary>
    public DataType Element { get; }

    /// <summary>Elements of an array, else 1.</summary>
    public int Count { get; }

    public bool IsArray => Type is UnpackedArrayType;

    /// <summary><c>input</c>, <c>output</c>, <c>inout</c>, or null for no port.</summary>
    public string? Direction { get; set; }

    /// <summary>Whether it is a signal of an interface behind a port of the module: its direction shows when the module is bound.</summary>
    public bool IsMember { get; init; }

    /// <summary>Whether something outside of the module reads or drives it.</summary>
    public bool IsPort => Direction is not null || IsMember;

    /// <summary>Net type as written, or null for a variable.</summary>
    public string? NetType { get; init; }

    /// <summary>Whether nothing may assign it.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Whether it is a signal of another module, which is only read here.</summary>
    public bool IsRemote { get; init; }

    /// <summary>Whether it becomes a memory.</summary>
    public bool IsMemory { get; set; }

    /// <summary>Name in the module that is made; given when the module gives names.</summary>
    public string ModuleName { get; set; } = "";

    /// <summary>The initial value of its declaration, with the scope to bind it in.</summary>
    public (ExpressionSyntax Value, Scope Scope)? Initial { get; init; }

    /// <summary>Whether anything asked for its elements.</summary>
    public bool HasCells => _cells is not null;

    /// <summary>Its elements, or itself.</summary>
    public IReadOnlyList<Cell> Cells => _cells ??= [.. Enumerable.Range(0, Count).Select(i => new Cell(this, i))];
}

/// <summary>A signal that is no array, or one element of an array: what drivers drive.</summary>
internal sealed class Cell(Signal signal, int index)
{
    public Signal Signal { get; } = signal;

    public int Index { get; } = index;

    public int Width => Signal.Element.Width;

    /// <summary>Name in the module that is made.</summary>
    public string Name { get; set; } = "";

    /// <summary>Value at power-up.</summary>
    public BitVector? Initial { get; set; }

    /// <summary>The reference to it, made by its module's factory.</summary>
    public Expression? Reference { get; set; }

    /// <summary>What stands for its value at the end of the time step while a process is executed.</summary>
    public NextValue Next => field ??= new(this);
}

/// <summary>The key under which a process keeps what non-blocking assignments gave to a cell.</summary>
internal sealed class NextValue(Cell cell)
{
    public Cell Cell { get; } = cell;
}
