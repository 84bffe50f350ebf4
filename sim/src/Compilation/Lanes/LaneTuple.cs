namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>One word node for each lane of a vector, -1 where the lane does not matter; compared by contents.</summary>
internal readonly struct LaneTuple : IEquatable<LaneTuple>
{
    private readonly int[] _nodes;
    private readonly int _hash;

    public LaneTuple(int[] nodes, LaneType type)
    {
        (_nodes, Type) = (nodes, type);
        var hash = default(HashCode);
        hash.Add(type);
        foreach (var node in nodes)
        {
            hash.Add(node);
        }

        _hash = hash.ToHashCode();
    }

    public LaneType Type { get; }

    public bool Equals(LaneTuple other) =>
        _hash == other._hash && Type == other.Type && _nodes.AsSpan().SequenceEqual(other._nodes);

    public override bool Equals(object? obj) => obj is LaneTuple other && Equals(other);

    public override int GetHashCode() => _hash;
}
