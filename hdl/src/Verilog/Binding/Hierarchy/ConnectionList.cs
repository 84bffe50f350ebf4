using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>A port of an instance with what it is connected to.</summary>
/// <param name="Port">Its name.</param>
/// <param name="Where">The connection; the instance when nothing is written.</param>
/// <param name="Value">Null for open.</param>
internal sealed record Connected(string Port, SyntaxNode Where, ExpressionSyntax? Value);

/// <summary>Finds which connection of an instance belongs to which port.</summary>
internal static class ConnectionList
{
    /// <summary>The names of the ports of a module, in the order of its header; empty for a port that has none.</summary>
    public static IReadOnlyList<string> Ports(ModuleSyntax module) =>
    [
        .. module.Ports.Select(p => p switch
        {
            PortDeclarationSyntax { Declarators: [var declarator] } => declarator.Name,
            PortReferenceSyntax reference => reference.Name ?? (reference.Expression as NameSyntax)?.Name ?? "",
            _ => "",
        }),
    ];

    /// <summary>Every port of a module with what an instance connects to it.</summary>
    public static IReadOnlyList<Connected> Match(BindingContext context, ModuleSyntax module, InstanceSyntax syntax, Scope scope)
    {
        var ports = Ports(module);
        var connected = new Connected?[ports.Count];
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

                        throw new BindingException(BindingDiagnostics.TooManyConnections(module.Name, "ports", ports.Count, p.Origin.Span));
                    }

                    connected[i] = new(ports[i], p, p.Value);
                    break;
                case NamedConnectionSyntax n:
                    var index = ports.ToList().IndexOf(n.Name);
                    if (index < 0)
                    {
                        context.Report(BindingDiagnostics.UnknownPort(
                            "port", module.Name, n.Name, NameDistance.Nearest(n.Name, ports), n.Origin.Span));
                        continue;
                    }

                    if (connected[index] is not null)
                    {
                        context.Report(BindingDiagnostics.ConnectedTwice(n.Name, n.Origin.Span));
                    }

                    connected[index] = new(n.Name, n, n.IsImplicit ? new NameSyntax(n.Name) { Origin = n.Origin } : n.Value);
                    break;
                default:
                    wild ??= connection as WildcardConnectionSyntax;
                    break;
            }
        }

        if (wild is not null)
        {
            foreach (var port in ports.Where((p, i) => p.Length > 0 && connected[i] is null && scope.Find(p) is null))
            {
                context.Report(BindingDiagnostics.UnknownName("signal", port, scope.Nearest(port), wild.Origin.Span));
            }
        }

        return
        [
            .. ports.Select((p, i) => connected[i] ?? new(
                p, (SyntaxNode?)wild ?? syntax,
                wild is not null && scope.Find(p) is SignalSymbol or ConstantSymbol or InterfaceSymbol ? new NameSyntax(p) { Origin = syntax.Origin } : null)),
        ];
    }
}
