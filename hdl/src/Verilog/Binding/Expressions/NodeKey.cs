using System.Runtime.CompilerServices;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>Kinds of nodes that a factory keeps.</summary>
internal enum NodeKind
{
    Reference,
    MemoryWord,
    Unary,
    Binary,
    Mux,
    Slice,
    Concat,
    Extend,
}

/// <summary>What makes a node itself: its kind, its numbers, and its operands as objects (names by their text).</summary>
internal readonly struct NodeKey(NodeKind kind, int a, int b, object x, object? y = null, object? z = null) : IEquatable<NodeKey>
{
    private readonly NodeKind _kind = kind;
    private readonly int _a = a;
    private readonly int _b = b;
    private readonly object _x = x;
    private readonly object? _y = y;
    private readonly object? _z = z;

    public bool Equals(NodeKey other) => _kind == other._kind && _a == other._a && _b == other._b
        && Same(_x, other._x) && Same(_y, other._y) && Same(_z, other._z);

    public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

    public override int GetHashCode() => HashCode.Combine((int)_kind, _a, _b, Hash(_x), Hash(_y), Hash(_z));

    private static bool Same(object? left, object? right) =>
        left is string or PartList ? left.Equals(right) : ReferenceEquals(left, right);

    private static int Hash(object? operand) =>
        operand is string or PartList ? operand.GetHashCode() : RuntimeHelpers.GetHashCode(operand);
}

/// <summary>The parts of a concatenation, equal when they are the same objects.</summary>
internal sealed class PartList(IReadOnlyList<Expression> parts)
{
    private readonly IReadOnlyList<Expression> _parts = parts;

    public override bool Equals(object? obj)
    {
        if (obj is not PartList other || other._parts.Count != _parts.Count)
        {
            return false;
        }

        for (var i = 0; i < _parts.Count; i++)
        {
            if (!ReferenceEquals(_parts[i], other._parts[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var part in _parts)
        {
            hash.Add(RuntimeHelpers.GetHashCode(part));
        }

        return hash.ToHashCode();
    }
}
