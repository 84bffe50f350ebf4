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

    public int Count => _nodes.Count;

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

    /// <summary>a when the one-bit condition is 1, else b; without a branch, since hardware evaluates both anyway.</summary>
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

        if (IsConstant(b, out var y))
        {
            if (y == 0)
            {
                return BitsOf(a) == 1 ? And(condition, a) : And(a, Negate(condition));
            }

            if (y == 1 && BitsOf(a) <= 1)
            {
                return Or(a, Xor(condition, Constant(1)));
            }
        }

        if (IsConstant(a, out var x))
        {
            if (x == 0)
            {
                var not = Xor(condition, Constant(1));
                return BitsOf(b) == 1 ? And(not, b) : And(b, Negate(not));
            }

            if (x == 1 && BitsOf(b) <= 1)
            {
                return Or(condition, b);
            }
        }

        var difference = Xor(a, b);
        return Xor(b, And(difference, BitsOf(difference) == 1 ? condition : Negate(condition)));
    }

    public bool IsConstant(int number, out ulong value)
    {
        var node = _nodes[number];
        value = node.Immediate;
        return node.Operation == WordOperation.Constant;
    }

    // Without looking further down: products of products are rare, and trees may be deep.
    private int SignedFactor(int a) =>
        _nodes[a].Operation == WordOperation.SignExtend ? (int)_nodes[a].Immediate : Math.Min(64, BitsOf(a) + 1);

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

    private int Node(WordOperation operation, int a, int b, ulong immediate, int bits)
    {
        var node = new WordNode(operation, a, b, immediate);
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
