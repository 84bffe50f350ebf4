using System.Buffers.Binary;

namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>Vector operations, each once, with their constants. What was added last can be taken back.</summary>
internal sealed class LaneGraph
{
    private readonly Dictionary<LaneNode, int> _numbers = [];
    private readonly List<LaneNode> _nodes = [];
    private readonly Dictionary<string, int> _constantNumbers = [];
    private readonly List<byte[]> _constants = [];

    public int Count => _nodes.Count;

    public LaneNode this[int number] => _nodes[number];

    public int Constants => _constants.Count;

    public byte[] ConstantAt(int number) => _constants[number];

    public int Constant(LaneType type, Func<int, ulong> lane)
    {
        var bytes = new byte[type.Bytes];
        Span<byte> word = stackalloc byte[8];
        for (var i = 0; i < type.Lanes; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, lane(i));
            word[..type.Element].CopyTo(bytes.AsSpan(i * type.Element));
        }

        var key = Convert.ToHexString(bytes);
        if (!_constantNumbers.TryGetValue(key, out var number))
        {
            number = _constants.Count;
            _constantNumbers.Add(key, number);
            _constants.Add(bytes);
        }

        return Node(new(LaneOperation.Constant, type, Immediate: number));
    }

    /// <summary>All ones in chosen lanes.</summary>
    public int Mask(LaneType type, Func<int, bool> lane) => Constant(type, i => lane(i) ? ulong.MaxValue : 0);

    public int Negate(int a)
    {
        // -(mask & 1) is the mask.
        if (_nodes[a] is { Operation: LaneOperation.And } and && IsMask(and.A) && IsAllOnes(and.B, 1))
        {
            return and.A;
        }

        return Node(new(LaneOperation.Negate, _nodes[a].Type, a));
    }

    /// <summary>0 or 1 from a mask.</summary>
    public int Bit(int mask) => Node(new(
        LaneOperation.And, _nodes[mask].Type, mask, Constant(_nodes[mask].Type, _ => 1)));

    public int SignExtend(int a, int bits)
    {
        var (node, type) = (_nodes[a], _nodes[a].Type);
        if (bits >= type.ElementBits)
        {
            return a;
        }

        if (node.Operation == LaneOperation.Load && bits == 8 * node.Size)
        {
            return Node(node with { Operation = LaneOperation.LoadSigned });
        }

        var up = Node(new(LaneOperation.ShiftLeft, type, a, Immediate: type.ElementBits - bits));
        return Node(new(LaneOperation.ShiftRightSigned, type, up, Immediate: type.ElementBits - bits));
    }

    /// <summary>The parity of each lane.</summary>
    public int Parity(int value)
    {
        var type = _nodes[value].Type;
        for (var shift = type.ElementBits / 2; shift > 0; shift /= 2)
        {
            value = Node(new(LaneOperation.Xor, type, value, Node(new(LaneOperation.ShiftRight, type, value, Immediate: shift))));
        }

        return Node(new(LaneOperation.And, type, value, Constant(type, _ => 1)));
    }

    public int Node(LaneNode node)
    {
        if (!_numbers.TryGetValue(node, out var number))
        {
            number = _nodes.Count;
            _numbers.Add(node, number);
            _nodes.Add(node);
        }

        return number;
    }

    /// <summary>Forgets all nodes from a number on.</summary>
    public void CutTo(int count)
    {
        for (var i = count; i < _nodes.Count; i++)
        {
            _numbers.Remove(_nodes[i]);
        }

        _nodes.RemoveRange(count, _nodes.Count - count);
    }

    public bool IsMask(int a) =>
        _nodes[a].Operation is LaneOperation.EqualMask or LaneOperation.LessUnsignedMask or LaneOperation.LessSignedMask;

    private bool IsAllOnes(int a, ulong lane) => _nodes[a] is { Operation: LaneOperation.Constant } constant
        && constant.Immediate == _nodes[Constant(constant.Type, _ => lane)].Immediate;
}
