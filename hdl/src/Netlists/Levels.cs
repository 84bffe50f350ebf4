using QuikGraph;
using QuikGraph.Algorithms;

namespace HwSeed.Hdl.Netlists;

/// <summary>The graph of combinational nets: finds loops and an order in which each net reads only earlier ones.</summary>
internal sealed class Levels
{
    private readonly IReadOnlyList<Net> _nets;
    private readonly IReadOnlyList<ScopedExpression?> _drivers;
    private readonly References _references;
    private readonly IReadOnlySet<Net> _cut;
    private readonly AdjacencyGraph<int, SEdge<int>> _graph = new(allowParallelEdges: true);

    /// <param name="nets">All nets, parts included.</param>
    /// <param name="drivers">What drives each.</param>
    /// <param name="references">Names by expression.</param>
    /// <param name="cut">Latches whose readers see the value that they held.</param>
    public Levels(
        IReadOnlyList<Net> nets, IReadOnlyList<ScopedExpression?> drivers, References references, IReadOnlySet<Net> cut)
    {
        (_nets, _drivers, _references, _cut) = (nets, drivers, references, cut);
        foreach (var net in nets.Where(n => n.Kind is NetKind.Combinational or NetKind.Latch))
        {
            _graph.AddVertex(net.Index);
        }

        foreach (var target in _graph.Vertices.ToList())
        {
            _graph.AddEdgeRange(Sources(target).Select(source => new SEdge<int>(source, target)));
        }
    }

    /// <summary>The sets of nets in each of which every net depends on every other, itself included.</summary>
    public IReadOnlyList<HashSet<int>> Loops()
    {
        var components = new Dictionary<int, int>();
        _graph.StronglyConnectedComponents(components);
        return [.. components.GroupBy(c => c.Value, c => c.Key)
            .Where(g => g.Skip(1).Any() || _graph.ContainsEdge(g.First(), g.First()))
            .Select(g => g.ToHashSet())];
    }

    /// <summary>The nets of one loop of such a set, each read by the next and the last by the first.</summary>
    public IReadOnlyList<Net> PathOf(HashSet<int> looping)
    {
        // Inside a strongly connected component every net has a reader inside, so a walk must meet itself.
        var (walk, place) = (new List<int>(), new Dictionary<int, int>());
        var next = looping.Min();
        while (place.TryAdd(next, walk.Count))
        {
            walk.Add(next);
            next = _graph.OutEdges(next).Select(e => e.Target).First(looping.Contains);
        }

        return [.. walk.Skip(place[next]).Select(i => _nets[i])];
    }

    /// <summary>The assignments in order; only when there is no loop.</summary>
    public IReadOnlyList<NetAssignment> Order()
    {
        var levels = new int[_nets.Count];
        var order = new List<NetAssignment>(_graph.VertexCount);
        foreach (var net in _graph.TopologicalSort())
        {
            foreach (var source in Sources(net))
            {
                levels[net] = Math.Max(levels[net], levels[source] + 1);
            }

            order.Add(new(_nets[net], _drivers[net]!, levels[net]));
        }

        return order;
    }

    private IEnumerable<int> Sources(int net)
    {
        var (expression, scope) = _drivers[net]!;
        return _references.Of(expression)
            .Select(name => scope[name])
            .Where(source => source.Kind == NetKind.Combinational
                || (source.Kind == NetKind.Latch && source != scope.Held && !_cut.Contains(source)))
            .Select(source => source.Index);
    }
}
