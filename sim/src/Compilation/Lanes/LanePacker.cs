namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>
/// Makes one vector out of a word node for each lane, working down from the values that are stored. Lanes that do the
/// same operation do it at once on vectors of their operands; values beside each other in memory are loaded; a value
/// common to all lanes is broadcast; where lanes differ, the parts are made one by one and blended; and what fits
/// nowhere is computed by scalar code and staged. <see cref="Gain"/> counts what this saves.
/// </summary>
internal sealed class LanePacker(WordGraph graph, StateLayout layout, LaneGraph lanes, LaneStage stage, int stateBytes)
{
    private const int DeepestChoice = 2;
    private const int DeepestPack = 200;

    private readonly MemoryImages _images = new(graph, layout);
    private readonly LaneOrientation _orientation = new(graph, layout);
    private readonly Dictionary<LaneTuple, int> _packs = [];
    private readonly Stack<LaneTuple> _journal = [];
    private readonly Dictionary<int, List<(int Offset, int Size)>> _written = [];
    private int _choices;
    private int _depth;

    /// <summary>Scalar operations saved less vector operations spent.</summary>
    public double Gain { get; private set; }

    public LaneMark Mark => new(lanes.Count, stage.Mark, _journal.Count, Gain);

    /// <summary>Takes back all that was made since a mark.</summary>
    public void CutTo(LaneMark mark)
    {
        lanes.CutTo(mark.Nodes);
        stage.CutTo(mark.Stage);
        Gain = mark.Gain;
        while (_journal.Count > mark.Packs)
        {
            _packs.Remove(_journal.Pop());
        }
    }

    /// <summary>From now on a node's value may also be read where it was stored.</summary>
    public void MarkWritten(int node, int offset, int size)
    {
        if (!_written.TryGetValue(node, out var places))
        {
            _written.Add(node, places = []);
        }

        places.Add((offset, size));
    }

    /// <summary>The vector of the low bits of a node in each lane; -1 in lanes that do not matter.</summary>
    public int Pack(int[] nodes, LaneType type)
    {
        var tuple = new LaneTuple(nodes, type);
        if (!_packs.TryGetValue(tuple, out var vector))
        {
            _depth++;
            vector = Make(nodes, type);
            _depth--;
            _packs.Add(tuple, vector);
            _journal.Push(tuple);
        }

        return vector;
    }

    private int Make(int[] nodes, LaneType type)
    {
        var used = Enumerable.Range(0, nodes.Length).Where(i => nodes[i] >= 0).ToList();
        if (used.Count == 0 || used.All(i => graph.IsConstant(nodes[i], out _)))
        {
            return lanes.Constant(type, i => nodes[i] >= 0 && graph.IsConstant(nodes[i], out var value) ? value : 0);
        }

        if (used.All(i => nodes[i] == nodes[used[0]]))
        {
            return Broadcast(nodes[used[0]], type);
        }

        if (TryLoad(nodes, used, type, out var load))
        {
            return load;
        }

        if (_depth > DeepestPack)
        {
            return Staged(nodes, used, type);
        }

        var first = graph[nodes[used[0]]];
        var same = used.All(i => graph[nodes[i]] is var node && node.Operation == first.Operation && node.Immediate == first.Immediate);
        return !same ? Mixed(nodes, used, type)
            : CanPack(nodes, used, type) ? Operation(nodes, used, type)
            : Staged(nodes, used, type);
    }

    private int Broadcast(int node, LaneType type)
    {
        Gain -= 1;
        for (var size = 1; size <= type.Element; size *= 2)
        {
            if (_images.Of(node) is { } image && image.ReadableAs(size))
            {
                return lanes.Node(new(LaneOperation.Broadcast, type, Address: image.Address, Size: size));
            }
        }

        var (offset, isNew) = stage.Word(node);
        Gain -= isNew ? 1 : 0;
        return lanes.Node(new(LaneOperation.Broadcast, type, Address: new(LaneBuffer.Stage, offset), Size: type.Element));
    }

    // All lanes beside each other in memory; where they were stored at this edge is as good.
    private bool TryLoad(int[] nodes, List<int> used, LaneType type, out int load)
    {
        for (var size = type.Element; size >= 1; size /= 2)
        {
            if (PlaceOf(nodes[used[0]], size) is { } place && LoadAt(used[0], place, type, size) is { } address
                && used.All(i => PlaceOf(nodes[i], size) == Beside(address, i, size)))
            {
                load = Load(address, type, size, used.Count);
                return true;
            }

            foreach (var (offset, _) in _written.GetValueOrDefault(nodes[used[0]], []).Where(w => w.Size == size))
            {
                if (LoadAt(used[0], new(LaneBuffer.Target, offset), type, size) is { } target
                    && used.All(i => _written.GetValueOrDefault(nodes[i], []).Contains((target.Offset + (i * size), size))))
                {
                    load = Load(target, type, size, used.Select(i => nodes[i]).Count(n => !graph[n].IsLeaf) + used.Count);
                    return true;
                }
            }
        }

        load = -1;
        return false;
    }

    private int Load(LaneAddress address, LaneType type, int size, int saved)
    {
        Gain += (0.5 * saved) - 1;
        return lanes.Node(new(LaneOperation.Load, type, Address: address, Size: size));
    }

    private LaneAddress? PlaceOf(int node, int size) =>
        _images.Of(node) is { } image && image.ReadableAs(size) ? image.Address : null;

    private static LaneAddress Beside(LaneAddress address, int lane, int size) =>
        address with { Offset = address.Offset + (lane * size) };

    // Where a vector begins that has one of its lanes at a place, when it stays inside of the array.
    private LaneAddress? LoadAt(int lane, LaneAddress place, LaneType type, int size)
    {
        var start = Beside(place, -lane, size);
        var end = start.Offset + Math.Max(16, type.Lanes * size);
        var limit = place.Buffer is LaneBuffer.State or LaneBuffer.Target ? stateBytes : (8 * layout.InputWords) + LanePlan.InputMargin;
        return start.Offset >= 0 && end <= limit ? start : null;
    }

    private bool CanPack(int[] nodes, List<int> used, LaneType type)
    {
        var bits = type.ElementBits;
        return graph[nodes[used[0]]].Operation switch
        {
            WordOperation.Add or WordOperation.Subtract or WordOperation.Multiply or WordOperation.And or WordOperation.Or
                or WordOperation.Xor or WordOperation.Negate or WordOperation.ShiftLeft or WordOperation.SignExtend
                or WordOperation.Select => true,
            WordOperation.ShiftRight or WordOperation.Parity => used.All(i => IsExact(graph[nodes[i]].A)),
            WordOperation.LessUnsigned => used.All(i => IsExact(graph[nodes[i]].A) && IsExact(graph[nodes[i]].B)),
            WordOperation.Equal => used.All(i => IsExact(graph[nodes[i]].A) && IsExact(graph[nodes[i]].B))
                || used.All(i => IsSigned(graph[nodes[i]].A) && IsSigned(graph[nodes[i]].B)),
            WordOperation.LessSigned => used.All(i => IsSigned(graph[nodes[i]].A) && IsSigned(graph[nodes[i]].B)),
            _ => false,
        };

        bool IsExact(int node) => graph.BitsOf(node) <= bits;

        bool IsSigned(int node) => graph.BitsOf(node) < bits || bits == 64
            || (graph[node].Operation == WordOperation.SignExtend && graph[node].Immediate <= (ulong)bits)
            || (graph.IsConstant(node, out var value) && (long)value >> (bits - 1) is 0 or -1);
    }

    private int Operation(int[] nodes, List<int> used, LaneType type)
    {
        var (operation, _, b, _, immediate) = graph[nodes[used[0]]];
        if (operation == WordOperation.Select)
        {
            return Choice(nodes, used, type);
        }

        int[] left, right = [];
        if (b >= 0)
        {
            (left, right) = _orientation.Operands(nodes, used);
        }
        else
        {
            left = [.. nodes.Select(n => n < 0 ? -1 : graph[n].A)];
        }

        var x = Pack(left, type);
        var y = b >= 0 ? Pack(right, type) : -1;
        Gain += used.Select(i => nodes[i]).Distinct().Count() - CostOf(operation, type);
        var shift = (int)immediate;
        return operation switch
        {
            WordOperation.Add => Make(LaneOperation.Add),
            WordOperation.Subtract => Make(LaneOperation.Subtract),
            WordOperation.Multiply => Make(LaneOperation.Multiply),
            WordOperation.And => Make(LaneOperation.And),
            WordOperation.Or => Make(LaneOperation.Or),
            WordOperation.Xor => Make(LaneOperation.Xor),
            WordOperation.Negate => lanes.Negate(x),
            WordOperation.ShiftLeft => shift >= type.ElementBits ? lanes.Constant(type, _ => 0) : Shift(LaneOperation.ShiftLeft, shift),
            WordOperation.ShiftRight => shift >= type.ElementBits ? lanes.Constant(type, _ => 0) : Shift(LaneOperation.ShiftRight, shift),
            WordOperation.SignExtend => lanes.SignExtend(x, shift),
            WordOperation.Equal => lanes.Bit(Make(LaneOperation.EqualMask)),
            WordOperation.LessUnsigned => lanes.Bit(Make(LaneOperation.LessUnsignedMask)),
            WordOperation.LessSigned => lanes.Bit(Make(LaneOperation.LessSignedMask)),
            WordOperation.Parity => Parity(x),
            _ => throw new System.Diagnostics.UnreachableException($"operation {operation}"),
        };

        int Make(LaneOperation lane) => lanes.Node(new(lane, type, x, y));

        int Shift(LaneOperation lane, int count) => lanes.Node(new(lane, type, x, Immediate: count));
    }

    private int Choice(int[] nodes, List<int> used, LaneType type)
    {
        int[] Operands(Func<WordNode, int> which) => [.. nodes.Select(n => n < 0 ? -1 : which(graph[n]))];
        var mask = lanes.Negate(Pack(Operands(n => n.A), type));
        var (whenTrue, whenFalse) = (Pack(Operands(n => n.B), type), Pack(Operands(n => n.C), type));
        Gain += used.Select(i => nodes[i]).Distinct().Count() - 1;
        return lanes.Node(new(LaneOperation.Select, type, whenTrue, whenFalse, mask));
    }

    private int Parity(int value)
    {
        var type = lanes[value].Type;
        for (var shift = type.ElementBits / 2; shift > 0; shift /= 2)
        {
            value = lanes.Node(new(LaneOperation.Xor, type, value, lanes.Node(new(LaneOperation.ShiftRight, type, value, Immediate: shift))));
        }

        return lanes.Node(new(LaneOperation.And, type, value, lanes.Constant(type, _ => 1)));
    }

    private static double CostOf(WordOperation operation, LaneType type) => operation switch
    {
        WordOperation.Multiply => type.Element is 1 or 8 ? 6 : 2,
        WordOperation.ShiftLeft or WordOperation.ShiftRight or WordOperation.SignExtend => type.Element == 1 ? 3 : 1,
        WordOperation.Parity => 12,
        WordOperation.Equal or WordOperation.LessSigned or WordOperation.LessUnsigned => 2,
        _ => 1,
    };

    // Scalar code computes the lanes one by one.
    private int Staged(int[] nodes, List<int> used, LaneType type)
    {
        var offset = stage.Vector(nodes, type);
        Gain -= used.Count + 2;
        return lanes.Node(new(LaneOperation.Load, type, Address: new(LaneBuffer.Stage, offset), Size: type.Element));
    }

    // Lanes that differ: tries the ways that there are and keeps the best.
    private int Mixed(int[] nodes, List<int> used, LaneType type)
    {
        var ways = new List<Func<int>> { () => Parts(nodes, used, type) };
        if (Neutral(nodes, used) is { } padded)
        {
            ways.Insert(0, () => Padded(nodes, padded, type));
        }

        if (_choices >= DeepestChoice)
        {
            return ways[0]();
        }

        ways.Add(() => Staged(nodes, used, type));
        _choices++;
        var (best, bestGain) = (ways[0], double.NegativeInfinity);
        foreach (var way in ways)
        {
            var mark = Mark;
            way();
            if (Gain > bestGain)
            {
                (best, bestGain) = (way, Gain);
            }

            CutTo(mark);
        }

        var result = best();
        _choices--;
        return result;
    }

    // Most lanes do an operation that leaves a value as it is when one operand is neutral: the others do it too.
    private (WordOperation Operation, ulong Neutral)? Neutral(int[] nodes, List<int> used)
    {
        var (operation, count) = used.GroupBy(i => graph[nodes[i]].Operation).Select(g => (g.Key, g.Count())).MaxBy(g => g.Item2);
        return 2 * count < used.Count ? null : operation switch
        {
            WordOperation.Add or WordOperation.Subtract or WordOperation.Or or WordOperation.Xor => (operation, 0),
            WordOperation.And => (operation, ulong.MaxValue),
            _ => null,
        };
    }

    private int Padded(int[] nodes, (WordOperation Operation, ulong Neutral) padded, LaneType type)
    {
        var neutral = graph.Constant(padded.Neutral);
        var (left, right) = _orientation.Operands(nodes, padded.Operation, neutral);
        var (x, y) = (Pack(left, type), Pack(right, type));
        Gain += nodes.Where(n => n >= 0 && graph[n].Operation == padded.Operation).Distinct().Count() - 1;
        return lanes.Node(new(padded.Operation switch
        {
            WordOperation.Add => LaneOperation.Add,
            WordOperation.Subtract => LaneOperation.Subtract,
            WordOperation.Or => LaneOperation.Or,
            WordOperation.Xor => LaneOperation.Xor,
            _ => LaneOperation.And,
        }, type, x, y));
    }

    // One vector for each kind of lane, then blends.
    private int Parts(int[] nodes, List<int> used, LaneType type)
    {
        var size = Enumerable.Range(0, 4).Select(i => 1 << i).Where(s => s <= type.Element)
            .MinBy(s => used.GroupBy(i => KindOf(nodes[i], i, s)).Count());
        var parts = used.GroupBy(i => KindOf(nodes[i], i, size)).OrderByDescending(g => g.Count()).Select(g => g.ToList()).ToList();
        var odd = parts.Skip(1).Where(p => p.Count == 1).SelectMany(p => p).ToList();
        var scattered = LoadScattered(nodes, odd, type);
        if (scattered is null && odd.Count > 3)
        {
            scattered = (Staged(Only(odd), odd, type), odd);
        }

        if (scattered is { } together)
        {
            parts.RemoveAll(p => together.Lanes.Contains(p[0]));
        }

        if (parts.Count == 1 && scattered is null)
        {
            // One kind that is no operation we have.
            return Staged(nodes, used, type);
        }

        var result = parts.Count == 0 ? -1 : Pack(Only(parts[0]), type);
        foreach (var part in parts.Skip(1))
        {
            result = Blend(Pack(Only(part), type), part, result);
        }

        return scattered is not { } last ? result : result < 0 ? last.Vector : Blend(last.Vector, last.Lanes, result);

        int[] Only(List<int> chosen)
        {
            var only = Enumerable.Repeat(-1, nodes.Length).ToArray();
            foreach (var lane in chosen)
            {
                only[lane] = nodes[lane];
            }

            return only;
        }

        int Blend(int vector, List<int> chosen, int otherwise)
        {
            Gain -= 1;
            return lanes.Node(new(LaneOperation.Select, type, vector, otherwise, lanes.Mask(type, chosen.Contains)));
        }
    }

    // Single bytes from one stretch of memory: a load and a permutation.
    private (int Vector, List<int> Lanes)? LoadScattered(int[] nodes, List<int> odd, LaneType type)
    {
        if (!layout.Machine.PermutesBytes || type != new LaneType(64, 1))
        {
            return null;
        }

        var places = odd.Where(i => PlaceOf(nodes[i], 1) is not null).Select(i => (Lane: i, At: PlaceOf(nodes[i], 1)!.Value)).ToList();
        foreach (var group in places.GroupBy(p => p.At.Buffer))
        {
            var start = group.Min(p => p.At.Offset);
            var near = group.Where(p => p.At.Offset < start + type.Bytes).ToDictionary(p => p.Lane, p => p.At.Offset - start);
            if (near.Count >= 3 && LoadAt(0, new(group.Key, start), type, 1) is { } address)
            {
                var order = lanes.Constant(type, i => (ulong)near.GetValueOrDefault(i));
                Gain -= 2;
                return (lanes.Node(new(LaneOperation.PermuteBytes, type, A: order, Address: address, Size: 1)), [.. near.Keys]);
            }
        }

        return null;
    }

    private object KindOf(int node, int lane, int size) => graph.IsConstant(node, out _) ? "constant"
        : PlaceOf(node, size) is { } place ? Beside(place, -lane, size)
        : (object)(graph[node].Operation, graph[node].Immediate);
}

/// <summary>A point to which packing can go back.</summary>
internal readonly record struct LaneMark(int Nodes, (int Bytes, int Stores, int Words) Stage, int Packs, double Gain);
