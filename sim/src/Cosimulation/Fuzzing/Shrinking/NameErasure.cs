using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Sim.Cosimulation.Fuzzing.Shrinking;

/// <summary>Takes declared names out of a module with all that drives them; who read them reads zero.</summary>
internal static class NameErasure
{
    /// <summary>Edits of a module: all outputs but one, runs of names, single ones.</summary>
    public static IEnumerable<SyntaxEdit> Of(ModuleSyntax module)
    {
        var outputs = module.Ports.OfType<PortDeclarationSyntax>().Where(p => p.Direction == "output").SelectMany(p => p.Declarators).Select(d => d.Name).ToList();
        foreach (var output in outputs.Where(_ => outputs.Count > 1))
        {
            yield return Erasing(module, [.. outputs.Where(o => o != output)]);
        }

        var names = Declared(module).Where(n => n != "clk").ToList();
        for (var run = names.Count / 2; run >= 1; run /= 2)
        {
            for (var from = 0; from < names.Count; from += run)
            {
                yield return Erasing(module, [.. names.Skip(from).Take(run)]);
            }
        }
    }

    private static SyntaxEdit Erasing(ModuleSyntax module, HashSet<string> names)
    {
        var weight = 0;
        Weigh(module);
        return new(0, weight, node => Without(node, names) ?? node);

        void Weigh(SyntaxNode node)
        {
            foreach (var child in SyntaxSlot.Of(node).SelectMany(s => s.Children(node)))
            {
                if (IsErased(child, names))
                {
                    weight += SyntaxEdits.Size(child);
                }
                else
                {
                    Weigh(child);
                }
            }
        }
    }

    // Integers are counters of loops, whose heads cannot do without.
    private static IEnumerable<string> Declared(ModuleSyntax module) => module.Ports.Concat(module.Items).SelectMany(i => i switch
    {
        PortDeclarationSyntax p => p.Declarators.Select(d => d.Name),
        NetDeclarationSyntax n => n.Declarators.Select(d => d.Name),
        VariableDeclarationSyntax { Type: VectorTypeSyntax } v => v.Declarators.Select(d => d.Name),
        FunctionSyntax f => [f.Name],
        _ => [],
    });

    private static bool IsErased(SyntaxNode node, HashSet<string> names) => node switch
    {
        DeclaratorSyntax d => names.Contains(d.Name),
        FunctionSyntax f => names.Contains(f.Name),
        NetAssignmentSyntax a => names.Contains(Root(a.Target)),
        AssignmentSyntax a => names.Contains(Root(a.Target)),
        NamedConnectionSyntax { Value: NameSyntax value } => names.Contains(value.Name),
        _ => false,
    };

    private static string Root(ExpressionSyntax target) => target switch
    {
        NameSyntax n => n.Name,
        IndexSyntax i => Root(i.Operand),
        PartSelectSyntax p => Root(p.Operand),
        _ => "",
    };

    // Null for a node that is gone.
    private static SyntaxNode? Without(SyntaxNode node, HashSet<string> names)
    {
        if (IsErased(node, names))
        {
            return node is AssignmentSyntax ? new NullStatementSyntax() : null;
        }

        if (node is NameSyntax name && names.Contains(name.Name))
        {
            return new NumberSyntax("1'b0");
        }

        foreach (var slot in SyntaxSlot.Of(node))
        {
            var children = slot.Children(node);
            var kept = children.Select(c => Without(c, names)).OfType<SyntaxNode>().ToList();
            if (kept.Count != children.Count || kept.Zip(children).Any(p => !ReferenceEquals(p.First, p.Second)))
            {
                // A declaration of nothing is gone too.
                if (kept.Count == 0 && slot.IsList && children.Count > 0
                    && node is NetDeclarationSyntax or VariableDeclarationSyntax or PortDeclarationSyntax or ContinuousAssignSyntax)
                {
                    return null;
                }

                node = slot.With(node, kept);
            }
        }

        return node;
    }
}
