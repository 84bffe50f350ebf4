namespace HwSeed.Brain.Inference;

/// <summary>Rotary position embedding of neighbouring pairs, as llama.cpp has it for the llama architecture.</summary>
internal sealed class Rope
{
    private readonly float[] _turns;
    private readonly int _headSize;

    public Rope(ModelShape shape, int positions)
    {
        _headSize = shape.HeadSize;
        _turns = new float[checked(positions * _headSize)];
        for (var p = 0; p < positions; p++)
        {
            for (var i = 0; i < _headSize; i += 2)
            {
                var angle = p * Math.Pow(shape.RopeBase, -(double)i / _headSize);
                _turns[(p * _headSize) + i] = (float)Math.Cos(angle);
                _turns[(p * _headSize) + i + 1] = (float)Math.Sin(angle);
            }
        }
    }

    /// <summary>Cosine and sine of each pair at a position, interleaved.</summary>
    public ReadOnlySpan<float> At(int position) => _turns.AsSpan(position * _headSize, _headSize);

    /// <summary>Turns every head of a row by the position's angles; direction -1 turns back.</summary>
    public void Turn(Span<float> heads, int position, float factor = 1, float direction = 1)
    {
        var turns = At(position);
        for (var head = 0; head < heads.Length; head += _headSize)
        {
            var row = heads.Slice(head, turns.Length);
            for (var i = 0; i + 1 < row.Length; i += 2)
            {
                var (x, y) = (row[i], row[i + 1]);
                var (cos, sin) = (turns[i], turns[i + 1] * direction);
                row[i] = ((x * cos) - (y * sin)) * factor;
                row[i + 1] = ((x * sin) + (y * cos)) * factor;
            }
        }
    }
}
