namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>
/// Makes one vector out of a word node for each lane, working down from the values that are stored. Lanes that do the
/// same operation do it at once on vectors of their operands; values beside each other in memory are loaded; a value
/// common to all lanes is broadcast; where lanes differ, the parts are made one by one and blended; and what fits
/// nowhere is computed by scalar code and staged. <see cref="Gain"/> counts what this saves.
/// </summary>
internal sealed class LanePacker
{
    private const int DeepestChoice = 2;
    private const int DeepestPack = 200;

    private readonly MemoryImages _images;
    private readonly LaneOrientation _orientation;
    private readonly Dictionary<LaneTuple, int> _packs = [];
    private readonly Stack<LaneTuple> _journal = [];
    private readonly Dictionary<int, List<(int Offset, int Size)>> _written = [];
    private readonly WordGraph _graph;
    private readonly StateLayout _layout;
    private readonly LaneGraph _lanes;
    private readonly LaneStage _stage;
    private readonly int _stateBytes;
    private int _choices;
    private int _depth;

    public LanePacker(WordGraph graph, StateLayout layout, LaneGraph lanes, LaneStage stage)
    {
        (_graph, _layout, _lanes, _stage) = (graph, layout, lanes, stage);
        _stateBytes = 8 * _layout.StateBufferWords;
        _images = new(graph, layout);
        _orientation = new(graph, layout, _images);
    }

    /// <summary>Scalar operations saved less vector operations spent.</summary>
    public double Gain { get; private set; }

    public LaneMark Mark => new(_lanes.Count, _stage.Mark, _journal.Count, Gain);

    /// <summary>Takes back all that was made since a mark.</summary>
    public void CutTo(LaneMark mark)
    {
        _lanes.CutTo(mark.Nodes);
        _stage.CutTo(mark.Stage);
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

    /// <summary>Counts a vector store in place of a scalar store for each lane.</summary>
    public void CountStore(int scalars, bool isCut) => Gain += (0.5 * scalars) - (isCut ? 2 : 1);

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
        if (used.Count == 0 || used.All(i => _graph.IsConstant(nodes[i], out _)))
        {
            return _lanes.Constant(type, i => nodes[i] >= 0 && _graph.IsConstant(nodes[i], out var value) ? value : 0);
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

        if (LoadBits(nodes, used, type) is { } bits && bits.Lanes.Count == used.Count)
        {
            return bits.Vector;
        }

        var first = _graph[nodes[used[0]]];
        var same = used.All(i => _graph[nodes[i]] is var node && node.Operation == first.Operation && node.Immediate == first.Immediate);
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
                return _lanes.Node(new(LaneOperation.Broadcast, type, Address: image.Address, Size: size));
            }
        }

        var (offset, isNew) = _stage.Word(node);
        Gain -= isNew ? 1 : 0;
        return _lanes.Node(new(LaneOperation.Broadcast, type, Address: new(LaneBuffer.Stage, offset), Size: type.Element));
    }

    // All lanes beside each other in memory; where they were stored at this edge is as good.
    private bool TryLoad(int[] nodes, List<int> used, LaneType type, out int load)
    {
        for (var size = type.Element; size >= 1; size /= 2)
        {
            if (PlaceOf(nodes[used[0]], size) is { } place && LoadAt(used[0], place, type, size) is { } address
                && used.All(i => PlaceOf(nodes[i], size) == Beside(address, i, size)))
            {
                Gain += (0.5 * used.Count) - 1;
                load = Aligned(address, used, type, size);
                return true;
            }

            foreach (var (offset, _) in _written.GetValueOrDefault(nodes[used[0]], []).Where(w => w.Size == size))
            {
                if (LoadAt(used[0], new(LaneBuffer.Target, offset), type, size) is { } target
                    && used.All(i => _written.GetValueOrDefault(nodes[i], []).Contains((target.Offset + (i * size), size))))
                {
                    Gain += (0.5 * used.Count) + used.Select(i => nodes[i]).Count(n => !_graph[n].IsLeaf) - 1;
                    load = _lanes.Node(new(LaneOperation.Load, type, Address: target, Size: size));
                    return true;
                }
            }
        }

        load = -1;
        return false;
    }

    // A load across two vectors that were stored a moment ago waits until both are through; loads of whole vectors do
    // not. State groups begin at multiples of the widest vector.
    private int Aligned(LaneAddress address, List<int> used, LaneType type, int size)
    {
        var over = address.Offset % type.Bytes;
        if (address.Buffer != LaneBuffer.State || size != type.Element || over % size != 0 || over == 0
            || _layout.IsWord(address.Offset + (used[0] * size)) || !_layout.Machine.PermutesTwo(size))
        {
            return _lanes.Node(new(LaneOperation.Load, type, Address: address, Size: size));
        }

        var shift = over / size;
        var (low, high) = (address.Offset - over, address.Offset - over + type.Bytes);
        if (used.All(i => i + shift >= type.Lanes))
        {
            low = high;
        }
        else if (used.All(i => i + shift < type.Lanes))
        {
            high = low;
        }

        var order = _lanes.Constant(type, i => (ulong)(i + shift));
        return _lanes.Node(new(LaneOperation.Align, type, Block(low), Block(high), order));

        int Block(int offset) => _lanes.Node(new(LaneOperation.Load, type, Address: address with { Offset = offset }, Size: size));
    }

    private LaneAddress? PlaceOf(int node, int size) =>
        _images.Of(node) is { } image && image.ReadableAs(size) ? image.Address : null;

    private static LaneAddress Beside(LaneAddress address, int lane, int size) =>
        address with { Offset = address.Offset + (lane * size) };

    // Where a vector begins that has one of its lanes at a place, when it stays inside of the array.
    private LaneAddress? LoadAt(int lane, LaneAddress place, LaneType type, int size)
    {
        var start = Beside(place, -lane, size);
        var end = start.Offset + (type.Lanes * size);
        var limit = place.Buffer is LaneBuffer.State or LaneBuffer.Target ? _stateBytes : (8 * _layout.InputWords) + LanePlan.InputMargin;
        return start.Offset >= 0 && end <= limit ? start : null;
    }

    private bool CanPack(int[] nodes, List<int> used, LaneType type)
    {
        var bits = type.ElementBits;
        return _graph[nodes[used[0]]].Operation switch
        {
            WordOperation.Add or WordOperation.Subtract or WordOperation.Multiply or WordOperation.And or WordOperation.Or
                or WordOperation.Xor or WordOperation.Negate or WordOperation.ShiftLeft or WordOperation.SignExtend
                or WordOperation.Select => true,
            WordOperation.ShiftRight or WordOperation.Parity => used.All(i => IsExact(_graph[nodes[i]].A)),
            WordOperation.LessUnsigned => used.All(i => IsExact(_graph[nodes[i]].A) && IsExact(_graph[nodes[i]].B)),
            WordOperation.Equal => used.All(i => IsExact(_graph[nodes[i]].A) && IsExact(_graph[nodes[i]].B))
                || used.All(i => IsSigned(_graph[nodes[i]].A) && IsSigned(_graph[nodes[i]].B)),
            WordOperation.LessSigned => used.All(i => IsSigned(_graph[nodes[i]].A) && IsSigned(_graph[nodes[i]].B)),
            _ => false,
        };

        bool IsExact(int node) => _graph.BitsOf(node) <= bits;

        bool IsSigned(int node) => _graph.BitsOf(node) < bits || bits == 64
            || (_graph[node].Operation == WordOperation.SignExtend && _graph[node].Immediate <= (ulong)bits)
            || (_graph.IsConstant(node, out var value) && (long)value >> (bits - 1) is 0 or -1);
    }

    private int Operation(int[] nodes, List<int> used, LaneType type)
    {
        var (operation, _, b, _, immediate) = _graph[nodes[used[0]]];
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
            left = [.. nodes.Select(n => n < 0 ? -1 : _graph[n].A)];
        }

        if (operation == WordOperation.SignExtend)
        {
            left = InMemory(left, (int)immediate);
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
            WordOperation.Negate => _lanes.Negate(x),
            WordOperation.ShiftLeft => shift >= type.ElementBits ? _lanes.Constant(type, _ => 0) : Shift(LaneOperation.ShiftLeft, shift),
            WordOperation.ShiftRight => shift >= type.ElementBits ? _lanes.Constant(type, _ => 0) : Shift(LaneOperation.ShiftRight, shift),
            WordOperation.SignExtend => _lanes.SignExtend(x, shift),
            WordOperation.Equal => _lanes.Bit(Make(LaneOperation.EqualMask)),
            WordOperation.LessUnsigned => _lanes.Bit(Make(LaneOperation.LessUnsignedMask)),
            WordOperation.LessSigned => _lanes.Bit(Make(LaneOperation.LessSignedMask)),
            WordOperation.Parity => _lanes.Parity(x),
            _ => throw new System.Diagnostics.UnreachableException($"operation {operation}"),
        };

        int Make(LaneOperation lane) => _lanes.Node(new(lane, type, x, y));

        int Shift(LaneOperation lane, int count) => _lanes.Node(new(lane, type, x, Immediate: count));
    }

    // Sign extension looks at low bits only, so masks were dropped below it; what lies in memory is found with them.
    private int[] InMemory(int[] nodes, int bits)
    {
        if (bits is not (8 or 16 or 32))
        {
            return nodes;
        }

        int[] masked = [.. nodes.Select(n => n < 0 ? -1 : _graph.Mask(n, bits))];
        return masked.All(n => n < 0 || _graph[n].IsLeaf || _written.ContainsKey(n) || _images.Of(n) is not null) ? masked : nodes;
    }

    private int Choice(int[] nodes, List<int> used, LaneType type)
    {
        int[] Operands(Func<WordNode, int> which) => [.. nodes.Select(n => n < 0 ? -1 : which(_graph[n]))];
        var mask = _lanes.Negate(Pack(Operands(n => n.A), type));
        var (whenTrue, whenFalse) = (Pack(Operands(n => n.B), type), Pack(Operands(n => n.C), type));
        Gain += used.Select(i => nodes[i]).Distinct().Count() - 1;
        return _lanes.Node(new(LaneOperation.Select, type, whenTrue, whenFalse, mask));
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
        var offset = _stage.Vector(nodes, type);
        Gain -= used.Count + 2;
        return _lanes.Node(new(LaneOperation.Load, type, Address: new(LaneBuffer.Stage, offset), Size: type.Element));
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
        var (operation, count) = used.GroupBy(i => _graph[nodes[i]].Operation).Select(g => (g.Key, g.Count())).MaxBy(g => g.Item2);
        return 2 * count < used.Count ? null : operation switch
        {
            WordOperation.Add or WordOperation.Subtract or WordOperation.Or or WordOperation.Xor => (operation, 0),
            WordOperation.And => (operation, ulong.MaxValue),
            _ => null,
        };
    }

    private int Padded(int[] nodes, (WordOperation Operation, ulong Neutral) padded, LaneType type)
    {
        var neutral = _graph.Constant(padded.Neutral);
        var (left, right) = _orientation.Operands(nodes, padded.Operation, neutral);
        var (x, y) = (Pack(left, type), Pack(right, type));
        Gain += nodes.Where(n => n >= 0 && _graph[n].Operation == padded.Operation).Distinct().Count() - 1;
        return _lanes.Node(new(padded.Operation switch
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
        var apart = new List<(int Vector, List<int> Lanes)>();
        while (LoadScattered([.. parts.Where(IsScattered).SelectMany(p => p).Select(i => (i, _images.Of(nodes[i])!.Value))], type) is { } together)
        {
            apart.Add(together);
            parts.ForEach(p => p.RemoveAll(together.Lanes.Contains));
            parts.RemoveAll(p => p.Count == 0);
        }

        while (LoadBits(nodes, [.. parts.SelectMany(p => p)], type) is { } bits)
        {
            apart.Add(bits);
            parts.ForEach(p => p.RemoveAll(bits.Lanes.Contains));
            parts.RemoveAll(p => p.Count == 0);
        }

        var odd = parts.Skip(1).Where(p => p.Count == 1).SelectMany(p => p).ToList();
        if (odd.Count > 3)
        {
            apart.Add((Staged(Only(odd), odd, type), odd));
            parts.RemoveAll(p => p.Count == 1 && odd.Contains(p[0]));
        }

        if (parts.Count == 1 && apart.Count == 0)
        {
            // One kind that is no operation we have.
            return Staged(nodes, used, type);
        }

        var result = -1;
        foreach (var part in parts)
        {
            var vector = Pack(Only(part), type);
            result = result < 0 ? vector : Blend(vector, part, result);
        }

        foreach (var (vector, chosen) in apart)
        {
            result = result < 0 ? vector : Blend(vector, chosen, result);
        }

        return result;

        // What was stored word by word is read word by word: a vector load would have to wait for the stores.
        bool IsScattered(List<int> part) => _images.Of(nodes[part[0]]) is { } image && (part.Count == 1
            || (part.Count * size <= 32 && (image.Address.Buffer == LaneBuffer.Inputs || _layout.IsWord(image.Address.Offset))
                && part.All(i => _images.Of(nodes[i]) is not null)));

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
            return _lanes.Node(new(LaneOperation.Select, type, vector, otherwise, _lanes.Mask(type, chosen.Contains)));
        }
    }

    // Lanes that are bytes of one word: the word is broadcast and each lane takes its bytes.
    private (int Vector, List<int> Lanes)? LoadScattered(List<(int Lane, MemoryImage Image)> odd, LaneType type)
    {
        var words = odd.Where(o => o.Image.Need <= type.Element && (o.Image.Address.Offset % 8) + o.Image.Need <= 8)
            .GroupBy(o => o.Image.Address with { Offset = o.Image.Address.Offset / 8 * 8 });
        if (words.MaxBy(g => g.Count()) is not { } word || word.Count() < 2)
        {
            return null;
        }

        var order = Enumerable.Repeat((byte)0x80, type.Bytes).ToArray();
        foreach (var (lane, image) in word)
        {
            for (var i = 0; i < image.Need; i++)
            {
                order[(lane * type.Element) + i] = (byte)((image.Address.Offset % 8) + i);
            }
        }

        Gain -= 2;
        var constant = _lanes.Constant(new(type.Bytes, 1), i => order[i]);
        return (_lanes.Node(new(LaneOperation.ShuffleWord, type, constant, Address: word.Key)), [.. word.Select(o => o.Lane)]);
    }

    // Lanes that are single bits of one word: each takes the byte that has its bit and compares the bit.
    private (int Vector, List<int> Lanes)? LoadBits(int[] nodes, List<int> some, LaneType type)
    {
        var words = some.Select(i => (Lane: i, Bit: _images.BitOf(nodes[i]))).Where(b => b.Bit is not null)
            .GroupBy(b => b.Bit!.Value.Byte with { Offset = b.Bit!.Value.Byte.Offset / 8 * 8 });
        if (words.MaxBy(g => g.Count()) is not { } word || word.Count() < 2)
        {
            return null;
        }

        var bits = word.ToDictionary(b => b.Lane, b => b.Bit!.Value);
        var order = Enumerable.Repeat((byte)0x80, type.Bytes).ToArray();
        foreach (var (lane, (at, _)) in bits)
        {
            order[lane * type.Element] = (byte)(at.Offset % 8);
        }

        Gain += (1.5 * bits.Count) - 5;
        var bytes = _lanes.Node(new(
            LaneOperation.ShuffleWord, type, _lanes.Constant(new(type.Bytes, 1), i => order[i]), Address: word.Key));
        var places = _lanes.Constant(type, i => bits.TryGetValue(i, out var bit) ? 1UL << bit.Bit : 0xff);
        var single = _lanes.Node(new(LaneOperation.And, type, bytes, places));
        return (_lanes.Bit(_lanes.Node(new(LaneOperation.EqualMask, type, single, places))), [.. bits.Keys]);
    }

    private object KindOf(int node, int lane, int size) => _graph.IsConstant(node, out _) ? "constant"
        : PlaceOf(node, size) is { } place ? Beside(place, -lane, size)
        : (object)(_graph[node].Operation, _graph[node].Immediate);
}

/// <summary>A point to which packing can go back.</summary>
internal readonly record struct LaneMark(int Nodes, (int Bytes, int Stores, int Words) Stage, int Packs, double Gain);
