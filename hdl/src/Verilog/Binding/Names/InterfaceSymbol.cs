using HwSeed.Hdl.Verilog.Binding.Hierarchy;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Names;

/// <summary>An instance of an interface, or a port that stands for one of another module.</summary>
internal sealed class InterfaceSymbol(string name, SyntaxNode declaration, bool isArray) : Symbol(name, declaration)
{
    /// <summary>Whether it is an array of instances.</summary>
    public bool IsArray { get; } = isArray;

    /// <summary>Its names by index, from the left bound on; index 0 for one that is no array.</summary>
    public List<(int Index, InterfaceView View)> Views { get; } = [];

    public override string Noun => "interface";
}

/// <summary>An interface with the values of its parameters.</summary>
/// <param name="Syntax">The interface.</param>
/// <param name="Given">What its instance gives its parameters.</param>
/// <param name="Key">The values of its parameters.</param>
internal sealed record InterfaceKind(ModuleSyntax Syntax, IReadOnlyDictionary<string, ParameterValue> Given, string Key)
{
    /// <summary>The modport of a name, or an error at the place that names it.</summary>
    public ModportSyntax Modport(string name, SyntaxNode where)
    {
        var modports = Syntax.Items.OfType<ModportItemSyntax>().SelectMany(m => m.Modports).ToList();
        return modports.FirstOrDefault(m => m.Name == name) ?? throw new BindingException(BindingDiagnostics.UnknownInterfaceName(
            $"interface '{Syntax.Name}'", $"modport '{name}'", NameDistance.Nearest(name, modports.Select(m => m.Name)), where.Origin.Span));
    }
}

/// <summary>An interface as its user sees it: all of it, or what a modport lets through.</summary>
/// <param name="Kind">The interface.</param>
/// <param name="Scope">All its names.</param>
/// <param name="Modport">What its user may see and do; null for everything.</param>
internal sealed record InterfaceView(InterfaceKind Kind, Scope Scope, ModportSyntax? Modport)
{
    /// <summary>
    /// What a name stands for: a symbol, or an expression of the modport, with the direction that the modport gives it.
    /// Parameters, types and names of enumerations are seen through every modport.
    /// </summary>
    public (Symbol? Symbol, ExpressionSyntax? Value, string? Direction) Find(string name, SyntaxNode where)
    {
        var symbol = Scope.FindExported(name);
        if (Modport is null || symbol is ConstantSymbol or TypeSymbol)
        {
            return symbol is null ? throw Unknown($"interface '{Kind.Syntax.Name}'", name, Scope.Symbols.Keys, where) : (symbol, null, null);
        }

        var terms = Terms(Modport).ToList();
        var (term, direction) = terms.FirstOrDefault(t => t.Term.Name == name);
        if (term is null)
        {
            throw Unknown($"modport '{Modport.Name}' of interface '{Kind.Syntax.Name}'", name, terms.Select(t => t.Term.Name), where);
        }

        return term.Value is not null ? (null, term.Value, direction)
            : symbol is not null ? (symbol, null, direction)
            : throw Unknown($"interface '{Kind.Syntax.Name}'", name, Scope.Symbols.Keys, term);
    }

    /// <summary>The direction that the modport gives a name; null without a modport or when it does not list the name.</summary>
    public string? DirectionOf(string name) =>
        Modport is null ? null : Terms(Modport).FirstOrDefault(t => t.Term.Name == name).Direction;

    /// <summary>The names of a modport; one without a word in front has the direction of the one before it.</summary>
    public static IEnumerable<(ModportTermSyntax Term, string Direction)> Terms(ModportSyntax modport)
    {
        var direction = "inout";
        foreach (var term in modport.Terms)
        {
            direction = term.Direction ?? direction;
            yield return (term, direction);
        }
    }

    private static BindingException Unknown(string within, string name, IEnumerable<string> known, SyntaxNode where) =>
        new(BindingDiagnostics.UnknownInterfaceName(within, $"name '{name}'", NameDistance.Nearest(name, known), where.Origin.Span));
}
