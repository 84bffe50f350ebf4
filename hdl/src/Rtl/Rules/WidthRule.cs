using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Rtl;

/// <summary>HW1027: ports, references and concatenations have at least one bit.</summary>
internal static class WidthRule
{
    public static IEnumerable<Diagnostic> Check(ModuleScope scope)
    {
        foreach (var port in scope.Module.Ports.Where(p => p.Width < 1))
        {
            yield return RtlDiagnostics.WidthBelowOne(scope.Place(port.Name), "the port", port.Width);
        }

        foreach (var (place, node) in scope.Nodes.Where(n => n.Node.Width < 1))
        {
            // Slices and extensions have rules of their own; what is built from an empty value would only repeat it.
            switch (node)
            {
                case Reference r:
                    yield return RtlDiagnostics.WidthBelowOne(place, $"'{r.Name}'", r.Width);
                    break;
                case Concat { Parts.Count: 0 }:
                    yield return RtlDiagnostics.WidthBelowOne(place, "a concatenation", 0);
                    break;
            }
        }
    }
}
