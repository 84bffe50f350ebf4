using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>A signal of an interface, or some bits of it, that a module reads or drives through a port.</summary>
/// <param name="Port">The port of the source.</param>
/// <param name="Position">Which interface of a port that is an array, from the left bound on.</param>
/// <param name="Member">Name of the signal in the interface.</param>
/// <param name="Signal">The signal of the module, with its direction.</param>
/// <param name="Cell">The element of the member to which it belongs; null when it is the whole member.</param>
/// <param name="Low">Its lowest bit in that element.</param>
internal sealed record MemberPort(string Port, int Position, string Member, Signal Signal, int? Cell, int Low);

/// <summary>
/// The ports of a module that are interfaces. Each is a scope with the names of its interface; a signal of it that the
/// module uses becomes a port: an output when the module drives it, else an input. Of a signal that the module drives in
/// part the driven bits are outputs and the others inputs.
/// </summary>
internal sealed class InterfacePorts(BindingContext context, ModuleSyntax module, IReadOnlyDictionary<string, GivenInterface> given)
{
    private readonly List<MemberPort> _members = [];

    /// <summary>The module while it is bound.</summary>
    public ModuleBody? Body { get; set; }

    /// <summary>What decides how the module is bound.</summary>
    public string Key => string.Concat(given.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $";{g.Key}:{g.Value.Key}"));

    /// <summary>Declares the ports in the scope of the module, behind its parameters.</summary>
    public void Declare(Scope scope)
    {
        foreach (var port in InterfacePort.Of(context, module).Where(p => given.ContainsKey(p.Name)))
        {
            var outside = given[port.Name];
            var symbol = new InterfaceSymbol(port.Name, port.Declarator, port.IsArray);
            if (!port.IsArray)
            {
                symbol.Views.Add((0, View(port, 0, outside.Views[0], port.Name)));
            }
            else
            {
                var range = context.Types.Range(port.Declarator.Dimensions[0], scope, isUnpacked: true);
                if (port.Declarator.Dimensions.Count > 1 || range.Count != outside.Views.Count)
                {
                    throw new BindingException(BindingDiagnostics.OtherInterface(
                        port.Name, $"an array of {range.Count} interfaces", $"one of {outside.Views.Count}", outside.Where.Origin.Span));
                }

                for (var i = 0; i < range.Count; i++)
                {
                    var index = range.Left + (range.Left <= range.Right ? i : -i);
                    symbol.Views.Add((index, View(port, i, outside.Views[i], $"{port.Name}[{index}]")));
                }
            }

            context.Declarations.Declare(scope, symbol);
        }
    }

    /// <summary>Gives the signals of the interfaces that the bound module uses their directions; its ports.</summary>
    public IReadOnlyList<MemberPort> Settle()
    {
        var drivers = Body!.Drivers.ToLookup(d => d.Cell.Signal);
        var ports = new List<MemberPort>();
        foreach (var member in _members)
        {
            var own = drivers[member.Signal].ToList();
            member.Signal.Direction = own.Count == 0 ? "input" : own.Any(d => d.Drives is not null) ? "inout" : null;
            if (member.Signal.Direction is null && own.GroupBy(d => d.Cell).Count(g => IsWhole(g.Key, g)) == member.Signal.Count)
            {
                member.Signal.Direction = "output";
            }

            if (member.Signal.Direction is null)
            {
                ports.AddRange(member.Signal.Cells.SelectMany(c => Parts(member, c, Driven(own.Where(d => ReferenceEquals(d.Cell, c))).ToList())));
            }
            else
            {
                ports.Add(member);
            }
        }

        return ports;
    }

    private InterfaceView View(InterfacePort port, int position, InterfaceView outside, string path)
    {
        var kind = outside.Kind;
        var modport = port.Type.Modport is { } name ? kind.Modport(name, port.Type) : outside.Modport;
        var scope = InterfaceInstances.Open(context, kind.Syntax, kind.Given, path, $"{path}.").Scope;
        PendingPort? before = null;
        foreach (var header in kind.Syntax.Ports.OfType<PortDeclarationSyntax>())
        {
            before = BodyPorts.Header(header, before);
            Signal(before.Type, header.Declarators[0], before.Kind, before.NetType);
        }

        foreach (var item in kind.Syntax.Items)
        {
            var (type, declarators, netType) = item switch
            {
                NetDeclarationSyntax net => (net.Type, net.Declarators, net.NetType),
                VariableDeclarationSyntax variable => ((DataTypeSyntax?)variable.Type, variable.Declarators, (string?)null),
                _ => (null, [], null),
            };
            foreach (var declarator in declarators)
            {
                Signal(type, declarator, netType is null ? SignalKind.Variable : SignalKind.Net, netType);
            }

            if (type is not null)
            {
                context.Declarations.EnumNames(type, scope);
            }
        }

        return new(kind, scope, modport);

        void Signal(DataTypeSyntax? type, DeclaratorSyntax declarator, SignalKind signalKind, string? netType) => context.Declarations.Declare(
            scope, new SignalSymbol(declarator.Name, declarator, () =>
            {
                var element = type is null ? DataType.Bits(1) : context.Types.Resolve(type, scope);
                var full = context.Types.Unpacked(element, declarator.Dimensions, scope);
                var signal = Body!.Add(new(scope.Path + declarator.Name, full, signalKind, declarator) { NetType = netType, IsMember = true });
                _members.Add(new(port.Name, position, declarator.Name, signal, null, 0));
                if (signalKind == SignalKind.Variable && declarator.Value is not null)
                {
                    SignalDefaults.Set(context, signal, declarator.Value, scope);
                }

                return signal;
            }));
    }

    /// <summary>The driven bits of an element as outputs, and the others as inputs.</summary>
    private IEnumerable<MemberPort> Parts(MemberPort member, Cell cell, List<(int Low, int Top)> driven)
    {
        var low = 0;
        foreach (var (from, to) in driven.Append((cell.Width, cell.Width)))
        {
            if (from > low)
            {
                var input = Part(cell, low, from, "input");
                Body!.Drivers.Add(new(cell, [new Piece(low, input.Cells[0].Reference!)], new(member.Signal.Declaration)));
                yield return member with { Signal = input, Cell = cell.Index, Low = low };
            }

            if (to > from)
            {
                var output = Part(cell, from, to, "output");
                output.Cells[0].Initial = cell.Initial is { } initial ? BitVector.Slice(initial, from, to - from) : null;
                var value = Body!.Factory.Slice(cell.Reference!, from, to - from);
                Body.Drivers.Add(new(output.Cells[0], [new Piece(0, value)], new(member.Signal.Declaration)));
                yield return member with { Signal = output, Cell = cell.Index, Low = from };
            }

            low = to;
        }
    }

    private Signal Part(Cell cell, int low, int top, string direction) => Body!.Add(new(
        top - low == 1 ? $"{cell.Name}_{low}" : $"{cell.Name}_{top - 1}_{low}", DataType.Bits(top - low), SignalKind.Net, cell.Signal.Declaration)
    {
        Direction = direction,
    });

    private static bool IsWhole(Cell cell, IEnumerable<Driver> drivers) => Driven(drivers) is [(0, var top)] && top == cell.Width;

    /// <summary>The bits that drivers drive, from the lowest on; what touches is one stretch.</summary>
    private static List<(int Low, int Top)> Driven(IEnumerable<Driver> drivers)
    {
        var stretches = new List<(int Low, int Top)>();

        // A clocked process holds what lies between the bits that it assigns.
        var pieces = drivers.SelectMany(d => d.Source.Edges is not null ? [(d.Low, d.Top)] : d.Pieces.Select(p => (p.Low, p.Top)));
        foreach (var (low, top) in pieces.OrderBy(p => p.Low))
        {
            if (stretches.Count > 0 && stretches[^1].Top >= low)
            {
                stretches[^1] = (stretches[^1].Low, Math.Max(stretches[^1].Top, top));
            }
            else
            {
                stretches.Add((low, top));
            }
        }

        return stretches;
    }
}
