namespace HwSeed.Sim.Compilation;

/// <summary>
/// Which choices become real branches: those with an arm that is much work and of no use elsewhere. What only one arm
/// needs is computed inside of it. Arms nest, so each node has an innermost arm that holds all its uses.
/// </summary>
internal sealed class Branches
{
    // A wrong guess of the processor costs about as much as this many operations.
    private const int WorthBranching = 12;

    // Above this the method would become too large for the JIT.
    private const int Largest = 1500;

    private readonly WordGraph _graph;
    private readonly int[] _armOf;
    private readonly List<Arm> _arms = [new(-1, 0, 0)];
    private readonly Dictionary<(int Node, bool Taken), List<int>> _inside = [];

    /// <param name="graph">The operations.</param>
    /// <param name="uses">How often each node is used; 0 for those that are not part of the program.</param>
    /// <param name="roots">Nodes that are needed whatever any choice is.</param>
    public Branches(WordGraph graph, int[] uses, IEnumerable<int> roots)
    {
        (_graph, _armOf) = (graph, new int[uses.Length]);
        Array.Fill(_armOf, -1);
        foreach (var root in roots)
        {
            _armOf[root] = 0;
        }

        // Users first. Every choice has two arms here; those that do not pay are dissolved below.
        for (var node = uses.Length - 1; node >= 0; node--)
        {
            if (uses[node] == 0)
            {
                continue;
            }

            var here = Math.Max(0, _armOf[node]);
            _armOf[node] = here;
            if (graph[node] is { Operation: WordOperation.Select } choice)
            {
                Use(choice.A, here);
                Use(choice.B, Add(node, here));
                Use(choice.C, Add(node, here));
            }
            else
            {
                foreach (var operand in graph.OperandsOf(node))
                {
                    Use(operand, here);
                }
            }
        }

        Dissolve(uses);
    }

    /// <summary>Whether a choice is a branch.</summary>
    public bool IsBranch(int node) => _inside.ContainsKey((node, true));

    /// <summary>Whether a node is computed inside of an arm.</summary>
    public bool IsInside(int node) => _armOf[node] > 0;

    /// <summary>The nodes that are computed inside of an arm and in none of its own arms, operands first.</summary>
    public IReadOnlyList<int> Inside(int choice, bool taken) => _inside[(choice, taken)];

    private int Add(int choice, int outer)
    {
        _arms.Add(new(choice, outer, _arms[outer].Depth + 1));
        return _arms.Count - 1;
    }

    private void Use(int node, int arm)
    {
        if (_armOf[node] >= 0)
        {
            // The innermost arm around both.
            var other = _armOf[node];
            while (arm != other)
            {
                if (_arms[arm].Depth >= _arms[other].Depth)
                {
                    arm = _arms[arm].Outer;
                }
                else
                {
                    other = _arms[other].Outer;
                }
            }
        }

        _armOf[node] = arm;
    }

    private void Dissolve(int[] uses)
    {
        var work = new int[_arms.Count];
        for (var node = 0; node < uses.Length; node++)
        {
            if (uses[node] > 0 && !_graph[node].IsLeaf)
            {
                work[_armOf[node]]++;
            }
        }

        // Arms stand after those around them, and the two of a choice beside each other.
        for (var arm = _arms.Count - 1; arm > 0; arm--)
        {
            work[_arms[arm].Outer] += work[arm];
        }

        var kept = new int[_arms.Count];
        for (var arm = 1; arm < _arms.Count; arm += 2)
        {
            var pays = Math.Max(work[arm], work[arm + 1]) >= WorthBranching && work[arm] + work[arm + 1] <= Largest;
            var outer = kept[_arms[arm].Outer];
            (kept[arm], kept[arm + 1]) = pays ? (arm, arm + 1) : (outer, outer);
            if (pays)
            {
                _inside[(_arms[arm].Choice, true)] = [];
                _inside[(_arms[arm].Choice, false)] = [];
            }
        }

        for (var node = 0; node < uses.Length; node++)
        {
            if (uses[node] == 0)
            {
                continue;
            }

            var arm = _armOf[node] = kept[_armOf[node]];
            if (arm > 0 && !_graph[node].IsLeaf)
            {
                _inside[(_arms[arm].Choice, arm % 2 == 1)].Add(node);
            }
        }
    }

    private readonly record struct Arm(int Choice, int Outer, int Depth);
}
