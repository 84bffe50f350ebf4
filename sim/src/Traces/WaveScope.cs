namespace HwSeed.Sim.Traces;

/// <summary>The signals of a waveform by the instances in which they stand.</summary>
internal sealed class WaveScope(string name)
{
    private readonly Dictionary<string, WaveScope> _byName = [];

    public string Name => name;

    /// <summary>Signals that stand here, by their place in the waveform.</summary>
    public List<int> Signals { get; } = [];

    public List<WaveScope> Children { get; } = [];

    public static WaveScope Of(string top, IReadOnlyList<WaveSignal> signals)
    {
        var root = new WaveScope(top);
        for (var signal = 0; signal < signals.Count; signal++)
        {
            signals[signal].Path.Split('.')[..^1].Aggregate(root, (scope, part) => scope.Child(part)).Signals.Add(signal);
        }

        return root;
    }

    private WaveScope Child(string child)
    {
        if (!_byName.TryGetValue(child, out var found))
        {
            Children.Add(found = new(child));
            _byName.Add(child, found);
        }

        return found;
    }
}
