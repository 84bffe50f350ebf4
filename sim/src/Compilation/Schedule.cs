namespace HwSeed.Sim.Compilation;

/// <summary>One line of compiled code: computes a shared node into a local, or performs a store.</summary>
/// <param name="Node">The node that becomes a local, or -1 for a store.</param>
/// <param name="Store">The store, when there is no node.</param>
internal readonly record struct Statement(int Node, Store Store);

/// <summary>
/// The order of work of a program, cut into chunks that the JIT still optimises. Nodes used once are computed where
/// they are used; the others become locals, and those read by another chunk travel through a scratch word.
/// </summary>
internal sealed class Schedule
{
    // RyuJIT gives up optimising at 60,000 bytes of IL or 8,000 uses of locals, and tracks at most 1,024 locals.
    private const int NodesPerChunk = 2500;
    private const int LocalsPerChunk = 500;

    // Bounds the depth of trees that the JIT sees.
    private const int DeepestTree = 24;

    private readonly WordGraph _graph;
    private readonly bool[] _named;
    private Branches _branches = null!;
    private readonly int[] _cost;
    private readonly int _firstScratch;
    private readonly Dictionary<int, int> _chunkOf = [];
    private readonly HashSet<int> _visited = [];

    /// <param name="graph">The operations.</param>
    /// <param name="stores">What the program writes.</param>
    /// <param name="firstScratch">The first scratch slot that is free.</param>
    public Schedule(WordGraph graph, IReadOnlyList<Store> stores, int firstScratch)
    {
        (_graph, _named, _cost) = (graph, new bool[graph.Count], new int[graph.Count]);
        _firstScratch = firstScratch;
        NameSharedNodes(stores);
        Cut(stores);
        FindCrossings();
    }

    /// <summary>The statements of each chunk.</summary>
    public List<List<Statement>> Chunks { get; } = [];

    /// <summary>The scratch slot of each node that is computed in one chunk and read in another.</summary>
    public Dictionary<int, int> Scratch { get; } = [];

    /// <summary>Whether a node is held in a local rather than computed at its use.</summary>
    public bool IsNamed(int node) => _named[node];

    /// <summary>Which choices are branches, and what is computed inside of them.</summary>
    public Branches Branches => _branches;

    private void NameSharedNodes(IReadOnlyList<Store> stores)
    {
        var uses = new int[_graph.Count];
        foreach (var operand in stores.SelectMany(s => s.Operands))
        {
            uses[operand]++;
        }

        // Operands have lower numbers, so users come first when walking down and last when walking up.
        for (var node = _graph.Count - 1; node >= 0; node--)
        {
            if (uses[node] > 0)
            {
                foreach (var operand in _graph.OperandsOf(node))
                {
                    uses[operand]++;
                }
            }
        }

        _branches = new(_graph, uses, stores.SelectMany(s => s.Operands));

        // What a memory write needs from memories is read before the first word is written.
        var readsMemory = new bool[_graph.Count];
        var early = stores.Where(s => s.IsMemory).SelectMany(s => s.Operands).ToHashSet();
        var depth = new int[_graph.Count];
        for (var node = 0; node < _graph.Count; node++)
        {
            if (uses[node] == 0)
            {
                continue;
            }

            readsMemory[node] = _graph[node].Operation == WordOperation.MemoryWord;
            foreach (var operand in _graph.OperandsOf(node))
            {
                readsMemory[node] |= readsMemory[operand] && !_named[operand];
                depth[node] = Math.Max(depth[node], depth[operand] + 1);
                _cost[node] += _named[operand] ? 1 : _cost[operand];
            }

            _cost[node]++;
            if (_branches.IsBranch(node))
            {
                // The named nodes inside of the arms are part of the statement.
                _cost[node] += 4 + ((bool[])[true, false]).SelectMany(taken => _branches.Inside(node, taken))
                    .Sum(inner => _named[inner] ? _cost[inner] : 0);
            }

            if (!_graph[node].IsLeaf && (uses[node] > 1 || _graph[node].Operation == WordOperation.Select || depth[node] > DeepestTree
                || (readsMemory[node] && early.Contains(node))))
            {
                (_named[node], depth[node]) = (true, 0);
            }
        }
    }

    private void Cut(IReadOnlyList<Store> stores)
    {
        var (cost, locals) = (int.MaxValue, 0);
        foreach (var store in stores.Where(s => !s.IsMemory))
        {
            Compute(store.Value);
            Append(new(-1, store), 1 + _cost[store.Value]);
        }

        var writes = stores.Where(s => s.IsMemory).ToList();
        foreach (var operand in writes.SelectMany(s => s.Operands))
        {
            Compute(operand);
        }

        foreach (var store in writes)
        {
            Append(new(-1, store), 4 + store.Operands.Sum(o => _named[o] ? 1 : _cost[o]));
        }

        void Compute(int root)
        {
            var open = new Stack<int>([root]);
            while (open.TryPeek(out var node))
            {
                var before = open.Count;
                foreach (var operand in _graph.OperandsOf(node))
                {
                    if (NeedsVisit(operand))
                    {
                        open.Push(operand);
                    }
                }

                if (open.Count > before)
                {
                    continue;
                }

                open.Pop();
                _visited.Add(node);
                if (_named[node] && !_branches.IsInside(node) && !_chunkOf.ContainsKey(node))
                {
                    Append(new(node, default), _cost[node]);
                    _chunkOf[node] = Chunks.Count - 1;
                    locals += 1 + (_branches.IsBranch(node) ? _cost[node] / 4 : 0);
                }
            }
        }

        void Append(Statement statement, int size)
        {
            if (cost > NodesPerChunk || locals >= LocalsPerChunk)
            {
                Chunks.Add([]);
                (cost, locals) = (0, 0);
            }

            Chunks[^1].Add(statement);
            cost += size;
        }
    }

    private bool NeedsVisit(int node) => !_graph[node].IsLeaf && !_visited.Contains(node);

    private void FindCrossings()
    {
        for (var chunk = 0; chunk < Chunks.Count; chunk++)
        {
            foreach (var (node, store) in Chunks[chunk])
            {
                var open = new Stack<int>(node >= 0 ? _graph.OperandsOf(node) : store.Operands);
                var seen = new HashSet<int>();
                while (open.TryPop(out var read))
                {
                    if (!_named[read] || _branches.IsInside(read))
                    {
                        if (!seen.Add(read))
                        {
                            continue;
                        }

                        foreach (var operand in _graph.OperandsOf(read))
                        {
                            open.Push(operand);
                        }
                    }
                    else if (_chunkOf[read] != chunk)
                    {
                        Scratch.TryAdd(read, _firstScratch + Scratch.Count);
                    }
                }
            }
        }
    }
}
