using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2522 and HW2523: ports of instances that are not connected.</summary>
internal static class PortConnectionPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        foreach (var instance in module.Instances)
        {
            if (instance.Target is not { } target || instance.Syntax.Connections.OfType<WildcardConnectionSyntax>().Any())
            {
                continue;
            }

            var ports = module.Sources.PortsOf(target);
            var connections = Connections(instance.Syntax, ports);
            foreach (var port in ports)
            {
                var isMentioned = connections.TryGetValue(port.Name, out var isConnected);
                if (isConnected)
                {
                    continue;
                }

                if (port.Direction == "input")
                {
                    yield return LintDiagnostics.InputOpen(instance.Syntax.Origin, instance.Syntax.Name, target.Name, port.Name);
                }
                else if (port.Direction == "output" && !isMentioned)
                {
                    yield return LintDiagnostics.OutputLeftOut(instance.Syntax.Origin, instance.Syntax.Name, target.Name, port.Name);
                }
            }
        }
    }

    private static Dictionary<string, bool> Connections(InstanceSyntax instance, IReadOnlyList<LintPort> ports)
    {
        var found = new Dictionary<string, bool>(StringComparer.Ordinal);
        for (var i = 0; i < instance.Connections.Count; i++)
        {
            switch (instance.Connections[i])
            {
                case NamedConnectionSyntax named:
                    found[named.Name] = named.IsImplicit || named.Value is not null;
                    break;
                case PositionalConnectionSyntax positional when i < ports.Count:
                    found[ports[i].Name] = positional.Value is not null;
                    break;
            }
        }

        return found;
    }
}
