using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>
/// Instances of interfaces: each is a scope of the module around it, whose signals, assignments and processes are the
/// module's own. A port that is connected to a whole signal of the same type is another name of this signal.
/// </summary>
internal sealed class InterfaceInstances(ModuleBody body)
{
    private readonly BindingContext _context = body.Context;

    /// <summary>The interface that an item makes instances of, or null when it makes instances of a module.</summary>
    public static ModuleSyntax? Of(BindingContext context, InstantiationSyntax syntax) =>
        context.Definitions.GetValueOrDefault(syntax.Module) is { IsInterface: true } definition ? definition : null;

    /// <summary>A scope with the parameters, types and functions of an interface.</summary>
    public static (Scope Scope, InterfaceKind Kind) Open(
        BindingContext context, ModuleSyntax definition, IReadOnlyDictionary<string, ParameterValue> given, string name, string path)
    {
        var scope = new Scope(name, context.Unit) { Path = path };
        foreach (var import in definition.Imports)
        {
            context.Declarations.TryDeclareCommon(import, scope);
        }

        var key = new Parameters(context, definition).Declare(scope, given);
        return (scope, new(definition, given, key));
    }

    /// <summary>Declares the instances of an item and all that is inside of them.</summary>
    public void Declare(InstantiationSyntax syntax, ModuleSyntax definition, Scope scope, Action<ItemSyntax, Scope> declare)
    {
        if (definition.Ports.FirstOrDefault(p => p is not PortDeclarationSyntax) is { } reference)
        {
            throw new BindingException(BindingDiagnostics.UnsupportedItem("an interface whose header only lists names", reference.Origin.Span));
        }

        if (InterfacePort.Of(_context, definition) is [var inner, ..])
        {
            throw new BindingException(BindingDiagnostics.UnsupportedItem("an interface with an interface as port", inner.Declarator.Origin.Span));
        }

        var given = new Parameters(_context, definition).Given(syntax.Parameters, scope);
        foreach (var instance in syntax.Instances)
        {
            var connections = ConnectionList.Match(_context, definition, instance, scope);
            var symbol = new InterfaceSymbol(instance.Name, instance, instance.Dimensions.Count > 0);
            _context.Declarations.Declare(scope, symbol);
            foreach (var index in Indices(instance, scope))
            {
                var name = index is null ? instance.Name : $"{instance.Name}[{index}]";
                _context.Budget.SpendBlock(definition);
                var (inside, kind) = Open(_context, definition, given, name, $"{scope.Path}{name}.");
                symbol.Views.Add((index ?? 0, new(kind, inside, null)));
                DeclarePorts(definition, connections, inside, scope);
                foreach (var item in definition.Items.Where(i => i is not ModportItemSyntax && !DeclarationBinder.IsCommon(i)))
                {
                    body.Try(() => declare(item, inside));
                }

                CheckModports(definition, symbol.Views[^1].View);
            }
        }
    }

    /// <summary>Connects the ports of the instances of an item.</summary>
    public void Connect(InstantiationSyntax syntax, ModuleSyntax definition, Scope scope)
    {
        foreach (var instance in syntax.Instances)
        {
            if (scope.Symbols.GetValueOrDefault(instance.Name) is not InterfaceSymbol symbol)
            {
                continue;
            }

            var connections = ConnectionList.Match(_context, definition, instance, scope);
            for (var i = 0; i < symbol.Views.Count; i++)
            {
                var inside = symbol.Views[i].View.Scope;
                PendingPort? before = null;
                foreach (var (header, connection) in definition.Ports.OfType<PortDeclarationSyntax>().Zip(connections))
                {
                    before = BodyPorts.Header(header, before);
                    if (inside.Symbols.GetValueOrDefault(connection.Port) is SignalSymbol port)
                    {
                        // The instance of the right bound has the lowest bits.
                        var element = symbol.IsArray ? (symbol.Views.Count - 1 - i, symbol.Views.Count) : ((int, int)?)null;
                        body.Try(() => Connect(before!.Direction, port.Signal, connection, instance, scope, element));
                    }
                }
            }
        }
    }

    private IEnumerable<int?> Indices(InstanceSyntax instance, Scope scope)
    {
        if (instance.Dimensions.Count == 0)
        {
            return [null];
        }

        var range = _context.Types.Range(instance.Dimensions[0], scope, isUnpacked: true);
        if (instance.Dimensions.Count > 1)
        {
            throw new BindingException(BindingDiagnostics.UnsupportedItem("an array of instances with several dimensions", instance.Origin.Span));
        }

        return range.Count > BindingBudget.MostInstances
            ? throw new BindingException(BindingDiagnostics.TooLarge("instances", BindingBudget.MostInstances, instance.Origin.Span))
            : Enumerable.Range(0, range.Count).Select(i => (int?)(range.Left + (range.Left <= range.Right ? i : -i)));
    }

    private void DeclarePorts(ModuleSyntax definition, IReadOnlyList<Connected> connections, Scope inside, Scope outside)
    {
        PendingPort? before = null;
        foreach (var (header, connection) in definition.Ports.OfType<PortDeclarationSyntax>().Zip(connections))
        {
            var port = before = BodyPorts.Header(header, before);
            _context.Declarations.Declare(inside, new SignalSymbol(port.Name, port.Declaration, () =>
            {
                var element = port.Type is null ? DataType.Bits(1) : _context.Types.Resolve(port.Type, inside);
                var type = _context.Types.Unpacked(element, port.Dimensions, inside);
                return Whole(connection.Value, outside) is { } signal && signal.Type == type
                    ? signal
                    : body.Add(new(inside.Path + port.Name, type, port.Kind, port.Declaration) { NetType = port.NetType });
            }));
            if (port.Type is not null)
            {
                _context.Declarations.EnumNames(port.Type, inside);
            }
        }
    }

    /// <summary>The signal of the module that a connection is as a whole.</summary>
    private Signal? Whole(ExpressionSyntax? syntax, Scope scope) =>
        syntax is NameSyntax or MemberSyntax && _context.Expressions.Bind(syntax, scope) is BoundSelect { Steps.Count: 0, Signal: { IsRemote: false } signal }
            ? signal
            : null;

    private void Connect(
        string direction, Signal port, Connected connection, InstanceSyntax instance, Scope scope, (int Index, int Count)? element)
    {
        var source = new DriverSource(connection.Where);
        if (connection.Value is not { } value)
        {
            if (direction == "input")
            {
                _context.Report(BindingDiagnostics.InputOpen(instance.Name, connection.Port, connection.Where.Origin.Span));
                _context.Find(BindingFindingKind.OpenInput, $"the input '{connection.Port}' of '{instance.Name}' is open", connection.Where);
            }
        }
        else if (ReferenceEquals(Whole(value, scope), port))
        {
            return;
        }
        else if (direction == "input")
        {
            var bound = _context.Expressions.BindAssigned(value, scope, port.Type);
            Checks.Shapes(port.Type, bound, value);
            var target = new SelectTarget(new BoundSelect(port, value));
            body.Drive(target, PortValues.Input(body, bound, connection.Port, port.Type.Width, element, value), null, source);
        }
        else if (direction == "output")
        {
            PortValues.Output(
                body, connection.Port, port.Type, value, scope, element, new BoundSelect(port, value).Self(body.Combinational()), null, source);
        }
        else
        {
            throw new BindingException(BindingDiagnostics.UnsupportedItem(
                $"the {direction} port '{connection.Port}' of an interface with anything but a signal of its type", value.Origin.Span));
        }
    }

    private void CheckModports(ModuleSyntax definition, InterfaceView view)
    {
        foreach (var term in definition.Items.OfType<ModportItemSyntax>().SelectMany(m => m.Modports).SelectMany(m => m.Terms).Where(t => t.Value is null))
        {
            body.Try(() => view.Find(term.Name, term));
        }
    }
}
