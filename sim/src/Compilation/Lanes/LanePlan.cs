namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>
/// A program divided into scalar stores and vector stores. Scalar code runs first: it computes what vector code needs
/// and the stores that do not pay as vectors.
/// </summary>
internal sealed class LanePlan
{
    /// <summary>Bytes behind the input words that vector code may read.</summary>
    public const int InputMargin = 64;

    private readonly WordGraph _graph;
    private readonly StateLayout _layout;
    private readonly LaneStage _stage = new();
    private readonly LanePacker _packer;
    private readonly List<LaneStore> _vectors = [];
    private readonly HashSet<int> _done = [];
    private readonly Dictionary<int, int> _values;

    private LanePlan(WordGraph graph, IReadOnlyList<Store> stores, StateLayout layout, bool intoState)
    {
        (_graph, _layout) = (graph, layout);
        _packer = new(graph, layout, Lanes, _stage);
        _values = stores.Where(s => s.Slot >= 0).ToDictionary(s => s.Slot, s => s.Value);
        if (layout.Machine.IsOn)
        {
            foreach (var run in Simplest(intoState ? RunsOfState() : RunsOfWords()))
            {
                Divide(run);
            }
        }

        Scalar = [.. _stage.Stores, .. stores.Where(s => s.Slot < 0 || !_done.Contains(s.Slot))];
    }

    /// <summary>What scalar code has to store, stage first.</summary>
    public IReadOnlyList<Store> Scalar { get; }

    /// <summary>What vector code has to store, in order.</summary>
    public IReadOnlyList<LaneStore> Vectors => _vectors;

    /// <summary>The vector operations.</summary>
    public LaneGraph Lanes { get; } = new();

    public LaneMachine Machine => _layout.Machine;

    public int StageBytes => _stage.Bytes;

    /// <summary>Divides a program.</summary>
    /// <param name="graph">Its nodes.</param>
    /// <param name="stores">Its stores.</param>
    /// <param name="layout">Where state lies.</param>
    /// <param name="intoState">Whether slots are those of a state buffer, else of plain words.</param>
    public static LanePlan Of(WordGraph graph, IReadOnlyList<Store> stores, StateLayout layout, bool intoState) =>
        new(graph, stores, layout, intoState);

    // Stretches of lanes that are all stored by this program.
    private IEnumerable<Run> RunsOfState()
    {
        foreach (var group in _layout.Groups)
        {
            for (var first = 0; first < group.Slots.Count;)
            {
                var count = group.Slots.Skip(first).TakeWhile(_values.ContainsKey).Count();
                if (count > 0)
                {
                    var isLast = first + count == group.Slots.Count;
                    yield return new([.. group.Slots.Skip(first).Take(count)], _layout.OffsetOf(group.Slots[first]), group.ElementBytes, isLast);
                }

                first += count + 1;
            }
        }
    }

    private IEnumerable<Run> RunsOfWords()
    {
        var slots = _values.Keys.Order().ToList();
        for (var first = 0; first < slots.Count;)
        {
            var count = Enumerable.Range(0, slots.Count - first).TakeWhile(i => slots[first + i] == slots[first] + i).Count();
            yield return new([.. slots.Skip(first).Take(count)], 8 * slots[first], 8, MayRunOver: false);
            first += count;
        }
    }

    // What is stored early can be loaded by what comes later.
    private IEnumerable<Run> Simplest(IEnumerable<Run> runs)
    {
        var depth = new int[_graph.Count];
        for (var node = 0; node < depth.Length; node++)
        {
            depth[node] = _graph.OperandsOf(node).Select(o => depth[o] + 1).DefaultIfEmpty(0).Max();
        }

        return runs.OrderBy(r => r.Slots.Max(s => depth[_values[s]])).ToList();
    }

    private void Divide(Run run)
    {
        var (best, bestGain) = (0, 0.0);
        for (var element = run.ElementBytes; element <= 8; element *= 2)
        {
            var mark = _packer.Mark;
            Pack(run, element);
            if (_packer.Gain - mark.Gain > bestGain)
            {
                (best, bestGain) = (element, _packer.Gain - mark.Gain);
            }

            _packer.CutTo(mark);
        }

        if (best == 0)
        {
            return;
        }

        foreach (var (store, first, lanes) in Pack(run, best))
        {
            _vectors.Add(store);
            for (var lane = 0; lane < lanes; lane++)
            {
                var slot = run.Slots[first + lane];
                _done.Add(slot);
                _packer.MarkWritten(_values[slot], run.Offset + ((first + lane) * run.ElementBytes), run.ElementBytes);
            }
        }
    }

    private List<(LaneStore Store, int First, int Lanes)> Pack(Run run, int element)
    {
        var stores = new List<(LaneStore, int, int)>();
        for (var first = 0; first < run.Slots.Length;)
        {
            var left = run.Slots.Length - first;
            if (TypeFor(left, element, run.MayRunOver) is not { } type)
            {
                break;
            }

            var count = Math.Min(left, type.Lanes);
            var nodes = new int[type.Lanes];
            for (var lane = 0; lane < nodes.Length; lane++)
            {
                nodes[lane] = lane < count ? _values[run.Slots[first + lane]] : -1;
            }

            var mark = _packer.Mark;
            var value = _packer.Pack(nodes, type);
            _packer.CountStore(count, isCut: element > run.ElementBytes);
            if (_packer.Gain > mark.Gain)
            {
                stores.Add((new(value, run.Offset + (first * run.ElementBytes), run.ElementBytes), first, count));
            }
            else
            {
                _packer.CutTo(mark);
            }

            first += count;
        }

        return stores;
    }

    // The widest vector that the lanes fill; one that is wider than what is left where nothing lies behind.
    private LaneType? TypeFor(int lanes, int element, bool mayRunOver)
    {
        for (var bytes = _layout.Machine.VectorBytes; bytes >= 16; bytes /= 2)
        {
            if (bytes <= lanes * element || (mayRunOver && (bytes == 16 || bytes / 2 < lanes * element)))
            {
                return new(bytes, element);
            }
        }

        return null;
    }

    private sealed record Run(int[] Slots, int Offset, int ElementBytes, bool MayRunOver);
}
