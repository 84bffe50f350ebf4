using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>The module of an instance with what the instance connects to its ports.</summary>
internal sealed record ConnectedChild(
    BoundModule Module, IReadOnlyList<Connected> Connections, IReadOnlyDictionary<string, GivenInterface> Interfaces);

/// <summary>Makes instances and connects their ports.</summary>
internal sealed class BodyInstances(ModuleBody body)
{
    private readonly BindingContext _context = body.Context;

    /// <summary>The instances of one item.</summary>
    public void Instantiate(InstantiationSyntax syntax, Scope scope)
    {
        if (InterfaceInstances.Of(_context, syntax) is { } definition)
        {
            new InterfaceInstances(body).Connect(syntax, definition, scope);
            return;
        }

        foreach (var instance in syntax.Instances)
        {
            body.Try(() => Instances(Child(body, syntax, instance, scope), instance, scope));
        }
    }

    /// <summary>Refuses values for parameters of what is no instance beside them.</summary>
    public static void CheckDefparams(ModuleBody body)
    {
        foreach (var ((scope, name), values) in body.Defparams)
        {
            if (scope.Symbols.GetValueOrDefault(name) is not InstanceSymbol { IsArray: false })
            {
                body.Context.Report(BindingDiagnostics.ForeignDefparam(values[0].Target.Origin.Span));
            }
        }
    }

    /// <summary>The module of which an instance is made, and what is connected to its ports.</summary>
    public static ConnectedChild Child(ModuleBody body, InstantiationSyntax syntax, InstanceSyntax instance, Scope scope)
    {
        var context = body.Context;
        if (!context.Definitions.TryGetValue(syntax.Module, out var definition))
        {
            throw new BindingException(BindingDiagnostics.UnknownModule(
                syntax.Module, NameDistance.Nearest(syntax.Module, context.Definitions.Keys), syntax.Origin.Span));
        }

        var parameters = new Parameters(context, definition);
        var given = parameters.Given(syntax.Parameters, scope);
        foreach (var (target, value) in body.Defparams.GetValueOrDefault((scope, instance.Name)) ?? [])
        {
            given[target.Name] = parameters.Given(target.Name, value, scope, target);
        }

        var connections = ConnectionList.Match(context, definition, instance, scope);
        var interfaces = GivenInterface.All(context, definition, instance, connections, scope);
        return new(body.Hierarchy.Bind(definition, given, interfaces, body.Depth + 1, syntax), connections, interfaces);
    }

    private void Instances(ConnectedChild child, InstanceSyntax syntax, Scope scope)
    {
        if (syntax.Dimensions.Count == 0)
        {
            Instance(child, syntax, scope, scope.Path + syntax.Name, null);
            return;
        }

        if (syntax.Dimensions.Count > 1)
        {
            throw new BindingException(BindingDiagnostics.UnsupportedItem("an array of instances with several dimensions", syntax.Origin.Span));
        }

        var range = _context.Types.Range(syntax.Dimensions[0], scope, isUnpacked: true);
        if (range.Count > BindingBudget.MostInstances)
        {
            throw new BindingException(BindingDiagnostics.TooLarge("instances", BindingBudget.MostInstances, syntax.Origin.Span));
        }

        for (var i = 0; i < range.Count; i++)
        {
            // The instance of the right bound has the lowest bits.
            var index = range.Right + (range.Right <= range.Left ? i : -i);
            Instance(child, syntax, scope, $"{scope.Path}{syntax.Name}[{index}]", (i, range.Count));
        }
    }

    private void Instance(ConnectedChild connected, InstanceSyntax syntax, Scope scope, string path, (int Index, int Count)? element)
    {
        var child = connected.Module;
        body.InstanceCount += child.Instances;
        if (body.InstanceCount > BindingBudget.MostInstances)
        {
            throw new BindingException(BindingDiagnostics.TooLarge("instances", BindingBudget.MostInstances, syntax.Origin.Span));
        }

        var name = body.Names.Fresh(path);
        var inputs = new Dictionary<string, Expression>();
        var outputs = new List<OutputConnection>();
        foreach (var port in child.Ports)
        {
            var (_, connection, value) = connected.Connections.First(c => c.Port == port.Name);
            body.Try(() =>
            {
                switch (port.Signal.Direction)
                {
                    case "input":
                        Input(port, name, connection, value, scope, element, inputs);
                        break;
                    case "output":
                        Output(port, name, connection, value, scope, element, outputs);
                        break;
                    default:
                        Inout(port, name, connection, value, scope, element, inputs, outputs);
                        break;
                }
            });
        }

        foreach (var member in child.Members)
        {
            var given = connected.Interfaces[member.Member.Port];
            body.Try(() => Member(member, given.Of(member.Member.Position, element), given.Where, name, inputs, outputs));
        }

        body.Remotes.Made(path, child);

        // After an error an input may be missing.
        body.Instances.Add(new(
            name, child.Module,
            [.. child.Module.InputPorts.Select(p => new InputConnection(p.Name, inputs.GetValueOrDefault(p.Name) ?? body.Factory.Constant(0, p.Width)))],
            outputs.ToEquatableArray()));
    }

    /// <summary>Connects a signal of an interface that the child uses to the signal that is meant here.</summary>
    private void Member(
        BoundMember member, InterfaceView view, SyntaxNode where, string instance, Dictionary<string, Expression> inputs, List<OutputConnection> outputs)
    {
        var (port, name) = (member.Port, member.Member.Member);
        var signal = ((SignalSymbol)view.Scope.Symbols[name]).Signal;
        if (signal.IsMemory)
        {
            body.Uses.Refuse(signal.Path);
            return;
        }

        if (port.Signal.Direction != "input" && view.DirectionOf(name) == "input")
        {
            throw new BindingException(BindingDiagnostics.AssignsModportInput(name, view.Modport!.Name, where.Origin.Span));
        }

        if (port.Signal.Direction != "input" && signal.Direction == "input")
        {
            throw new BindingException(BindingDiagnostics.AssignsInput(signal.Path, where.Origin.Span));
        }

        var (low, width) = (member.Member.Low, port.Signal.Element.Width);
        var source = new DriverSource(where);
        for (var i = 0; i < port.Names.Count; i++)
        {
            var cell = signal.Cells[member.Member.Cell ?? i];
            if (port.Signal.Direction != "output")
            {
                inputs[port.Names[i]] = body.Factory.Slice(cell.Reference!, low, width);
            }

            if (port.Signal.Direction == "output" && cell.Initial is { } initial && BitVector.Slice(initial, low, width) is { Unsigned.IsZero: false } part
                && part != port.Signal.Cells[i].Initial)
            {
                // The register is in the other module, which knows the value of the declaration only.
                throw new BindingException(BindingDiagnostics.UnsupportedStatement(
                    $"an initial block that sets '{signal.Path}', which '{instance}' drives,", signal.Declaration.Origin.Span));
            }

            if (port.Signal.Direction == "output")
            {
                body.Drivers.Add(new(cell, [new Piece(low, Signals([port.Names[i]], instance, width, outputs))], source));
            }
            else if (port.Drives is { } drives)
            {
                var value = Signals([drives.Out], instance, width, outputs);
                body.Drivers.Add(new(cell, [new Piece(low, value)], source) { Drives = [Signals([drives.Enable], instance, width, outputs)] });
            }
        }
    }

    private void Input(
        BoundPort port, string instance, SyntaxNode where, ExpressionSyntax? syntax, Scope scope, (int Index, int Count)? element,
        Dictionary<string, Expression> inputs)
    {
        var type = port.Signal.Type;
        Expression value;
        if (syntax is null)
        {
            if (port.Default is null)
            {
                _context.Report(BindingDiagnostics.InputOpen(instance, port.Name, where.Origin.Span));
                _context.Find(BindingFindingKind.OpenInput, $"the input '{port.Name}' of '{instance}' is open", where);
            }

            value = body.Factory.Constant(port.Default ?? BitVector.Zero(type.Width));
        }
        else
        {
            var bound = _context.Expressions.BindAssigned(syntax, scope, type);
            if (!PortValues.IsShared(bound.Type, type, element))
            {
                Checks.Shapes(type, bound, syntax);
            }

            value = PortValues.Input(body, bound, port.Name, type.Width, element, syntax);
        }

        var width = port.Signal.Element.Width;
        for (var i = 0; i < port.Names.Count; i++)
        {
            inputs[port.Names[i]] = body.Factory.Slice(value, i * width, width);
        }
    }

    private void Output(
        BoundPort port, string instance, SyntaxNode where, ExpressionSyntax? syntax, Scope scope, (int Index, int Count)? element,
        List<OutputConnection> outputs)
    {
        if (syntax is not null)
        {
            var value = Signals(port.Names, instance, port.Signal.Element.Width, outputs);
            PortValues.Output(body, port.Name, port.Signal.Type, syntax, scope, element, value, null, new(where));
        }
    }

    private void Inout(
        BoundPort port, string instance, SyntaxNode where, ExpressionSyntax? syntax, Scope scope, (int Index, int Count)? element,
        Dictionary<string, Expression> inputs, List<OutputConnection> outputs)
    {
        var (name, width) = (port.Names[0], port.Signal.Type.Width);
        if (syntax is null)
        {
            inputs[name] = body.Factory.Constant(0, width);
            return;
        }

        inputs[name] = PortValues.Input(body, _context.Expressions.Bind(syntax, scope), port.Name, width, element, syntax);
        if (port.Drives is { } drives)
        {
            var value = Signals([drives.Out], instance, width, outputs);
            var enable = Signals([drives.Enable], instance, width, outputs);
            PortValues.Output(body, port.Name, port.Signal.Type, syntax, scope, element, value, enable, new(where));
        }
    }

    /// <summary>The signals of this module that carry output ports, the first port lowest.</summary>
    private Expression Signals(IReadOnlyList<string> ports, string instance, int width, List<OutputConnection> outputs)
    {
        var parts = new List<Expression>();
        foreach (var port in ports)
        {
            var signal = body.Names.Fresh($"{instance}_{port}");
            outputs.Add(new(port, signal));
            parts.Add(body.Factory.Reference(signal, width));
        }

        parts.Reverse();
        return body.Factory.Concat(parts);
    }
}
