using System.Diagnostics.CodeAnalysis;

namespace HwSeed.Hdl.Lint;

/// <summary>Names of a file, package, module, generate block, subroutine or procedural block.</summary>
internal sealed class LintScope(string name, LintScope? parent, bool isProcedural = false)
{
    private readonly Dictionary<string, LintSymbol> _symbols = new(StringComparer.Ordinal);
    private readonly List<(LintScope Package, string? Name)> _imports = [];

    public string Name { get; } = name;

    public LintScope? Parent { get; } = parent;

    /// <summary>Whether it is inside of a process, function or task.</summary>
    public bool IsProcedural { get; } = isProcedural;

    public IEnumerable<LintSymbol> Symbols => _symbols.Values;

    public void Add(LintSymbol symbol) => _symbols.TryAdd(symbol.Name, symbol);

    public void Import(LintScope package, string? name) => _imports.Add((package, name));

    /// <summary>The symbol that is declared in this very scope.</summary>
    public bool TryFindOwn(string name, [NotNullWhen(true)] out LintSymbol? symbol) => _symbols.TryGetValue(name, out symbol);

    /// <summary>The symbol that a name means here, also one of a scope around or of an imported package.</summary>
    public LintSymbol? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope._symbols.TryGetValue(name, out var found))
            {
                return found;
            }

            foreach (var (package, only) in scope._imports)
            {
                if ((only is null || only == name) && package._symbols.TryGetValue(name, out found))
                {
                    return found;
                }
            }
        }

        return null;
    }
}
