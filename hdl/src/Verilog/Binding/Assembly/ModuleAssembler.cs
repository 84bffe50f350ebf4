using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Hierarchy;
using HwSeed.Hdl.Verilog.Binding.Names;

namespace HwSeed.Hdl.Verilog.Binding.Assembly;

/// <summary>
/// Makes a module of what was found to drive its signals. A signal that several drivers share is cut at their bounds, so
/// that whoever reads a part reads that part only.
/// </summary>
internal sealed class ModuleAssembler(
    ModuleBody body, string name, IReadOnlyList<(string Name, Signal Signal)> ports, IReadOnlyList<MemberPort> members,
    IReadOnlyList<(string Path, Signal Signal)> exports)
{
    private readonly ExpressionFactory _f = body.Factory;
    private readonly List<Port> _ports = [];
    private readonly List<Wire> _wires = [];
    private readonly List<Register> _registers = [];
    private readonly List<Latch> _latches = [];
    private readonly List<OutputDriver> _outputs = [];
    private readonly Dictionary<Expression, Expression> _renamed = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _instanceSignals = [];

    public BoundModule Assemble()
    {
        var boundPorts = ports.Select(p => Port(p.Name, p.Signal)).ToList();
        var boundMembers = members.Select(m => new BoundMember(m, Port(m.Member, m.Signal))).ToList();
        var exported = exports.ToDictionary(e => e.Path, e => Port(e.Path, e.Signal));
        var segments = new Segments(body).All();
        WantTables(segments);
        foreach (var cell in body.Signals.Where(s => !s.IsMemory).SelectMany(s => s.Cells))
        {
            if (cell.Signal.Direction != "input")
            {
                Place(cell, segments[cell]);
            }
        }

        _wires.AddRange(body.ExtraWires);
        var memories = body.Signals.Where(s => s.IsMemory).Select(Memory).ToList();
        var module = new Module(
            name, _ports.ToEquatableArray(), _wires.ToEquatableArray(), _registers.ToEquatableArray(), memories.ToEquatableArray(),
            body.Instances.Select(Renamed).ToEquatableArray(), _outputs.ToEquatableArray())
        {
            Latches = _latches.ToEquatableArray(),
            HasImplicitClock = false,
            CoverPoints = body.CoverPoints.ToEquatableArray(),
        };
        module = new SignalRenaming(_f, _renamed).Rename(module);
        module = LoopCutter.Cut(module, body.Names, _f);
        module = RegisterShapes.Apply(module, _f);
        module = SharedWires.Name(module, body.Names, _f);
        return new(module, body.Syntax.Name, boundPorts, body.Signals, body.InstanceCount)
        {
            Scope = body.Scope,
            Members = boundMembers,
            Exports = exported,
        };
    }

    private BoundPort Port(string portName, Signal signal)
    {
        if (signal.Direction == "inout")
        {
            if (signal.IsArray)
            {
                throw new BindingException(BindingDiagnostics.Tristate($"'{signal.Path}' is an inout array", signal.Declaration.Origin.Span));
            }

            var (pin, width) = (signal.Cells[0].Name, signal.Element.Width);
            var (driven, enable) = (body.Names.Fresh($"{pin}__out"), body.Names.Fresh($"{pin}__en"));
            _ports.Add(new(pin, PortDirection.Input, width));
            _ports.Add(new(driven, PortDirection.Output, width));
            _ports.Add(new(enable, PortDirection.Output, width));
            return new(portName, signal, [pin]) { Drives = (driven, enable) };
        }

        var direction = signal.Direction == "input" ? PortDirection.Input : PortDirection.Output;
        foreach (var cell in signal.Cells)
        {
            _ports.Add(new(cell.Name, direction, cell.Width));
        }

        return new(portName, signal, [.. signal.Cells.Select(c => c.Name)]);
    }

    /// <summary>Makes the wires, registers and latches of a cell.</summary>
    private void Place(Cell cell, IReadOnlyList<Segment> segments)
    {
        var isOutput = cell.Signal.Direction == "output";
        if (cell.Signal.Direction == "inout")
        {
            PlaceInout(cell);
            return;
        }

        if (segments is [{ Kind: SegmentKind.Wire } whole] && whole.Width == cell.Width)
        {
            PlaceWire(cell, whole.Value, isOutput);
            return;
        }

        if (segments.Count == 1 && segments[0].Width == cell.Width && !isOutput)
        {
            Add(segments[0] with { Name = cell.Name });
            return;
        }

        var named = segments.Select(s => Named(cell, s, segments.Count == 1)).ToList();
        var joined = _f.Concat([.. named.AsEnumerable().Reverse().Select(n => n.Reference)]);
        foreach (var (segment, _) in named.Where(n => n.Segment.Name.Length > 0))
        {
            Add(segment);
        }

        _renamed[cell.Reference!] = joined;
        if (isOutput)
        {
            _outputs.Add(new(cell.Name, joined));
        }
        else
        {
            _wires.Add(new(cell.Name, joined));
        }
    }

    private void PlaceWire(Cell cell, Expression value, bool isOutput)
    {
        if (isOutput)
        {
            _outputs.Add(new(cell.Name, value));
        }
        else if (value is Reference reference && InstanceSignals.Contains(reference.Name) && _instanceSignals.TryAdd(reference.Name, cell.Name))
        {
            // The signal of an instance's output is the net itself.
            _renamed[reference] = cell.Reference!;
        }
        else
        {
            _wires.Add(new(cell.Name, value));
        }
    }

    private HashSet<string> InstanceSignals => field ??= [.. body.Instances.SelectMany(i => i.Outputs).Select(o => o.Signal)];

    private (Segment Segment, Expression Reference) Named(Cell cell, Segment segment, bool isOnly)
    {
        // Constants and other signals need no name of their own.
        if (segment.Kind == SegmentKind.Wire && segment.Value is Constant or Reference)
        {
            return (segment, segment.Value);
        }

        var suffix = segment.Kind switch { SegmentKind.Register => "__reg", SegmentKind.Latch => "__latch", _ => "" };
        var wanted = isOnly ? $"{cell.Name}{suffix}"
            : segment.Width == 1 ? $"{cell.Name}__{segment.Low}"
            : $"{cell.Name}__{segment.Top - 1}_{segment.Low}";
        segment = segment with { Name = body.Names.Fresh(wanted) };
        return (segment, _f.Reference(segment.Name, segment.Width));
    }

    private void Add(Segment segment)
    {
        var initial = segment.Cell.Initial is { } value ? BitVector.Slice(value, segment.Low, segment.Width) : BitVector.Zero(segment.Width);
        switch (segment.Kind)
        {
            case SegmentKind.Wire:
                _wires.Add(new(segment.Name, segment.Value));
                break;
            case SegmentKind.Register:
                _registers.Add(new(segment.Name, segment.Value, null, null, initial) { Edges = segment.Source!.Edges!.Value, InitialValue = initial });
                break;
            default:
                body.Context.Find(BindingFindingKind.InferredLatch, $"'{segment.Cell.Signal.Path}' holds its value: a latch", segment.Source!.Syntax);
                _latches.Add(new(segment.Name, segment.Value) { InitialValue = initial });
                break;
        }
    }

    /// <summary>An inout is an input, and outputs with the value and the mask that this module drives.</summary>
    private void PlaceInout(Cell cell)
    {
        var (value, drives) = new TristateNets(body).Resolve(cell);
        var pinIndex = _ports.FindIndex(p => p.Name == cell.Name);
        var (outPort, enablePort) = (_ports[pinIndex + 1].Name, _ports[pinIndex + 2].Name);
        _outputs.Add(new(outPort, value));
        _outputs.Add(new(enablePort, drives));
        if (drives is Constant { Value.Unsigned.IsZero: true })
        {
            return;
        }

        // What is read is what the module drives itself, and else what comes from outside.
        var seen = body.Names.Fresh($"{cell.Name}__in");
        var pin = new Reference(cell.Name, cell.Width);
        var (o, e) = (_f.Reference(outPort, cell.Width), _f.Reference(enablePort, cell.Width));
        _wires.Add(new(seen, _f.Or(_f.And(o, e), _f.And(pin, _f.Not(e)))));
        _renamed[cell.Reference!] = _f.Reference(seen, cell.Width);
    }

    private Instance Renamed(Instance instance) => instance with
    {
        Outputs = instance.Outputs.Select(o => _instanceSignals.TryGetValue(o.Signal, out var net) ? o with { Signal = net } : o).ToEquatableArray(),
    };

    private Memory Memory(Signal signal)
    {
        var width = signal.Element.Width;
        var writes = body.Stores.Where(s => ReferenceEquals(s.Store.Memory, signal)).Select(s =>
            new MemoryWrite(s.Store.Enable, s.Store.Address, s.Store.Data) { Mask = s.Store.Mask, Words = s.Store.Words, Edges = s.Edges });
        var last = signal.HasCells ? signal.Cells.LastOrDefault(c => c.Initial is { Unsigned.IsZero: false })?.Index ?? -1 : -1;
        return new(signal.ModuleName, width, signal.Count, writes.ToEquatableArray(), [])
        {
            Contents = Enumerable.Range(0, last + 1).Select(i => signal.Cells[i].Initial ?? BitVector.Zero(width)).ToEquatableArray(),
        };
    }

    /// <summary>An array that nothing drives and that is read anywhere is a table: a memory without a write.</summary>
    private void WantTables(IReadOnlyDictionary<Cell, IReadOnlyList<Segment>> segments)
    {
        foreach (var signal in body.Signals.Where(s => s.IsArray && !s.IsMemory && s.Kind == SignalKind.Variable && !s.IsPort && s.Count > 4))
        {
            if (body.Uses.ReadAnywhere.Contains(signal.Path) && signal.Cells.All(c => segments[c].All(s => s.Source is null)))
            {
                body.Uses.Want(signal.Path);
            }
        }
    }
}
