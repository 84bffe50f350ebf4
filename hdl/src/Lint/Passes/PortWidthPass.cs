using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>HW2524: connections that are wider or narrower than their ports.</summary>
internal static class PortWidthPass
{
    public static IEnumerable<Diagnostic> Check(LintModule module)
    {
        foreach (var instance in module.Instances.Where(i => i.Syntax.Dimensions.Count == 0))
        {
            if (instance.Target is not { } target || module.Sources.Resolved(target.Name) is not { } inside)
            {
                continue;
            }

            var parameters = InstanceParameters.Of(instance.Instantiation, target, module.Constants, instance.Scope);
            if (parameters.Count < instance.Instantiation.Parameters.Count)
            {
                // A parameter is given whose value is not known here: the default would mislead.
                continue;
            }

            var widths = new Constants(parameters, inside.Scope).Widths;
            var ports = module.Sources.PortsOf(target);
            for (var i = 0; i < instance.Syntax.Connections.Count; i++)
            {
                var (name, value) = instance.Syntax.Connections[i] switch
                {
                    NamedConnectionSyntax { Value: { } v } c => (c.Name, v),
                    PositionalConnectionSyntax { Value: { } v } when i < ports.Count => (ports[i].Name, v),
                    _ => ("", null),
                };
                if (value is not null && inside.Scope.TryFindOwn(name, out var port) && port.IsPort && widths.OfSymbol(port) is { } room
                    && module.Widths.Of(value, instance.Scope) is { } size && size.Bits != room && !(size.Grows && size.Bits < room))
                {
                    yield return LintDiagnostics.PortWidth(value.Origin, name, target.Name, size.Bits, room);
                }
            }
        }
    }
}
