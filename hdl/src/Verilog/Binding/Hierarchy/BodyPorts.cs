using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>A port whose declaration may go on in the body.</summary>
internal sealed class PendingPort(string name, SyntaxNode declaration)
{
    /// <summary>Name inside of the module.</summary>
    public string Name { get; } = name;

    public SyntaxNode Declaration { get; } = declaration;

    public string Direction { get; set; } = "";

    public DataTypeSyntax? Type { get; set; }

    public EquatableArray<DimensionSyntax> Dimensions { get; set; }

    public SignalKind Kind { get; set; }

    public string? NetType { get; set; }

    public ExpressionSyntax? Initial { get; set; }

    /// <summary>Whether the body may still declare it as a net or variable.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether that declaration says <c>signed</c>.</summary>
    public bool AlsoSigned { get; set; }
}

/// <summary>Declares the ports of a module, of both styles.</summary>
internal sealed class BodyPorts(ModuleBody body)
{
    private readonly List<(string Name, SignalSymbol Symbol)> _ports = [];

    /// <summary>Declares the ports' names.</summary>
    public void Declare()
    {
        PendingPort? before = null;
        var interfaces = InterfacePort.Of(body.Context, body.Syntax).Select(p => p.Declarator).ToHashSet<SyntaxNode>(ReferenceEqualityComparer.Instance);
        foreach (var item in body.Syntax.Ports)
        {
            body.Try(() =>
            {
                if (item is PortDeclarationSyntax header && !interfaces.Contains(header.Declarators[0]))
                {
                    before = Header(header, before);
                    Declare(before.Name, before);
                }
            });
        }

        foreach (var declaration in body.Syntax.Items.OfType<PortDeclarationSyntax>())
        {
            foreach (var declarator in declaration.Declarators)
            {
                body.Try(() =>
                {
                    if (body.Ports.ContainsKey(declarator.Name))
                    {
                        throw new BindingException(BindingDiagnostics.Duplicate(declarator.Name, declarator.Origin.Span));
                    }

                    var port = Header(declaration with { Declarators = [declarator] }, null);
                    port.IsOpen = true;
                    body.Ports[declarator.Name] = port;
                });
            }
        }

        foreach (var reference in body.Syntax.Ports.OfType<PortReferenceSyntax>())
        {
            body.Try(() => Reference(reference));
        }
    }

    /// <summary>The ports with their signals, after all names are declared.</summary>
    public IReadOnlyList<(string Name, Signal Signal)> Resolve()
    {
        var resolved = new List<(string, Signal)>();
        foreach (var (name, symbol) in _ports)
        {
            body.Try(() => resolved.Add((name, symbol.Signal)));
        }

        return resolved;
    }

    /// <summary>A port of a header; what it leaves out is that of the port before it.</summary>
    public static PendingPort Header(PortDeclarationSyntax syntax, PendingPort? before)
    {
        var declarator = syntax.Declarators[0];
        var isBare = syntax.Direction is null && syntax.NetType is null && syntax.Type is null;
        var direction = syntax.Direction ?? before?.Direction ?? "inout";
        var isVariable = syntax.NetType == "var"
            || (syntax.NetType is null && direction == "output" && syntax.Type is not (null or VectorTypeSyntax { Keyword: "" }));
        return new(declarator.Name, declarator)
        {
            Direction = direction,
            Type = isBare ? before?.Type : syntax.Type,
            Dimensions = declarator.Dimensions,
            Kind = isBare && before is not null ? before.Kind : isVariable ? SignalKind.Variable : SignalKind.Net,
            NetType = isBare ? before?.NetType : syntax.NetType == "var" ? null : syntax.NetType,
            Initial = declarator.Value,
        };
    }

    private void Reference(PortReferenceSyntax reference)
    {
        var inner = reference.Expression switch
        {
            null => reference.Name,
            NameSyntax n => n.Name,
            _ => null,
        };
        var name = reference.Name ?? inner;
        if (inner is null || name is null)
        {
            throw new BindingException(BindingDiagnostics.UnsupportedItem("a port that is a part or a concatenation", reference.Origin.Span));
        }

        if (!body.Ports.TryGetValue(inner, out var port))
        {
            throw new BindingException(BindingDiagnostics.PortNotDeclared(inner, reference.Origin.Span));
        }

        Declare(name, port);
    }

    private void Declare(string name, PendingPort port)
    {
        body.Ports[port.Name] = port;
        if (port.Direction is not ("input" or "output" or "inout"))
        {
            throw new BindingException(BindingDiagnostics.UnsupportedItem($"a port with the direction '{port.Direction}'", port.Declaration.Origin.Span));
        }

        var scope = body.Scope;
        var symbol = new SignalSymbol(port.Name, port.Declaration, () =>
        {
            var element = port.Type is null ? DataType.Bits(1) : body.Context.Types.Resolve(port.Type, scope);
            if (port.AlsoSigned && element is VectorType vector)
            {
                element = vector with { IsSigned = true };
            }

            return body.Add(new Signal(port.Name, body.Context.Types.Unpacked(element, port.Dimensions, scope), port.Kind, port.Declaration)
            {
                Direction = port.Direction,
                NetType = port.NetType,
                Initial = port.Direction == "output" && port.Initial is not null ? (port.Initial, scope) : null,
            });
        });
        body.Context.Declarations.Declare(scope, symbol);
        if (port.Type is not null)
        {
            body.Context.Declarations.EnumNames(port.Type, scope);
        }

        body.Declared.Add(symbol);
        _ports.Add((name, symbol));
    }
}
