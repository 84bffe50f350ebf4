using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Lint;

/// <summary>A continuous assignment, also one that stands with a declaration.</summary>
/// <param name="Target">What is written.</param>
/// <param name="Value">With what.</param>
/// <param name="Origin">Where it stands.</param>
/// <param name="Scope">Names of it.</param>
/// <param name="Driver">The node that drives; identity of the driver.</param>
internal sealed record LintAssignment(ExpressionSyntax Target, ExpressionSyntax Value, Origin Origin, LintScope Scope, object Driver);

/// <summary>An instance with the module that it is one of, when that is known.</summary>
internal sealed record LintInstance(InstantiationSyntax Instantiation, InstanceSyntax Syntax, LintScope Scope, ModuleSyntax? Target);

/// <summary>A port of a module as an instance sees it.</summary>
internal sealed record LintPort(string Name, string Direction);

/// <summary>A module with its names resolved: what the passes read.</summary>
internal sealed class LintModule(ModuleSyntax syntax, LintScope scope, LintSources sources, Constants constants)
{
    private readonly Dictionary<SyntaxNode, LintScope> _scopes = new(ReferenceEqualityComparer.Instance);

    public ModuleSyntax Syntax { get; } = syntax;

    public LintScope Scope { get; } = scope;

    public LintSources Sources { get; } = sources;

    public Constants Constants { get; } = constants;

    public Widths Widths => Constants.Widths;

    /// <summary>Every declared name, generate blocks and procedural blocks included.</summary>
    public List<LintSymbol> Symbols { get; } = [];

    public List<LintProcess> Processes { get; } = [];

    public List<LintAssignment> Assignments { get; } = [];

    public List<LintInstance> Instances { get; } = [];

    /// <summary>Whether an instance of an unknown module is connected by <c>.*</c>, so that any name may be in use.</summary>
    public bool HasUnknownUses { get; set; }

    /// <summary>The signals of the module's own: not those inside of procedural code.</summary>
    public IEnumerable<LintSymbol> Signals => Symbols.Where(s => s.IsSignal && !s.Scope.IsProcedural);

    public IEnumerable<LintProcess> ProcessesOf(ProcessKind kind) => Processes.Where(p => p.Kind == kind);

    public LintScope ScopeOf(SyntaxNode node, LintScope around) => _scopes.GetValueOrDefault(node, around);

    public void Add(SyntaxNode node, LintScope inner) => _scopes[node] = inner;

    /// <summary>The ports of a function or task in order.</summary>
    public List<LintPort> SubroutinePorts(LintSymbol subroutine)
    {
        foreach (var (node, _) in _scopes)
        {
            var (name, header, declarations) = node switch
            {
                FunctionSyntax f => (f.Name, f.Ports, f.Declarations),
                TaskSyntax t => (t.Name, t.Ports, t.Declarations),
                _ => ("", null, default),
            };
            if (name != subroutine.Name || !ReferenceEquals(_scopes[node].Parent, subroutine.Scope))
            {
                continue;
            }

            var direction = "input";
            var ports = header ?? declarations.OfType<PortDeclarationSyntax>().ToEquatableArray();
            return [.. ports.SelectMany(p => p.Declarators.Select(d => new LintPort(d.Name, direction = p.Direction ?? direction)))];
        }

        return [];
    }

    /// <summary>Every value that hardware computes, outermost expressions only, with the scope that its names have.</summary>
    public IEnumerable<(ExpressionSyntax Value, LintScope Scope)> Values() => Assignments.Select(a => (a.Value, a.Scope))
        .Concat(Processes.Where(p => p.Kind is not (ProcessKind.Once or ProcessKind.Simulation)).SelectMany(StatementsOf).SelectMany(s =>
            (s.Statement is AssignmentSyntax a ? [a.Value] : Statements.Values(s.Statement)).Select(v => (v, s.Scope))));

    /// <summary>Every statement of a process with the scope that its names have.</summary>
    public IEnumerable<(StatementSyntax Statement, LintScope Scope)> StatementsOf(LintProcess process)
    {
        var open = new Stack<(StatementSyntax Statement, LintScope Scope)>([(process.Body, process.Scope)]);
        while (open.TryPop(out var next))
        {
            var inner = ScopeOf(next.Statement, next.Scope);
            yield return (next.Statement, inner);
            foreach (var statement in Statements.Inner(next.Statement).Reverse())
            {
                open.Push((statement, inner));
            }
        }
    }
}
