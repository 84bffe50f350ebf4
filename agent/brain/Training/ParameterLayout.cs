namespace HwSeed.Brain.Training;

/// <summary>A trained matrix or vector inside the flat parameter array.</summary>
/// <param name="Name">What it is, <c>blk.0.qkv</c>.</param>
/// <param name="Offset">First value.</param>
/// <param name="Rows">Input channels (of the embedding: tokens; of a norm: 1).</param>
/// <param name="Columns">Output channels (of the embedding: its width).</param>
internal readonly record struct ParameterRange(string Name, int Offset, int Rows, int Columns)
{
    public int Length => Rows * Columns;

    /// <summary>Weight decay is for matrices; norms are left alone.</summary>
    public bool IsMatrix => Rows > 1;
}

/// <summary>One block's ranges; projections of the same input stand side by side.</summary>
internal sealed record LayerRanges(
    ParameterRange AttentionNorm,
    ParameterRange Qkv,
    ParameterRange AttentionOutput,
    ParameterRange FeedForwardNorm,
    ParameterRange GateUp,
    ParameterRange Down);

/// <summary>Where each parameter of a model lies in one flat array.</summary>
internal sealed class ParameterLayout
{
    private readonly List<ParameterRange> _ranges = [];

    public ParameterLayout(ModelShape shape)
    {
        Shape = shape;
        var (d, f) = (shape.Embedding, shape.FeedForward);
        Embedding = Add("token_embd", shape.Vocabulary, d);
        Layers =
        [
            .. Enumerable.Range(0, shape.Layers).Select(i => new LayerRanges(
                Add($"blk.{i}.attn_norm", 1, d),
                Add($"blk.{i}.attn_qkv", d, d + (2 * shape.KeyValueWidth)),
                Add($"blk.{i}.attn_output", d, d),
                Add($"blk.{i}.ffn_norm", 1, d),
                Add($"blk.{i}.ffn_gate_up", d, 2 * f),
                Add($"blk.{i}.ffn_down", f, d))),
        ];
        OutputNorm = Add("output_norm", 1, d);
        Head = shape.TiedHead ? Embedding : Add("output", shape.Vocabulary, d);
    }

    public ModelShape Shape { get; }

    public IReadOnlyList<ParameterRange> Ranges => _ranges;

    public int Length { get; private set; }

    public ParameterRange Embedding { get; }

    public LayerRanges[] Layers { get; }

    public ParameterRange OutputNorm { get; }

    /// <summary>The embedding itself when the head is tied.</summary>
    public ParameterRange Head { get; }

    /// <summary>
    /// Fresh parameters: norms 1, matrices normal with deviation 0.02 times what the width asks for, projections into
    /// the residual stream smaller with depth (Radford et al., 2019).
    /// </summary>
    public float[] Initial(ulong seed)
    {
        var values = new float[Length];
        var random = new NormalSource(seed);
        foreach (var range in _ranges)
        {
            var span = values.AsSpan(range.Offset, range.Length);
            if (!range.IsMatrix)
            {
                span.Fill(1);
                continue;
            }

            var deviation = range.Name.StartsWith("blk", StringComparison.Ordinal)
                ? 1 / Math.Sqrt(range.Rows)
                : 1 / Math.Sqrt(range.Columns);
            if (range.Name.EndsWith("attn_output", StringComparison.Ordinal)
                || range.Name.EndsWith("ffn_down", StringComparison.Ordinal))
            {
                deviation /= Math.Sqrt(2.0 * Shape.Layers);
            }

            foreach (ref var value in span)
            {
                value = (float)(random.Next() * deviation);
            }
        }

        return values;
    }

    private ParameterRange Add(string name, int rows, int columns)
    {
        var range = new ParameterRange(name, Length, rows, columns);
        Length = checked(Length + range.Length);
        _ranges.Add(range);
        return range;
    }

    /// <summary>Normal numbers from a seed: SplitMix64 and Box-Muller.</summary>
    private sealed class NormalSource(ulong seed)
    {
        private readonly SplitMix _bits = new(seed);

        public double Next() =>
            Math.Sqrt(-2 * Math.Log(1 - _bits.Unit())) * Math.Cos(2 * Math.PI * _bits.Unit());
    }
}
