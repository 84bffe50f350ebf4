using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>What a declared name stands for.</summary>
internal enum SymbolKind
{
    Input,
    Output,
    Inout,
    Net,
    Variable,
    Parameter,
    LocalParameter,
    Genvar,
    Subroutine,
    Type,
    EnumMember,
    Instance,
}

/// <summary>A declared name and all that is done with it inside of its module.</summary>
internal sealed class LintSymbol(string name, SymbolKind kind, LintScope scope, Origin origin)
{
    public string Name { get; } = name;

    public SymbolKind Kind { get; set; } = kind;

    /// <summary>Where it is declared; dimensions and values are read there.</summary>
    public LintScope Scope { get; } = scope;

    public Origin Origin { get; set; } = origin;

    /// <summary>Null for a type that is not written: one bit, or that of its value for a parameter.</summary>
    public DataTypeSyntax? Type { get; set; }

    /// <summary><c>wire</c>, <c>tri</c> and others for nets and ports that say so.</summary>
    public string? NetType { get; set; }

    public EquatableArray<DimensionSyntax> Unpacked { get; set; }

    /// <summary>Initial value of a variable, value of a net, default of a parameter.</summary>
    public ExpressionSyntax? Value { get; set; }

    /// <summary>The member before it, for a member of an enumeration that counts on.</summary>
    public LintSymbol? Previous { get; set; }

    /// <summary>Whether Verilog made it, because nothing declares it.</summary>
    public bool IsImplicit { get; set; }

    public List<Access> Accesses { get; } = [];

    public IEnumerable<Access> Reads => Accesses.Where(a => !a.IsWrite);

    public IEnumerable<Access> Writes => Accesses.Where(a => a.IsWrite);

    public bool IsSignal => Kind is SymbolKind.Input or SymbolKind.Output or SymbolKind.Inout or SymbolKind.Net or SymbolKind.Variable;

    public bool IsPort => Kind is SymbolKind.Input or SymbolKind.Output or SymbolKind.Inout;

    /// <summary>A name that says that it is not meant to be used.</summary>
    public bool SaysUnused => Name.Contains("unused", StringComparison.OrdinalIgnoreCase) || Name is "_";

    /// <summary>Its name where it is declared.</summary>
    public SourceSpan? Span => SpanOf(Origin, Name);

    /// <summary>The start of a node, as long as a name.</summary>
    public static SourceSpan? SpanOf(Origin origin, string name) =>
        origin.Span is { } span ? span with { Length = Math.Max(1, Math.Min(span.Length, name.Length)) } : null;

    public override string ToString() => Name;
}
