using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>What an instance connects to a port that is an interface.</summary>
/// <param name="Views">The interface, or those of an array from its left bound on.</param>
/// <param name="IsShared">Whether each instance of an array of instances gets one of the views.</param>
/// <param name="Where">The connection.</param>
internal sealed record GivenInterface(IReadOnlyList<InterfaceView> Views, bool IsShared, SyntaxNode Where)
{
    /// <summary>The interface of a port, or of an element of a port that is an array, for one instance of an array of instances.</summary>
    public InterfaceView Of(int position, (int Index, int Count)? element) =>
        IsShared && element is { } e ? Views[e.Count - 1 - e.Index] : Views[position];

    /// <summary>What decides how the module behind the port is bound.</summary>
    public string Key =>
        $"{Views[0].Kind.Syntax.Name}({Views[0].Kind.Key}).{Views[0].Modport?.Name}[{(IsShared ? 1 : Views.Count)}]";

    /// <summary>The interfaces that an instance connects to the ports of a module, by the names of these.</summary>
    public static IReadOnlyDictionary<string, GivenInterface> All(
        BindingContext context, ModuleSyntax module, InstanceSyntax instance, IReadOnlyList<Connected> connections, Scope scope)
    {
        var given = new Dictionary<string, GivenInterface>();
        foreach (var port in InterfacePort.Of(context, module))
        {
            if (port.Type.Interface is { } wanted && context.Definitions.GetValueOrDefault(wanted) is not { IsInterface: true })
            {
                var known = context.Definitions.Values.Where(d => d.IsInterface).Select(d => d.Name);
                throw new BindingException(BindingDiagnostics.UnknownInterface(wanted, NameDistance.Nearest(wanted, known), port.Type.Origin.Span));
            }

            var (_, where, value) = connections.First(c => c.Port == port.Name);
            if (value is null)
            {
                throw new BindingException(BindingDiagnostics.InterfaceOpen(port.Name, where.Origin.Span));
            }

            var (views, isArray, namesModport) = context.Expressions.ConnectedInterfaces(value, scope, port.Name);
            var isShared = isArray && !port.IsArray && instance.Dimensions.Count == 1;
            if (Misfit(port, views[0], isArray && !isShared, namesModport) is var (needed, found))
            {
                throw new BindingException(BindingDiagnostics.OtherInterface(port.Name, needed, found, value.Origin.Span));
            }

            if (isShared && context.Types.Range(instance.Dimensions[0], scope, isUnpacked: true).Count is var count && count != views.Count)
            {
                throw new BindingException(BindingDiagnostics.OtherInterface(
                    port.Name, $"an array of {count} interfaces", $"one of {views.Count}", value.Origin.Span));
            }

            given[port.Name] = new(views, isShared, value);
        }

        return given;
    }

    private static (string Wanted, string Given)? Misfit(InterfacePort port, InterfaceView view, bool isArray, bool namesModport)
    {
        if (port.Type.Interface is { } wanted && wanted != view.Kind.Syntax.Name)
        {
            return ($"interface '{wanted}'", $"interface '{view.Kind.Syntax.Name}'");
        }

        if (port.Type.Modport is { } modport && namesModport && modport != view.Modport!.Name)
        {
            return ($"modport '{modport}'", $"modport '{view.Modport.Name}'");
        }

        return isArray == port.IsArray ? null : port.IsArray ? ("an array of interfaces", "one interface") : ("one interface", "an array of interfaces");
    }
}

/// <summary>A port of a module that is an interface.</summary>
internal sealed record InterfacePort(DeclaratorSyntax Declarator, InterfaceTypeSyntax Type)
{
    public string Name => Declarator.Name;

    public bool IsArray => Declarator.Dimensions.Count > 0;

    /// <summary>The ports of a module that are interfaces; one without a type has that of the port before it.</summary>
    public static IReadOnlyList<InterfacePort> Of(BindingContext context, ModuleSyntax module)
    {
        var ports = new List<InterfacePort>();
        InterfaceTypeSyntax? before = null;
        foreach (var port in module.Ports.OfType<PortDeclarationSyntax>())
        {
            before = port is { Direction: null, NetType: null, Type: null } ? before : TypeOf(context, port);
            ports.AddRange(before is null ? [] : port.Declarators.Select(d => new InterfacePort(d, before)));
        }

        return ports;
    }

    private static InterfaceTypeSyntax? TypeOf(BindingContext context, PortDeclarationSyntax port) => port switch
    {
        { Type: InterfaceTypeSyntax type } => type,
        { Direction: null, NetType: null, Type: NamedTypeSyntax { Package: null, Packed.Count: 0 } named }
            when context.Definitions.GetValueOrDefault(named.Name) is { IsInterface: true } => new(named.Name, null) { Origin = named.Origin },
        _ => null,
    };
}
