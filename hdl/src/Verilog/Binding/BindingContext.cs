using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Binding.Expressions;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding;

/// <summary>What one run of the binder shares: options, limits, files' declarations and what was found.</summary>
internal sealed class BindingContext
{
    private const int MostErrors = 100;
    private readonly HashSet<(string Code, SourceSpan? Span, string Message)> _seen = [];

    /// <param name="options">What the user wants.</param>
    /// <param name="exports">What an earlier run found out about hierarchical names.</param>
    public BindingContext(BindOptions options, Hierarchy.Exports exports)
    {
        (Options, Exports) = (options, exports);
        Constants = new(Budget);
        Types = new(this);
        Expressions = new(this);
        Declarations = new(this);
    }

    public BindOptions Options { get; }

    public Hierarchy.Exports Exports { get; }

    public BindingBudget Budget { get; } = new();

    /// <summary>Folds the values of constant expressions.</summary>
    public ExpressionFactory Constants { get; }

    public Types.TypeBinder Types { get; }

    public ExpressionBinder Expressions { get; }

    public DeclarationBinder Declarations { get; }

    /// <summary>Declarations outside of modules.</summary>
    public Scope Unit { get; } = new("$unit", null);

    public Dictionary<string, Scope> Packages { get; } = [];

    public Dictionary<string, ModuleSyntax> Definitions { get; } = [];

    public List<Diagnostic> Diagnostics { get; } = [];

    public List<BindingFinding> Findings { get; } = [];

    public bool HasErrors { get; private set; }

    /// <summary>Adds what ended the run.</summary>
    public void Add(Diagnostic diagnostic)
    {
        HasErrors = true;
        Diagnostics.Add(diagnostic);
    }

    public void Report(Diagnostic diagnostic)
    {
        if (_seen.Count > MostErrors * 10 || !_seen.Add(Key(diagnostic)))
        {
            return;
        }

        HasErrors |= diagnostic.Severity == Severity.Error;
        Diagnostics.Add(diagnostic);
        if (Diagnostics.Count(d => d.Severity == Severity.Error) >= MostErrors)
        {
            throw new BindingException(BindingDiagnostics.TooLarge("errors", MostErrors, null));
        }
    }

    /// <summary>Forgets what was found since some place in the lists, because it will be found again.</summary>
    public void Forget(int diagnostics, int findings)
    {
        foreach (var diagnostic in Diagnostics.Skip(diagnostics))
        {
            _seen.Remove(Key(diagnostic));
        }

        Diagnostics.RemoveRange(diagnostics, Diagnostics.Count - diagnostics);
        Findings.RemoveRange(findings, Findings.Count - findings);
        HasErrors = Diagnostics.Any(d => d.Severity == Severity.Error);
    }

    /// <summary>Remembers something for the lint passes.</summary>
    public void Find(BindingFindingKind kind, string message, SyntaxNode where)
    {
        if (Findings.Count < 10_000)
        {
            Findings.Add(new(kind, message, where.Origin.Span));
        }
    }

    /// <summary>What has no effect is said once, not at each place.</summary>
    private static (string, SourceSpan?, string) Key(Diagnostic diagnostic) =>
        (diagnostic.Code, diagnostic.Code is "HW2601" or "HW2603" or "HW2416" ? null : diagnostic.Span, diagnostic.Message);
}
