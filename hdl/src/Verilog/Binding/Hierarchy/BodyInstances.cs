using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>Makes instances and connects their ports.</summary>
internal sealed class BodyInstances(ModuleBody body)
{
    private readonly BindingContext _context = body.Context;

    /// <summary>The instances of one item.</summary>
    public void Instantiate(InstantiationSyntax syntax, Scope scope)
    {
        BoundModule? shared = null;
        foreach (var instance in syntax.Instances)
        {
            body.Try(() => Instances(
                body.Defparams.ContainsKey((scope, instance.Name)) ? Child(body, syntax, instance, scope) : shared ??= Child(body, syntax, instance, scope), instance, scope));
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

    /// <summary>The module that is instantiated, with the parameters of an instance.</summary>
    public static BoundModule Child(ModuleBody body, InstantiationSyntax syntax, InstanceSyntax instance, Scope scope)
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

        return body.Hierarchy.Bind(definition, given, body.Depth + 1, syntax);
    }

    private void Instances(BoundModule child, InstanceSyntax syntax, Scope scope)
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

    private void Instance(BoundModule child, InstanceSyntax syntax, Scope scope, string path, (int Index, int Count)? element)
    {
        body.InstanceCount += child.Instances;
        if (body.InstanceCount > BindingBudget.MostInstances)
        {
            throw new BindingException(BindingDiagnostics.TooLarge("instances", BindingBudget.MostInstances, syntax.Origin.Span));
        }

        var name = body.Names.Fresh(path);
        var inputs = new Dictionary<string, Expression>();
        var outputs = new List<OutputConnection>();
        foreach (var (port, connection, value) in Connections(child, syntax, scope))
        {
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

        body.Remotes.Made(path, child);

        // After an error an input may be missing.
        body.Instances.Add(new(
            name, child.Module,
            [.. child.Module.InputPorts.Select(p => new InputConnection(p.Name, inputs.GetValueOrDefault(p.Name) ?? body.Factory.Constant(0, p.Width)))],
            outputs.ToEquatableArray()));
    }

    /// <summary>Every port with what it is connected to; null for open.</summary>
    private List<(BoundPort Port, SyntaxNode Where, ExpressionSyntax? Value)> Connections(BoundModule child, InstanceSyntax syntax, Scope scope)
    {
        var connected = new (SyntaxNode Where, ExpressionSyntax? Value)?[child.Ports.Count];
        WildcardConnectionSyntax? wild = null;
        for (var i = 0; i < syntax.Connections.Count; i++)
        {
            var connection = syntax.Connections[i];
            switch (connection)
            {
                case PositionalConnectionSyntax p:
                    if (i >= connected.Length)
                    {
                        // 'm u ();' has one empty position.
                        if (p.Value is null && syntax.Connections.Count == 1)
                        {
                            continue;
                        }

                        throw new BindingException(BindingDiagnostics.TooManyConnections(child.SourceName, "ports", child.Ports.Count, p.Origin.Span));
                    }

                    connected[i] = (p, p.Value);
                    break;
                case NamedConnectionSyntax n:
                    var index = child.Ports.ToList().FindIndex(p => p.Name == n.Name);
                    if (index < 0)
                    {
                        body.Context.Report(BindingDiagnostics.UnknownPort(
                            "port", child.SourceName, n.Name, NameDistance.Nearest(n.Name, child.Ports.Select(p => p.Name)), n.Origin.Span));
                        continue;
                    }

                    if (connected[index] is not null)
                    {
                        body.Context.Report(BindingDiagnostics.ConnectedTwice(n.Name, n.Origin.Span));
                    }

                    connected[index] = (n, n.IsImplicit ? new NameSyntax(n.Name) { Origin = n.Origin } : n.Value);
                    break;
                default:
                    wild ??= connection as WildcardConnectionSyntax;
                    break;
            }
        }

        if (wild is not null)
        {
            foreach (var port in child.Ports.Where((p, i) => connected[i] is null && scope.Find(p.Name) is null))
            {
                body.Context.Report(BindingDiagnostics.UnknownName("signal", port.Name, scope.Nearest(port.Name), wild.Origin.Span));
            }
        }

        return
        [
            .. child.Ports.Select((p, i) => connected[i] is { } c
                ? (p, c.Where, c.Value)
                : (p, (SyntaxNode?)wild ?? syntax, wild is not null && scope.Find(p.Name) is SignalSymbol or ConstantSymbol
                    ? new NameSyntax(p.Name) { Origin = syntax.Origin }
                    : null)),
        ];
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
            if (!IsShared(bound.Type, type, element))
            {
                Checks.Shapes(type, bound, syntax);
            }

            value = Value(bound, port, element, syntax);
        }

        var width = port.Signal.Element.Width;
        for (var i = 0; i < port.Names.Count; i++)
        {
            inputs[port.Names[i]] = body.Factory.Slice(value, i * width, width);
        }
    }

    /// <summary>Whether each of an array of instances gets an element of an array.</summary>
    private static bool IsShared(DataType type, DataType port, (int Index, int Count)? element) =>
        element is { } e && type is UnpackedArrayType array && array.Range.Count == e.Count && array.Element.Width == port.Width
        && array.Element is not UnpackedArrayType && port is not UnpackedArrayType;

    /// <summary>Where the part of an instance lies: instances and elements of an array meet left to left.</summary>
    private static int Place(DataType type, (int Index, int Count) element) =>
        type is UnpackedArrayType { Range.IsDescending: false } ? element.Count - 1 - element.Index : element.Index;

    private Expression Value(Bound bound, BoundPort port, (int Index, int Count)? element, ExpressionSyntax syntax)
    {
        var x = body.Combinational();
        var width = port.Signal.Type.Width;
        if (element is { } e && bound.Width == width * e.Count)
        {
            return body.Factory.Slice(bound.Self(x), Place(bound.Type, e) * width, width);
        }

        if (bound.Width != width && bound is not (BoundFill or BoundLiteral { Literal.IsSized: false }))
        {
            _context.Report(BindingDiagnostics.PortWidth(port.Name, width, bound.Width, syntax.Origin.Span));
        }

        return bound.Assigned(x, width);
    }

    private void Output(
        BoundPort port, string instance, SyntaxNode where, ExpressionSyntax? syntax, Scope scope, (int Index, int Count)? element,
        List<OutputConnection> outputs)
    {
        if (syntax is not null)
        {
            var value = Signals(port.Names, instance, port.Signal.Element.Width, outputs);
            Connect(port, syntax, scope, element, value, null, where);
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

        inputs[name] = Value(_context.Expressions.Bind(syntax, scope), port, element, syntax);
        if (port.Drives is { } drives)
        {
            var value = Signals([drives.Out], instance, width, outputs);
            var enable = Signals([drives.Enable], instance, width, outputs);
            Connect(port, syntax, scope, element, value, enable, where);
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

    private void Connect(
        BoundPort port, ExpressionSyntax syntax, Scope scope, (int Index, int Count)? element, Expression value, Expression? enable, SyntaxNode where)
    {
        var target = _context.Expressions.BindTarget(syntax, scope);
        var isShared = target is SelectTarget { Select.Type: var shared } && IsShared(shared, port.Signal.Type, element);
        if (!isShared && target is SelectTarget { Select: var select } && (port.Signal.IsArray || select.Type is UnpackedArrayType))
        {
            Checks.Shapes(port.Signal.Type, select, syntax);
            value = BoundReordered.Reorder(body.Factory, value, port.Signal.Type, select.Type);
        }

        var source = new DriverSource(where is InstanceSyntax ? syntax : where);
        if (element is { } e && target.Width == value.Width * e.Count)
        {
            // Drives its part of a vector that all instances share.
            if (target is not SelectTarget whole)
            {
                throw new BindingException(BindingDiagnostics.UnsupportedItem("an array of instances on a concatenation", syntax.Origin.Span));
            }

            target = new PartTarget(whole, Place(whole.Select.Type, e) * value.Width, value.Width);
        }
        else if (target.Width != value.Width)
        {
            _context.Report(BindingDiagnostics.PortWidth(port.Name, value.Width, target.Width, syntax.Origin.Span));
        }

        var isSigned = port.Signal.Type.Signed;
        body.Drive(
            target, body.Factory.Resize(value, target.Width, isSigned),
            enable is null ? null : body.Factory.Resize(enable, target.Width, signed: true), source);
    }
}
