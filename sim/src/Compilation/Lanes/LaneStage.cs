namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>Scalars that scalar code computes and vector code reads. What was added last can be taken back.</summary>
internal sealed class LaneStage
{
    private readonly List<Store> _stores = [];
    private readonly Dictionary<int, int> _words = [];
    private readonly Stack<int> _added = [];

    /// <summary>The stores that scalar code has to do before vector code runs.</summary>
    public IReadOnlyList<Store> Stores => _stores;

    public int Bytes { get; private set; }

    public (int Bytes, int Stores, int Words) Mark => (Bytes, _stores.Count, _added.Count);

    /// <summary>The offset of a word with the value of a node.</summary>
    public (int Offset, bool IsNew) Word(int node)
    {
        if (_words.TryGetValue(node, out var known))
        {
            return (known, false);
        }

        var offset = Reserve(8, 8);
        _words.Add(node, offset);
        _added.Push(node);
        _stores.Add(Store.Stage(offset, 8, node));
        return (offset, true);
    }

    /// <summary>The offset of a vector with the values of nodes.</summary>
    public int Vector(ReadOnlySpan<int> nodes, LaneType type)
    {
        var offset = Reserve(type.Bytes, type.Bytes);
        for (var lane = 0; lane < nodes.Length; lane++)
        {
            if (nodes[lane] >= 0)
            {
                _stores.Add(Store.Stage(offset + (lane * type.Element), type.Element, nodes[lane]));
            }
        }

        return offset;
    }

    public void CutTo((int Bytes, int Stores, int Words) mark)
    {
        Bytes = mark.Bytes;
        _stores.RemoveRange(mark.Stores, _stores.Count - mark.Stores);
        while (_added.Count > mark.Words)
        {
            _words.Remove(_added.Pop());
        }
    }

    private int Reserve(int bytes, int alignment)
    {
        var offset = (Bytes + alignment - 1) / alignment * alignment;
        Bytes = offset + bytes;
        return offset;
    }
}
