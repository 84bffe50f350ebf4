using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>
/// What hierarchical names ask of the modules below: signals that get an output port of their own. It is known only when
/// all is bound; then all is bound once more.
/// </summary>
internal sealed class Exports
{
    private readonly Dictionary<(string Module, string Key), SortedDictionary<string, ExpressionSyntax>> _asked = [];

    /// <summary>Whether something was asked for that nobody knew of before.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The signals of a module with values of its parameters, by their paths inside of it.</summary>
    public IReadOnlyDictionary<string, ExpressionSyntax> Of((string Module, string Key) module) =>
        _asked.TryGetValue(module, out var asked) ? asked : new SortedDictionary<string, ExpressionSyntax>();

    public void Ask((string Module, string Key) module, string path, ExpressionSyntax syntax)
    {
        if (!_asked.TryGetValue(module, out var asked))
        {
            _asked.Add(module, asked = new(StringComparer.Ordinal));
        }

        IsChanged |= asked.TryAdd(path, syntax);
    }
}
