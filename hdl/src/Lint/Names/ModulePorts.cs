using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>The ports of a module in order, whichever style declares them.</summary>
internal static class ModulePorts
{
    public static IReadOnlyList<LintPort> Of(ModuleSyntax module)
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
                    direction = port.Direction ?? direction;
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
