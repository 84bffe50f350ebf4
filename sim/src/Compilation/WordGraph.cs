using System.Numerics;

namespace HwSeed.Sim.Compilation;

/// <summary>
/// Builds word operations: equal ones get one number, constants are folded, and each node knows how many low bits may
/// be set, so that masks which clear nothing are never made. Operands always have lower numbers than their users.
/// </summary>
internal sealed class WordGraph
{
    private readonly Dictionary<WordNode, int> _numbers = [];
    private readonly List<WordNode> _nodes = [];
    private readonly List<int> _bits = [];
    private readonly List<WideDivision> _divisions = [];

    public int Count => _nodes.Count;

    /// <summary>Words of the widest dividend.</summary>
    public int WidestDivision { get; private set; }

    public WordNode this[int number] => _nodes[number];

    /// <summary>The node's value is below 2^BitsOf.</summary>
    public int BitsOf(int number) => _bits[number];

    public static ulong MaskOf(int width) => width >= 64 ? ulong.MaxValue : (1UL << width) - 1;

    public int Constant(ulong value) => Node(WordOperation.Constant, -1, -1, value, 64 - BitOperations.LeadingZeroCount(value));

    public int State(int slot, int bits) => Node(WordOperation.State, -1, -1, (ulong)slot, bits);

    public int Input(int slot, int bits) => Node(WordOperation.Input, -1, -1, (ulong)slot, bits);

    public int MemoryWord(int index, int baseSlot, int bits) =>
        Node(WordOperation.MemoryWord, index, -1, (ulong)baseSlot, bits);

    public int Add(int a, int b)
    {
        Order(ref a, ref b);
        if (IsConstant(b, out var y))
        {
            if (y == 0)
            {
                return a;
            }

            if (IsConstant(a, out var x))
            {
                return Constant(x + y);
            }
        }

        return Node(WordOperation.Add, a, b, 0, Math.Min(64, Math.Max(BitsOf(a), BitsOf(b)) + 1));
    }

    public int Subtract(int a, int b)
    {
        if (IsConstant(b, out var y))
        {
            if (y == 0)
            {
                return a;
            }

            if (IsConstant(a, out var x))
            {
                return Constant(x - y);
            }
        }

        return a == b ? Constant(0) : Node(WordOperation.Subtract, a, b, 0, 64);
    }

    public int Multiply(int a, int b)
    {
        Order(ref a, ref b);
        if (IsConstant(b, out var y))
        {
            if (IsConstant(a, out var x))
            {
                return Constant(x * y);
            }

            if (y == 0 || BitOperations.IsPow2(y))
            {
                return y == 0 ? b : ShiftLeft(a, BitOperations.TrailingZeroCount(y));
            }
        }

        return Node(WordOperation.Multiply, a, b, 0, Math.Min(64, BitsOf(a) + BitsOf(b)));
    }

    public int And(int a, int b)
    {
        Order(ref a, ref b);
        if (a == b)
        {
            return a;
        }

        if (IsConstant(b, out var y))
        {
            if (IsConstant(a, out var x))
            {
                return Constant(x & y);
            }

            if (y == 0)
            {
                return b;
            }

            if ((MaskOf(BitsOf(a)) & ~y) == 0)
            {
                return a;
            }

            if (_nodes[a] is { Operation: WordOperation.And } inner && IsConstant(inner.B, out var z))
            {
                return And(inner.A, Constant(y & z));
            }
        }

        return Node(WordOperation.And, a, b, 0, Math.Min(BitsOf(a), BitsOf(b)));
    }

    public int Or(int a, int b)
    {
        Order(ref a, ref b);
        if (a == b)
        {
            return a;
        }

        if (IsConstant(b, out var y))
        {
            if (IsConstant(a, out var x))
            {
                return Constant(x | y);
            }

            if (y == 0)
            {
                return a;
            }

            if ((MaskOf(BitsOf(a)) & ~y) == 0)
            {
                return b;
            }
        }

        // RyuJIT (.NET 10.0) makes a rotation of this and then takes its flags for those of a comparison with zero, which
        // a rotation does not set. A sum of values without common bits is the same and is left alone.
        if (_nodes[a].A == _nodes[b].A && _nodes[a].Immediate + _nodes[b].Immediate == 64
            && (_nodes[a].Operation, _nodes[b].Operation) is (WordOperation.ShiftLeft, WordOperation.ShiftRight)
                or (WordOperation.ShiftRight, WordOperation.ShiftLeft))
        {
            return Node(WordOperation.Add, a, b, 0, 64);
        }

        return Node(WordOperation.Or, a, b, 0, Math.Max(BitsOf(a), BitsOf(b)));
    }

    public int Xor(int a, int b)
    {
        Order(ref a, ref b);
        if (a == b)
        {
            return Constant(0);
        }

        if (IsConstant(b, out var y))
        {
            if (IsConstant(a, out var x))
            {
                return Constant(x ^ y);
            }

            if (y == 0)
            {
                return a;
            }

            if (_nodes[a] is { Operation: WordOperation.Xor } inner && IsConstant(inner.B, out var z))
            {
                return Xor(inner.A, Constant(y ^ z));
            }
        }

        return Node(WordOperation.Xor, a, b, 0, Math.Max(BitsOf(a), BitsOf(b)));
    }

    public int Negate(int a) => IsConstant(a, out var x) ? Constant(0 - x) : Node(WordOperation.Negate, a, -1, 0, 64);

    public int ShiftLeft(int a, int count)
    {
        if (count == 0)
        {
            return a;
        }

        return IsConstant(a, out var x)
            ? Constant(x << count)
            : Node(WordOperation.ShiftLeft, a, -1, (ulong)count, Math.Min(64, BitsOf(a) + count));
    }

    public int ShiftRight(int a, int count)
    {
        if (count == 0)
        {
            return a;
        }

        if (count >= BitsOf(a))
        {
            return Constant(0);
        }

        if (IsConstant(a, out var x))
        {
            return Constant(x >> count);
        }

        return _nodes[a] is { Operation: WordOperation.ShiftRight } inner
            ? ShiftRight(inner.A, count + (int)inner.Immediate)
            : Node(WordOperation.ShiftRight, a, -1, (ulong)count, BitsOf(a) - count);
    }

    public int SignExtend(int a, int from)
    {
        a = Unmask(a, from);
        if (from == 64 || SignedBitsOf(a) <= from)
        {
            return a;
        }

        return IsConstant(a, out var x)
            ? Constant((ulong)((long)(x << (64 - from)) >> (64 - from)))
            : Node(WordOperation.SignExtend, a, -1, (ulong)from, 64);
    }

    public int Equal(int a, int b)
    {
        Order(ref a, ref b);
        if (a == b)
        {
            return Constant(1);
        }

        if (IsConstant(b, out var y))
        {
            if (IsConstant(a, out var x))
            {
                return Constant(x == y ? 1UL : 0);
            }

            if ((y & ~MaskOf(BitsOf(a))) != 0)
            {
                return Constant(0);
            }

            if (BitsOf(a) == 1)
            {
                return y == 1 ? a : Xor(a, Constant(1));
            }
        }

        return Node(WordOperation.Equal, a, b, 0, 1);
    }

    public int LessUnsigned(int a, int b) => Less(WordOperation.LessUnsigned, a, b, (x, y) => x < y);

    public int LessSigned(int a, int b) => Less(WordOperation.LessSigned, a, b, (x, y) => (long)x < (long)y);

    public int Parity(int a)
    {
        if (BitsOf(a) <= 1)
        {
            return a;
        }

        return IsConstant(a, out var x)
            ? Constant((ulong)BitOperations.PopCount(x) & 1)
            : Node(WordOperation.Parity, a, -1, 0, 1);
    }

    /// <summary>The node's value as a signed number fits in this many bits, the sign included.</summary>
    public int SignedBitsOf(int a) => _nodes[a] switch
    {
        { Operation: WordOperation.SignExtend } extended => (int)extended.Immediate,
        { Operation: WordOperation.Multiply } product =>
            Math.Min(64, Math.Min(SignedFactor(product.A) + SignedFactor(product.B), BitsOf(a) + 1)),
        _ => Math.Min(64, BitsOf(a) + 1),
    };

    /// <summary>The low bits of a node.</summary>
    public int Mask(int a, int width) => And(a, Constant(MaskOf(width)));

    /// <summary>A node with the same low bits, without a mask that clears only higher ones.</summary>
    public int Unmask(int a, int width) =>
        _nodes[a] is { Operation: WordOperation.And } and && IsConstant(and.B, out var mask)
            && (MaskOf(width) & ~mask) == 0
            ? and.A
            : a;

    /// <summary>a when the one-bit condition is 1, else b.</summary>
    public int Select(int condition, int a, int b)
    {
        if (a == b)
        {
            return a;
        }

        if (IsConstant(condition, out var c))
        {
            return c == 1 ? a : b;
        }

        if (_nodes[condition] is { Operation: WordOperation.Xor } not && IsConstant(not.B, out var one) && one == 1)
        {
            return Select(not.A, b, a);
        }

        if (BitsOf(a) <= 1 && BitsOf(b) <= 1 && (IsConstant(a, out _) || IsConstant(b, out _)))
        {
            return SelectBit(condition, a, b);
        }

        // A choice inside of a choice on the same condition is made already.
        a = _nodes[a] is { Operation: WordOperation.Select } inA && inA.A == condition ? inA.B : a;
        b = _nodes[b] is { Operation: WordOperation.Select } inB && inB.A == condition ? inB.C : b;
        return a == b ? a : Node(new(WordOperation.Select, condition, a, b, 0), Math.Max(BitsOf(a), BitsOf(b)));
    }

    public int ShiftLeftBy(int a, int count, int bits) => IsConstant(count, out var y)
        ? And(ShiftLeft(a, (int)y), Constant(MaskOf(bits)))
        : And(Node(new(WordOperation.ShiftLeftBy, a, count, -1, 0), 64), Constant(MaskOf(bits)));

    public int ShiftRightBy(int a, int count) => IsConstant(count, out var y)
        ? ShiftRight(a, (int)y)
        : Node(new(WordOperation.ShiftRightBy, a, count, -1, 0), BitsOf(a));

    public int ShiftRightSignedBy(int a, int count) => Node(new(WordOperation.ShiftRightSignedBy, a, count, -1, 0), 64);

    public int MultiplyHigh(int a, int b)
    {
        Order(ref a, ref b);
        var bits = BitsOf(a) + BitsOf(b) - 64;
        return bits <= 0 ? Constant(0) : Node(new(WordOperation.MultiplyHigh, a, b, -1, 0), bits);
    }

    public int Divide(int a, int b) => IsConstant(b, out var y) && BitOperations.IsPow2(y)
        ? ShiftRight(a, BitOperations.TrailingZeroCount(y))
        : Node(new(WordOperation.Divide, a, b, -1, 0), BitsOf(a));

    public int Modulo(int a, int b) => IsConstant(b, out var y) && BitOperations.IsPow2(y)
        ? And(a, Constant(y - 1))
        : Node(new(WordOperation.Modulo, a, b, -1, 0), Math.Min(BitsOf(a), BitsOf(b)));

    public int WideDivide(WideDivision division, int bits)
    {
        _divisions.Add(division);
        WidestDivision = Math.Max(WidestDivision, division.Left.Length);
        return Node(new(WordOperation.WideDivide, -1, -1, -1, (ulong)(_divisions.Count - 1)), bits);
    }

    /// <summary>What a node of operation WideDivide divides.</summary>
    public WideDivision DivisionOf(WordNode node) => _divisions[(int)node.Immediate];

    /// <summary>The numbers of a node's operands.</summary>
    public IEnumerable<int> OperandsOf(int number)
    {
        var node = _nodes[number];
        if (node.Operation == WordOperation.WideDivide)
        {
            var division = DivisionOf(node);
            return division.Left.Concat(division.Right);
        }

        return node switch
        {
            { A: < 0 } => [],
            { B: < 0 } => [node.A],
            { C: < 0 } => [node.A, node.B],
            _ => [node.A, node.B, node.C],
        };
    }

    /// <summary>The roots and all that they read, each once; what has a lower number than asked for is left out.</summary>
    public IEnumerable<int> Under(IEnumerable<int> roots, int lowest = 0)
    {
        var open = new Stack<int>(roots);
        var seen = new HashSet<int>();
        while (open.TryPop(out var node))
        {
            if (node >= lowest && seen.Add(node))
            {
                yield return node;
                foreach (var operand in OperandsOf(node))
                {
                    open.Push(operand);
                }
            }
        }
    }

    /// <summary>Whether any of the roots reads a node, itself included.</summary>
    // Operands have lower numbers, so nothing below the target reads it.
    public bool Reaches(IEnumerable<int> roots, int target) => Under(roots, lowest: target).Contains(target);

    public bool IsConstant(int number, out ulong value)
    {
        var node = _nodes[number];
        value = node.Immediate;
        return node.Operation == WordOperation.Constant;
    }

    // Without looking further down: products of products are rare, and trees may be deep.
    private int SignedFactor(int a) =>
        _nodes[a].Operation == WordOperation.SignExtend ? (int)_nodes[a].Immediate : Math.Min(64, BitsOf(a) + 1);

    private int SelectBit(int condition, int a, int b)
    {
        if (IsConstant(b, out var y))
        {
            return y == 0 ? And(condition, a) : Or(a, Xor(condition, Constant(1)));
        }

        if (IsConstant(a, out var x))
        {
            return x == 1 ? Or(condition, b) : And(Xor(condition, Constant(1)), b);
        }

        return Xor(b, And(Xor(a, b), condition));
    }

    private int Less(WordOperation operation, int a, int b, Func<ulong, ulong, bool> holds)
    {
        if (a == b)
        {
            return Constant(0);
        }

        return IsConstant(a, out var x) && IsConstant(b, out var y)
            ? Constant(holds(x, y) ? 1UL : 0)
            : Node(operation, a, b, 0, 1);
    }

    // Constants stand second, else the lower number first, so that equal operations are found equal.
    private void Order(ref int a, ref int b)
    {
        if (IsConstant(a, out _) || (!IsConstant(b, out _) && a > b))
        {
            (a, b) = (b, a);
        }
    }

    private int Node(WordOperation operation, int a, int b, ulong immediate, int bits) =>
        Node(new(operation, a, b, -1, immediate), bits);

    private int Node(WordNode node, int bits)
    {
        if (!_numbers.TryGetValue(node, out var number))
        {
            number = _nodes.Count;
            _numbers.Add(node, number);
            _nodes.Add(node);
            _bits.Add(bits);
        }

        return number;
    }
}
