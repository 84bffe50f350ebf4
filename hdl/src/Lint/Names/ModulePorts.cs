using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>The ports of a module in order, whichever style declares them.</summary>
internal static class ModulePorts
{
    /// <param name="module">The module.</param>
    /// <param name="isInterface">Whether a port of a header is an interface, which has no direction of its own.</param>
    public static IReadOnlyList<LintPort> Of(ModuleSyntax module, Func<PortDeclarationSyntax, bool> isInterface)
    {
        var declared = module.Items.OfType<PortDeclarationSyntax>()
            .SelectMany(p => p.Declarators.Select(d => new LintPort(d.Name, p.Direction ?? "inout")))
            .GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var ports = new List<LintPort>();
        var direction = "inout";
        foreach (var item in module.Ports)
        {
            switch (item)
            {
                case PortDeclarationSyntax port:
                    direction = isInterface(port) ? "inout" : port.Direction ?? direction;
                    ports.AddRange(port.Declarators.Select(d => new LintPort(d.Name, direction)));
                    break;
                case PortReferenceSyntax { Name: { } name, Expression: null }:
                    ports.Add(declared.GetValueOrDefault(name, new(name, "inout")));
                    break;
                case PortReferenceSyntax reference:
                    // A port that is an expression of others: its direction is theirs.
                    var root = reference.Expression is null ? null : ExpressionParts.Names(reference.Expression).FirstOrDefault();
                    ports.Add(new(reference.Name ?? root ?? "", root is null ? "inout" : declared.GetValueOrDefault(root, new(root, "inout")).Direction));
                    break;
            }
        }

        return ports;
    }
}
