using System.Diagnostics.CodeAnalysis;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Netlists;

/// <summary>
/// One occurrence of a module in the hierarchy: says which net each of the module's names is. Expressions are not
/// copied for each instance; the same expression is read through as many scopes as there are instances.
/// </summary>
public sealed class NetScope
{
    private readonly Dictionary<string, Net> _nets = [];

    internal NetScope(string path, Module module) => (Path, Module) = (path, module);

    /// <summary>Instance names from the top down, joined by dots; empty for the top.</summary>
    public string Path { get; }

    /// <summary>The module that occurs here.</summary>
    public Module Module { get; }

    /// <summary>The net of a name; throws <see cref="KeyNotFoundException"/> when the module has no such name.</summary>
    public Net this[string name] => _nets[name];

    /// <summary>Names visible here.</summary>
    public IEnumerable<string> Names => _nets.Keys;

    /// <summary>The net of a name, when there is one.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out Net? net) => _nets.TryGetValue(name, out net);

    /// <summary>The path of a name of this module.</summary>
    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    internal bool Add(string name, Net net) => _nets.TryAdd(name, net);
}

/// <summary>An expression and the occurrence of its module in which it is read.</summary>
/// <param name="Expression">The module's expression, shared by all its instances.</param>
/// <param name="Scope">Gives its names their nets.</param>
public sealed record ScopedExpression(Expression Expression, NetScope Scope);
