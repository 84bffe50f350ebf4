namespace HwSeed.Brain.Training;

/// <summary>Causal attention of one sequence and one key/value head with the query heads that share it.</summary>
internal sealed class HeadAttention(ModelShape shape, FloatGemm gemm)
{
    private readonly float _factor = 1f / MathF.Sqrt(shape.HeadSize);
    private readonly int _width = shape.Embedding + (2 * shape.KeyValueWidth);
    private float[] _gradient = [];

    /// <summary>Fills probabilities and joined heads from rotated queries and keys.</summary>
    /// <param name="layer">Activations of the block.</param>
    /// <param name="first">First row of the sequence.</param>
    /// <param name="length">Its rows.</param>
    /// <param name="probabilities">Where its length x length matrices start, one a query head.</param>
    /// <param name="source">The key/value head.</param>
    public void Forward(LayerActivations layer, int first, int length, int probabilities, int source)
    {
        var (keys, values) = (Keys(layer.Qkv, first, length, source), Values(layer.Qkv, first, length, source));
        foreach (var head in Sharing(source))
        {
            var weights = Weights(layer, probabilities, head, length);
            gemm.Multiply(Queries(layer.Qkv, first, length, head), keys.Transposed, weights, add: false);
            for (var row = 0; row < length; row++)
            {
                var scores = weights.Data.AsSpan(weights.Offset + (row * length), length);
                RowMath.Softmax(scores, row + 1, _factor);
            }

            gemm.Multiply(weights, values, Joined(layer.Joined, first, length, head), add: false);
        }
    }

    /// <summary>Fills the gradient of queries, keys and values (all rotated) from that of the joined heads.</summary>
    public void Backward(
        LayerActivations layer, float[] joined, float[] qkv, int first, int length, int probabilities, int source)
    {
        if (_gradient.Length < length * length)
        {
            _gradient = new float[length * length];
        }

        var (keys, values) = (Keys(layer.Qkv, first, length, source), Values(layer.Qkv, first, length, source));
        var add = false;
        foreach (var head in Sharing(source))
        {
            var weights = Weights(layer, probabilities, head, length);
            var from = Joined(joined, first, length, head);
            var scores = new MatrixView(_gradient, 0, length, length);
            gemm.Multiply(from, values.Transposed, scores, add: false);
            for (var row = 0; row < length; row++)
            {
                RowMath.SoftmaxBackward(
                    weights.Data.AsSpan(weights.Offset + (row * length), length),
                    _gradient.AsSpan(row * length, length),
                    row + 1,
                    _factor);
            }

            gemm.Multiply(scores, keys, Queries(qkv, first, length, head), add: false);
            gemm.Multiply(
                scores.Transposed, Queries(layer.Qkv, first, length, head), Keys(qkv, first, length, source), add);
            gemm.Multiply(weights.Transposed, from, Values(qkv, first, length, source), add);
            add = true;
        }
    }

    private IEnumerable<int> Sharing(int source)
    {
        var group = shape.Heads / shape.KeyValueHeads;
        return Enumerable.Range(source * group, group);
    }

    private MatrixView Queries(float[] qkv, int first, int length, int head) => Block(qkv, first, length, head, 0);

    private MatrixView Keys(float[] qkv, int first, int length, int source) =>
        Block(qkv, first, length, source, shape.Embedding);

    private MatrixView Values(float[] qkv, int first, int length, int source) =>
        Block(qkv, first, length, source, shape.Embedding + shape.KeyValueWidth);

    private MatrixView Block(float[] qkv, int first, int length, int head, int column) =>
        new(qkv, (first * _width) + column + (head * shape.HeadSize), length, shape.HeadSize, _width, 1);

    private MatrixView Joined(float[] joined, int first, int length, int head) =>
        new(joined, (first * shape.Embedding) + (head * shape.HeadSize), length, shape.HeadSize, shape.Embedding, 1);

    private static MatrixView Weights(LayerActivations layer, int start, int head, int length) =>
        new(layer.Probabilities, start + (head * length * length), length, length);
}
