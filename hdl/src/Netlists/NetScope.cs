using System.Diagnostics.CodeAnalysis;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Netlists;

/// <summary>
/// One occurrence of a module in the hierarchy: says which net each of the module's names is. Expressions are not
/// copied for each instance; the same expression is read through as many scopes as there are instances.
/// </summary>
public sealed class NetScope
{
    private readonly Dictionary<string, Net> _nets;
    private readonly NetScope? _outer;

    internal NetScope(string path, Module module) => (Path, Module, _nets) = (path, module, []);

    private NetScope(NetScope outer, Net? held, Dictionary<string, Net> more) =>
        (Path, Module, Held, _outer, _nets) = (outer.Path, outer.Module, held, outer, more);

    /// <summary>Instance names from the top down, joined by dots; empty for the top.</summary>
    public string Path { get; }

    /// <summary>The module that occurs here.</summary>
    public Module Module { get; }

    /// <summary>The net of a name; throws <see cref="KeyNotFoundException"/> when the module has no such name.</summary>
    public Net this[string name] => TryFind(name, out var net) ? net : throw new KeyNotFoundException(PathOf(name));

    /// <summary>The latch whose name means the value that it held before, where this is the scope of a latch's value.</summary>
    public Net? Held { get; }

    /// <summary>Names visible here.</summary>
    public IEnumerable<string> Names => _nets.Keys;

    /// <summary>The net of a name, when there is one.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out Net? net) =>
        _nets.TryGetValue(name, out net) || (_outer is not null && _outer.TryFind(name, out net));

    /// <summary>The path of a name of this module.</summary>
    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    internal bool Add(string name, Net net) => _nets.TryAdd(name, net);

    /// <summary>The same names for the value of a latch.</summary>
    internal NetScope Holding(Net latch) => new(this, latch, []);

    /// <summary>The same names and more that the scope itself does not show.</summary>
    internal NetScope Inner(Dictionary<string, Net> more) => new(this, Held, more);
}

/// <summary>An expression and the occurrence of its module in which it is read.</summary>
/// <param name="Expression">The module's expression, shared by all its instances.</param>
/// <param name="Scope">Gives its names their nets.</param>
public sealed record ScopedExpression(Expression Expression, NetScope Scope);
