namespace HwSeed.Brain.Inference;

/// <summary>
/// Keys and values of several sequences. Keys stand transposed, one row of positions a dimension, so that sixteen
/// scores come from one broadcast of the query; values stand one row a position. Rotated keys are stored.
/// </summary>
internal sealed class KeyValueCache
{
    private readonly float[][] _keys;
    private readonly float[][] _values;
    private readonly int _heads;
    private readonly int _headSize;

    public KeyValueCache(ModelShape shape, int sequences, int positions)
    {
        Positions = Lanes.RoundUp(Math.Max(1, positions));
        Stride = Lanes.RoundUp(shape.HeadSize);
        (_heads, _headSize) = (shape.KeyValueHeads, shape.HeadSize);
        _keys = new float[shape.Layers][];
        _values = new float[shape.Layers][];
        for (var layer = 0; layer < shape.Layers; layer++)
        {
            _keys[layer] = new float[checked(sequences * _heads * _headSize * Positions)];
            _values[layer] = new float[checked(sequences * _heads * Positions * Stride)];
        }
    }

    /// <summary>Capacity of a sequence, a multiple of sixteen: the distance of key rows.</summary>
    public int Positions { get; }

    /// <summary>Distance of value rows: the head size rounded up to sixteen.</summary>
    public int Stride { get; }

    /// <summary>Keys of one head: HeadSize rows of Positions.</summary>
    public ref float Keys(int layer, int sequence, int head) =>
        ref _keys[layer][((sequence * _heads) + head) * _headSize * Positions];

    /// <summary>Values of one head: Positions rows of Stride.</summary>
    public ref float Values(int layer, int sequence, int head) =>
        ref _values[layer][((sequence * _heads) + head) * Positions * Stride];

    public void Append(int layer, int sequence, int position, ReadOnlySpan<float> keys, ReadOnlySpan<float> values)
    {
        for (var head = 0; head < _heads; head++)
        {
            var toKeys = _keys[layer].AsSpan(((sequence * _heads) + head) * _headSize * Positions);
            var key = keys.Slice(head * _headSize, _headSize);
            for (var (i, at) = (0, position); i < key.Length; i++, at += Positions)
            {
                toKeys[at] = key[i];
            }

            var value = (((sequence * _heads) + head) * Positions) + position;
            values.Slice(head * _headSize, _headSize).CopyTo(_values[layer].AsSpan(value * Stride));
        }
    }
}
