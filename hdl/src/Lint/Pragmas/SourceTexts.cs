using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>The files that a tree came from: a source and what it includes.</summary>
internal static class SourceTexts
{
    /// <summary>Those of the items and of their parts, as an include may stand anywhere.</summary>
    public static IEnumerable<SourceText> Of(SourceUnitSyntax unit) =>
        unit.Items.SelectMany(Nodes).Prepend(unit).Select(n => n.Origin.Text).OfType<SourceText>().Distinct();

    private static IEnumerable<SyntaxNode> Nodes(ItemSyntax item) => item switch
    {
        ModuleSyntax m => m.Parameters.Concat(m.Ports).Concat(m.Items).Prepend(m),
        PackageSyntax p => p.Items.Prepend(p),
        _ => [item],
    };
}
