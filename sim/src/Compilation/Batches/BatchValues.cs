using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim.Compilation.Batches;

/// <summary>
/// Word operations on a block of stimuli: one vector where 32 bits suffice, two vectors of half the stimuli each where
/// 64 are needed. Only the low bits that are asked for are right.
/// </summary>
internal sealed class BatchValues(WordGraph graph, LaneGraph lanes, BatchLayout state, BatchLayout inputs, int vectorBytes)
{
    private readonly Dictionary<int, int> _narrow = [];
    private readonly Dictionary<int, int> _masks = [];
    private readonly Dictionary<int, (int Low, int High)> _wide = [];
    private readonly List<(WordNode Node, bool IsNarrow)> _calls = [];
    private readonly LaneType _type32 = new(vectorBytes, 4);
    private readonly LaneType _type64 = new(vectorBytes, 8);

    /// <summary>The word operation behind a call.</summary>
    public WordNode CallAt(int number) => _calls[number].Node;

    /// <summary>The low 32 bits of a node.</summary>
    public int Narrow(int node)
    {
        Prepare(node);
        if (!_narrow.TryGetValue(node, out var value))
        {
            _narrow[node] = value = MakeNarrow(node);
        }

        return value;
    }

    /// <summary>All ones where a node of one bit is 1.</summary>
    public int Mask(int node)
    {
        if (!IsMask(node))
        {
            return lanes.Negate(Narrow(node));
        }

        Prepare(node);
        if (!_masks.TryGetValue(node, out var value))
        {
            _masks[node] = value = MakeMask(node);
        }

        return value;
    }

    /// <summary>All bits of a node.</summary>
    public (int Low, int High) Wide(int node)
    {
        Prepare(node);
        if (!_wide.TryGetValue(node, out var value))
        {
            _wide[node] = value = MakeWide(node);
        }

        return value;
    }

    // Deep trees: what lies below is made first, so that recursion stays shallow.
    private void Prepare(int root)
    {
        if (IsMade(root))
        {
            return;
        }

        var open = new Stack<(int Node, bool Ready)>([(root, false)]);
        while (open.TryPop(out var next))
        {
            if (IsMade(next.Node))
            {
                continue;
            }

            if (!next.Ready)
            {
                open.Push((next.Node, true));
                foreach (var operand in graph.OperandsOf(next.Node))
                {
                    open.Push((operand, false));
                }
            }
            else if (next.Node == root)
            {
                continue;
            }
            else if (IsMask(next.Node))
            {
                _masks[next.Node] = MakeMask(next.Node);
            }
            else if (Fits(next.Node))
            {
                // Wider ones are often wanted only in part: they are made where they are used.
                _narrow[next.Node] = MakeNarrow(next.Node);
            }
        }
    }

    private bool IsMade(int node) => _narrow.ContainsKey(node) || _wide.ContainsKey(node) || _masks.ContainsKey(node);

    // Whether a node of one bit comes as a mask.
    private bool IsMask(int node)
    {
        var (operation, a, b, c, immediate) = graph[node];
        return graph.BitsOf(node) <= 1 && operation switch
        {
            WordOperation.State => state.IsBit[(int)immediate],
            WordOperation.Input => inputs.IsBit[(int)immediate],
            WordOperation.Equal or WordOperation.LessUnsigned => Fits(a) && Fits(b),
            WordOperation.LessSigned => FitsSigned(a) && FitsSigned(b),
            WordOperation.And or WordOperation.Or or WordOperation.Xor => graph.BitsOf(a) <= 1 && graph.BitsOf(b) <= 1,
            WordOperation.Select => graph.BitsOf(b) <= 1 && graph.BitsOf(c) <= 1,
            _ => false,
        };
    }

    private int MakeMask(int node)
    {
        var (operation, a, b, c, immediate) = graph[node];
        return operation switch
        {
            WordOperation.State => Load(LaneBuffer.State, state.Offsets[(int)immediate], _type32),
            WordOperation.Input => Load(LaneBuffer.Inputs, inputs.Offsets[(int)immediate], _type32),
            WordOperation.Equal => lanes.Node(new(LaneOperation.EqualMask, _type32, Narrow(a), Narrow(b))),
            WordOperation.LessUnsigned => lanes.Node(new(LaneOperation.LessUnsignedMask, _type32, Narrow(a), Narrow(b))),
            WordOperation.LessSigned => lanes.Node(new(LaneOperation.LessSignedMask, _type32, Narrow(a), Narrow(b))),
            WordOperation.Select => lanes.Node(new(LaneOperation.Select, _type32, MaskOf(b), MaskOf(c), Mask(a))),
            _ => lanes.Node(new(LaneOperationOf(operation), _type32, MaskOf(a), MaskOf(b))),
        };

        int MaskOf(int operand) => graph.IsConstant(operand, out var value)
            ? lanes.Constant(_type32, _ => value == 0 ? 0 : ulong.MaxValue) : Mask(operand);
    }

    private int MakeNarrow(int node)
    {
        if (IsMask(node))
        {
            return lanes.Bit(Mask(node));
        }

        var (operation, a, b, c, immediate) = graph[node];
        var shift = (int)Math.Min(immediate, 64);
        switch (operation)
        {
            case WordOperation.Constant:
                return lanes.Constant(_type32, _ => immediate);
            case WordOperation.State when state.Elements[(int)immediate] == 4:
                return Load(LaneBuffer.State, state.Offsets[(int)immediate], _type32);
            case WordOperation.Input when inputs.Elements[(int)immediate] == 4:
                return Load(LaneBuffer.Inputs, inputs.Offsets[(int)immediate], _type32);
            case WordOperation.Add or WordOperation.Subtract or WordOperation.Multiply or WordOperation.And or WordOperation.Or or WordOperation.Xor:
                return lanes.Node(new(LaneOperationOf(operation), _type32, Narrow(a), Narrow(b)));
            case WordOperation.Negate:
                return graph.BitsOf(a) <= 1 ? Mask(a) : lanes.Negate(Narrow(a));
            case WordOperation.SignExtend:
                return lanes.SignExtend(Narrow(a), shift);
            case WordOperation.ShiftLeft:
                return shift >= 32 ? lanes.Constant(_type32, _ => 0) : lanes.Node(new(LaneOperation.ShiftLeft, _type32, Narrow(a), Immediate: shift));
            case WordOperation.ShiftRight when Fits(a):
                return shift >= 32 ? lanes.Constant(_type32, _ => 0) : lanes.Node(new(LaneOperation.ShiftRight, _type32, Narrow(a), Immediate: shift));
            case WordOperation.Equal or WordOperation.LessUnsigned or WordOperation.LessSigned:
                return Both(Wide(node));
            case WordOperation.Select:
                return lanes.Node(new(LaneOperation.Select, _type32, Narrow(b), Narrow(c), Mask(a)));
            case WordOperation.ShiftLeftBy:
                return lanes.Node(new(LaneOperation.ShiftLeftBy, _type32, Narrow(a), Narrow(b)));
            case WordOperation.ShiftRightBy when Fits(a):
                return lanes.Node(new(LaneOperation.ShiftRightBy, _type32, Narrow(a), Narrow(b)));
            case WordOperation.ShiftRightSignedBy when FitsSigned(a):
                return lanes.Node(new(LaneOperation.ShiftRightSignedBy, _type32, Narrow(a), Narrow(b)));
            case WordOperation.Parity when Fits(a):
                return lanes.Parity(Narrow(a));
            case WordOperation.MemoryWord:
                _calls.Add((graph[node], true));
                return lanes.Node(new(LaneOperation.Call, _type32, Narrow(a), Immediate: _calls.Count - 1));
            default:
                return Both(Wide(node));
        }
    }

    private (int Low, int High) MakeWide(int node)
    {
        var (operation, a, b, c, immediate) = graph[node];
        if (Fits(node) && operation is not (WordOperation.Equal or WordOperation.LessUnsigned or WordOperation.LessSigned
            or WordOperation.ShiftRight or WordOperation.Divide or WordOperation.Modulo or WordOperation.MultiplyHigh
            or WordOperation.Parity or WordOperation.ShiftRightBy or WordOperation.ShiftRightSignedBy))
        {
            var narrow = Narrow(node);
            return (lanes.Node(new(LaneOperation.WidenLower, _type64, narrow)), lanes.Node(new(LaneOperation.WidenUpper, _type64, narrow)));
        }

        if (_narrow.TryGetValue(node, out var known) && Fits(node))
        {
            return (lanes.Node(new(LaneOperation.WidenLower, _type64, known)), lanes.Node(new(LaneOperation.WidenUpper, _type64, known)));
        }

        var shift = (int)Math.Min(immediate, 64);
        switch (operation)
        {
            case WordOperation.Constant:
                return Each(() => lanes.Constant(_type64, _ => immediate));
            case WordOperation.State:
                return Pair(LaneBuffer.State, state.Offsets[(int)immediate]);
            case WordOperation.Input:
                return Pair(LaneBuffer.Inputs, inputs.Offsets[(int)immediate]);
            case WordOperation.Add or WordOperation.Subtract or WordOperation.Multiply or WordOperation.And or WordOperation.Or or WordOperation.Xor:
                return Two(a, b, (x, y) => lanes.Node(new(LaneOperationOf(operation), _type64, x, y)));
            case WordOperation.Negate:
                return One(a, lanes.Negate);
            case WordOperation.SignExtend:
                return One(a, x => lanes.SignExtend(x, shift));
            case WordOperation.ShiftLeft:
                return One(a, x => lanes.Node(new(LaneOperation.ShiftLeft, _type64, x, Immediate: shift)));
            case WordOperation.ShiftRight:
                return One(a, x => lanes.Node(new(LaneOperation.ShiftRight, _type64, x, Immediate: shift)));
            case WordOperation.Equal:
                return Two(a, b, (x, y) => lanes.Bit(lanes.Node(new(LaneOperation.EqualMask, _type64, x, y))));
            case WordOperation.LessUnsigned:
                return Two(a, b, (x, y) => lanes.Bit(lanes.Node(new(LaneOperation.LessUnsignedMask, _type64, x, y))));
            case WordOperation.LessSigned:
                return Two(a, b, (x, y) => lanes.Bit(lanes.Node(new(LaneOperation.LessSignedMask, _type64, x, y))));
            case WordOperation.Select:
                var (low, high) = Wide(a);
                var (trueLow, trueHigh) = Wide(b);
                var (falseLow, falseHigh) = Wide(c);
                return (lanes.Node(new(LaneOperation.Select, _type64, trueLow, falseLow, lanes.Negate(low))),
                    lanes.Node(new(LaneOperation.Select, _type64, trueHigh, falseHigh, lanes.Negate(high))));
            case WordOperation.ShiftLeftBy:
                return Two(a, b, (x, y) => lanes.Node(new(LaneOperation.ShiftLeftBy, _type64, x, y)));
            case WordOperation.ShiftRightBy:
                return Two(a, b, (x, y) => lanes.Node(new(LaneOperation.ShiftRightBy, _type64, x, y)));
            case WordOperation.Parity:
                return One(a, lanes.Parity);
            case WordOperation.MemoryWord:
                return Called(node, Wide(a), null);
            case WordOperation.MultiplyHigh or WordOperation.Divide or WordOperation.Modulo or WordOperation.ShiftRightSignedBy:
                return Called(node, Wide(a), Wide(b));
            default:
                throw new System.Diagnostics.UnreachableException($"operation {operation}");
        }
    }

    private (int, int) Called(int node, (int Low, int High) a, (int Low, int High)? b)
    {
        // Two calls: the halves differ in the stimuli that they are for.
        _calls.Add((graph[node], false));
        var number = _calls.Count - 1;
        return (lanes.Node(new(LaneOperation.Call, _type64, a.Low, b?.Low ?? -1, Immediate: number, Size: 0)),
            lanes.Node(new(LaneOperation.Call, _type64, a.High, b?.High ?? -1, Immediate: number, Size: 1)));
    }

    private bool Fits(int node) => graph.BitsOf(node) <= 32;

    private bool FitsSigned(int node) => graph.SignedBitsOf(node) <= 32
        || (graph.IsConstant(node, out var value) && (long)value is >= int.MinValue and <= int.MaxValue);

    private int Both((int Low, int High) value) => lanes.Node(new(LaneOperation.Narrow, _type32, value.Low, value.High));

    private int Load(LaneBuffer buffer, int offset, LaneType type) =>
        lanes.Node(new(LaneOperation.Load, type, Address: new(buffer, offset), Size: type.Element));

    private (int, int) Pair(LaneBuffer buffer, int offset) =>
        (Load(buffer, offset, _type64), Load(buffer, offset + vectorBytes, _type64));

    private (int, int) Each(Func<int> make) => (make(), make());

    private (int, int) One(int a, Func<int, int> make)
    {
        var (low, high) = Wide(a);
        return (make(low), make(high));
    }

    private (int, int) Two(int a, int b, Func<int, int, int> make)
    {
        var ((aLow, aHigh), (bLow, bHigh)) = (Wide(a), Wide(b));
        return (make(aLow, bLow), make(aHigh, bHigh));
    }

    private static LaneOperation LaneOperationOf(WordOperation operation) => operation switch
    {
        WordOperation.Add => LaneOperation.Add,
        WordOperation.Subtract => LaneOperation.Subtract,
        WordOperation.Multiply => LaneOperation.Multiply,
        WordOperation.And => LaneOperation.And,
        WordOperation.Or => LaneOperation.Or,
        _ => LaneOperation.Xor,
    };
}
