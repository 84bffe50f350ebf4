using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Names;

/// <summary>A space of names: file, package, module, generate block, function or procedural block.</summary>
/// <param name="name">Its name inside of the outer one; empty for a module.</param>
/// <param name="outer">Where a name is sought next.</param>
internal sealed class Scope(string name, Scope? outer)
{
    private readonly Dictionary<string, Symbol> _symbols = [];
    private readonly Dictionary<string, Symbol> _imports = [];
    private readonly List<Scope> _wildcards = [];

    /// <summary>Assignments whose widths were compared already: loops execute them again and again.</summary>
    public HashSet<SyntaxNode> Checked { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Expressions of this scope that are bound already, by their syntax.</summary>
    public Dictionary<SyntaxNode, object> Bound { get; } = new(ReferenceEqualityComparer.Instance);

    public string Name { get; } = name;

    public Scope? Outer { get; } = outer;

    /// <summary>Steps from the module to here, for the names of signals: <c>g[0].</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>Whether it is the scope of a module itself.</summary>
    public bool IsModule { get; init; }

    /// <summary>Whether it belongs to procedural code, so that its variables live there.</summary>
    public bool IsProcedural { get; init; }

    /// <summary>Names declared here.</summary>
    public IReadOnlyDictionary<string, Symbol> Symbols => _symbols;

    /// <summary>Generate constructs so far, which number unnamed blocks.</summary>
    public int GenerateCount { get; set; }

    public bool TryDeclare(Symbol symbol) => _symbols.TryAdd(symbol.Name, symbol);

    /// <summary>Puts a symbol in place of another one of the same name.</summary>
    public void Replace(Symbol symbol) => _symbols[symbol.Name] = symbol;

    public void Import(Symbol symbol) => _imports[symbol.Name] = symbol;

    public void ImportAll(Scope package) => _wildcards.Add(package);

    /// <summary>A symbol of this scope or an outer one.</summary>
    public Symbol? Find(string wanted)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._symbols.TryGetValue(wanted, out var symbol) || scope._imports.TryGetValue(wanted, out symbol))
            {
                return symbol;
            }

            foreach (var package in scope._wildcards)
            {
                if (package.FindExported(wanted) is { } imported)
                {
                    return imported;
                }
            }
        }

        return null;
    }

    /// <summary>What a name stands for where it is called: inside of a function its own name is not its variable.</summary>
    public Symbol? FindCalled(string wanted)
    {
        var found = Find(wanted);
        for (var scope = this; found is SignalSymbol && scope is not null; scope = scope.Outer)
        {
            if (scope._symbols.TryGetValue(wanted, out var symbol) && symbol is SignalSymbol { Declaration: FunctionSyntax })
            {
                return scope.Outer?.FindCalled(wanted);
            }
        }

        return found;
    }

    /// <summary>A symbol of a package itself.</summary>
    public Symbol? FindExported(string wanted)
    {
        if (_symbols.TryGetValue(wanted, out var symbol) || _imports.TryGetValue(wanted, out symbol))
        {
            return symbol;
        }

        foreach (var package in _wildcards)
        {
            if (!ReferenceEquals(package, this) && package.FindExported(wanted) is { } imported)
            {
                return imported;
            }
        }

        return null;
    }

    /// <summary>The symbols declared here and in outer scopes.</summary>
    public IEnumerable<Symbol> Visible()
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            foreach (var symbol in scope._symbols.Values)
            {
                yield return symbol;
            }
        }
    }

    /// <summary>The visible name that is nearest to one that is unknown, or null when none is near.</summary>
    public string? Nearest(string wanted)
    {
        var names = new List<string>();
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            names.AddRange(scope._symbols.Keys);
            names.AddRange(scope._imports.Keys);
            names.AddRange(scope._wildcards.SelectMany(w => w._symbols.Keys));
        }

        return NameDistance.Nearest(wanted, names);
    }
}
