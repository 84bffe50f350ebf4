namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>
/// Which operand stands first in each lane. Hash-consing sorts the operands of commutative operations by number, so
/// what is alike in two lanes may stand on different sides; each lane is turned to be like the lane before it.
/// </summary>
internal sealed class LaneOrientation(WordGraph graph, StateLayout layout, MemoryImages images)
{
    private const int Depth = 3;

    /// <summary>Both operands of lanes that all do the same operation.</summary>
    public (int[] Left, int[] Right) Operands(int[] nodes, List<int> used) =>
        Operands(nodes, graph[nodes[used[0]]].Operation, -1);

    /// <summary>Both operands; a lane of another operation is taken as the operation on it and a neutral value.</summary>
    public (int[] Left, int[] Right) Operands(int[] nodes, WordOperation operation, int neutral)
    {
        var turns = operation is WordOperation.Add or WordOperation.Multiply or WordOperation.And or WordOperation.Or
            or WordOperation.Xor or WordOperation.Equal;
        var (left, right) = (Unused(), Unused());
        var (a, b) = (-1, -1);

        // The first lane that really does the operation says what its sides look like.
        var first = Array.FindIndex(nodes, n => n >= 0 && graph[n].Operation == operation);
        (a, b) = (graph[nodes[first]].A, graph[nodes[first]].B);
        for (var lane = 0; lane < nodes.Length; lane++)
        {
            if (nodes[lane] < 0)
            {
                continue;
            }

            var node = graph[nodes[lane]];
            var (x, y) = node.Operation == operation ? (node.A, node.B) : (nodes[lane], neutral);
            if (turns && Alike(a, y, Depth) + Alike(b, x, Depth) > Alike(a, x, Depth) + Alike(b, y, Depth))
            {
                (x, y) = (y, x);
            }

            (left[lane], right[lane]) = (x, y);
            if (node.Operation == operation)
            {
                (a, b) = (x, y);
            }
        }

        return (left, right);

        int[] Unused() => Enumerable.Repeat(-1, nodes.Length).ToArray();
    }

    private int Alike(int x, int y, int depth)
    {
        if (x == y)
        {
            return 4;
        }

        if (ImageOf(x) is { } here && ImageOf(y) is { } there)
        {
            return here.Address.Buffer == there.Address.Buffer && layout.OwnerOf(here.Address) == layout.OwnerOf(there.Address) ? 6 : 1;
        }

        var (n, m) = (graph[x], graph[y]);
        if (n.Operation != m.Operation)
        {
            return 0;
        }

        var self = n.Operation switch
        {
            WordOperation.Constant => 2,
            _ => n.Immediate == m.Immediate ? 2 : 1,
        };
        return depth == 0 || n.A < 0 ? self
            : self + Alike(n.A, m.A, depth - 1) + (n.B < 0 ? 0 : Alike(n.B, m.B, depth - 1));
    }

    // Sign extension looks at low bits only, so masks were dropped below it.
    private MemoryImage? ImageOf(int node) => graph[node] is { Operation: WordOperation.SignExtend, Immediate: 8 or 16 or 32 } extended
        ? images.Of(graph.Mask(extended.A, (int)extended.Immediate))
        : images.Of(node);
}
