using HwSeed.Hdl;
using HwSeed.Hdl.Netlists;

namespace HwSeed.Sim.Compilation;

/// <summary>
/// The clocks of a design: one-bit nets whose edges change state. Each has a word of state that holds its value at the
/// last moment at which edges were looked for.
/// </summary>
internal sealed class ClockEdges
{
    private readonly Lowering _lowering;
    private readonly Dictionary<Net, int> _before = [];
    private readonly HashSet<(Net Clock, bool Rising)> _all = [];

    public ClockEdges(Lowering lowering, Netlist netlist)
    {
        _lowering = lowering;
        foreach (var edge in netlist.Registers.SelectMany(r => r.Edges)
            .Concat(netlist.Memories.SelectMany(m => m.WriteEdges).SelectMany(e => e)))
        {
            _all.Add((edge.Clock, edge.Rising));
            if (!IsStill(edge.Clock) && !_before.ContainsKey(edge.Clock))
            {
                _before.Add(edge.Clock, lowering.Layout.AddStateWord());
            }
        }
    }

    /// <summary>The clocks and the slots of their former values.</summary>
    public IReadOnlyDictionary<Net, int> Before => _before;

    /// <summary>Whether one of the edges has happened; the implicit clock's has while its input word is 1.</summary>
    public int Happened(EquatableArray<NetEdge> edges)
    {
        var graph = _lowering.Graph;
        return edges.Count == 0
            ? graph.Input(_lowering.Layout.ImplicitClock, 1)
            : Any(edges, (clock, rising) => Happened(clock, rising));
    }

    /// <summary>Whether any edge of any clock has happened.</summary>
    public int AnyHappened() => _before.Keys.Aggregate(
        _lowering.Graph.Constant(0),
        (any, clock) => _lowering.Graph.Or(any, Change(clock)));

    /// <summary>Whether one of the edges happens when just one clock moves; a constant.</summary>
    public int Happens(EquatableArray<NetEdge> edges, Net moving, bool rises) => Any(
        edges, (clock, rising) => _lowering.Graph.Constant(clock == moving && rising == rises ? 1UL : 0));

    /// <summary>Whether any state changes at an edge of a clock.</summary>
    public bool HasEdge(Net clock, bool rising) => _all.Contains((clock, rising));

    /// <summary>Whether a clock differs from its former value.</summary>
    public int Change(Net clock) => _lowering.Graph.Xor(_lowering[clock][0], _lowering.Graph.State(_before[clock], 1));

    /// <summary>The stores that make the values of all clocks their former values.</summary>
    public IEnumerable<Store> Remember() => _before.Select(c => Store.Word(c.Value, _lowering[c.Key][0]));

    private int Happened(Net clock, bool rising)
    {
        var graph = _lowering.Graph;
        var (now, before) = (_lowering[clock][0], graph.State(_before[clock], 1));
        return rising
            ? graph.And(now, graph.Xor(before, graph.Constant(1)))
            : graph.And(graph.Xor(now, graph.Constant(1)), before);
    }

    // A constant has no edge.
    private bool IsStill(Net clock) => _lowering.Graph.IsConstant(_lowering[clock][0], out _);

    private int Any(EquatableArray<NetEdge> edges, Func<Net, bool, int> happens)
    {
        var any = _lowering.Graph.Constant(0);
        foreach (var edge in edges)
        {
            if (!IsStill(edge.Clock))
            {
                any = _lowering.Graph.Or(any, happens(edge.Clock, edge.Rising));
            }
        }

        return any;
    }
}
