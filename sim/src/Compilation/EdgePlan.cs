using HwSeed.Hdl.Netlists;

namespace HwSeed.Sim.Compilation;

/// <summary>What is stored when clocks move, and which inputs make anything move at all.</summary>
internal sealed class EdgePlan
{
    /// <summary>More rounds of settling than a chain of derived clocks needs; a design that still changes goes on for ever.</summary>
    public const int MostRounds = 1000;

    private readonly Lowering _lowering;
    private readonly Netlist _netlist;
    private readonly bool[] _wakes;

    public EdgePlan(Lowering lowering, Netlist netlist)
    {
        (_lowering, _netlist) = (lowering, netlist);
        Clocks = new(lowering, netlist);
        BusySlot = lowering.Layout.AddStateWord();
        Latches = [.. lowering.LatchStores()];
        HasEvents = Clocks.Before.Count > 0 || netlist.Latches.Any(l => l.IsCut);
        _wakes = new bool[lowering.Layout.ImplicitClock + 1];
        StateWakes = netlist.Latches.Any() || Clocks.Before.Keys.Any(c => ReadsState(lowering[c][0]));
        if (HasEvents)
        {
            FindWakers();
        }
    }

    /// <summary>The clocks that are signals.</summary>
    public ClockEdges Clocks { get; }

    /// <summary>A state word that is not zero after a round in which anything happened.</summary>
    public int BusySlot { get; }

    /// <summary>Whether state may change without an edge of the implicit clock: settling takes rounds then.</summary>
    public bool HasEvents { get; }

    /// <summary>What latches hold once they have followed.</summary>
    public IReadOnlyList<Store> Latches { get; }

    /// <summary>Whether state moves a clock or a latch without an input.</summary>
    public bool StateWakes { get; }

    /// <summary>Input words that move a clock or a latch. A port is asked for by its first word.</summary>
    public IEnumerable<int> WakingWords => Enumerable.Range(0, _wakes.Length).Where(word => _wakes[word]);

    /// <summary>Whether an input word moves a clock or a latch.</summary>
    public bool Wakes(int slot) => _wakes[slot];

    /// <summary>One round of settling: all edges since the last one at once; without events, an edge of the implicit clock.</summary>
    public List<Store> Round()
    {
        var graph = _lowering.Graph;
        if (!HasEvents)
        {
            return ImplicitEdge();
        }

        var busy = graph.Or(
            graph.Or(Clocks.AnyHappened(), _lowering.CutLatchesChange()), graph.Input(_lowering.Layout.ImplicitClock, 1));
        return [.. _lowering.EdgeStores(Clocks.Happened), .. Clocks.Remember(), Store.Word(BusySlot, busy)];
    }

    /// <summary>An edge of the implicit clock.</summary>
    public List<Store> ImplicitEdge() =>
        _lowering.EdgeStores(edges => _lowering.Graph.Constant(edges.Count == 0 ? 1UL : 0));

    /// <summary>
    /// What a pulse of a clock stores, phase by phase, while inputs stand still, and the node that is not zero before a phase
    /// when another clock has moved; null where logic reads the clock, nothing is clocked by it, or latches close loops.
    /// </summary>
    public (List<List<Store>> Phases, int Stop)? Pulse(Net clock)
    {
        var graph = _lowering.Graph;
        if (!Clocks.Before.ContainsKey(clock) || _netlist.Latches.Any(l => l.IsCut))
        {
            return null;
        }

        var moving = Clocks.Before.Keys.Where(c => c != clock && (ReadsState(_lowering[c][0]) || Reads(clock, [_lowering[c][0]]))).ToList();
        var stop = moving.Aggregate(graph.Constant(0), (any, c) => graph.Or(any, Clocks.Change(c)));
        var phases = new List<List<Store>>();
        foreach (var rising in (bool[])[true, false])
        {
            if (rising || Clocks.HasEdge(clock, rising: false))
            {
                phases.Add([.. _lowering.EdgeStores(edges => Clocks.Happens(edges, clock, rising)),
                    .. Clocks.Before.Values.Append(BusySlot).Select(slot => Store.Word(slot, graph.State(slot, 1)))]);
            }
        }

        return Reads(clock, phases.SelectMany(p => p).SelectMany(s => s.Operands).Append(stop)) ? null : (phases, stop);
    }

    /// <summary>Whether nodes read a clock as a value.</summary>
    public bool Reads(Net clock, IEnumerable<int> nodes) => _lowering.Graph.Reaches(nodes, _lowering[clock][0]);

    private void FindWakers()
    {
        if (_netlist.Latches.Any())
        {
            Array.Fill(_wakes, true);
            return;
        }

        foreach (var node in _lowering.Graph.Under(Clocks.Before.Keys.SelectMany(c => _lowering[c])))
        {
            if (_lowering.Graph[node].Operation == WordOperation.Input)
            {
                _wakes[_lowering.Graph[node].Immediate] = true;
            }
        }

        foreach (var net in _netlist.Nets.Where(n => n.Kind == NetKind.Input))
        {
            var slot = _lowering.Layout.SlotOf(net);
            _wakes[slot] = _wakes.AsSpan(slot, WideWords.LimbsOf(net.Width)).Contains(true);
        }
    }

    private bool ReadsState(int root) => _lowering.Graph.Under([root])
        .Any(node => _lowering.Graph[node].Operation is WordOperation.State or WordOperation.MemoryWord);
}
