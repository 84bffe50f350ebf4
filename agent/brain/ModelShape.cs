using HwSeed.Brain.Gguf;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Brain;

/// <summary>The hyper-parameters of a Llama-architecture transformer.</summary>
/// <param name="Embedding">Width of the residual stream.</param>
/// <param name="Layers">Transformer blocks.</param>
/// <param name="Heads">Query heads; their width is Embedding / Heads and even.</param>
/// <param name="KeyValueHeads">Key and value heads, a divisor of Heads.</param>
/// <param name="FeedForward">Width of the SwiGLU layer.</param>
/// <param name="Context">Longest sequence, in tokens.</param>
/// <param name="Vocabulary">Number of tokens.</param>
/// <param name="TiedHead">Whether the output projection is the embedding table.</param>
/// <param name="NormEpsilon">Added under the root of the RMS norms.</param>
/// <param name="RopeBase">Base of the rotary frequencies.</param>
public sealed record ModelShape(
    int Embedding,
    int Layers,
    int Heads,
    int KeyValueHeads,
    int FeedForward,
    int Context,
    int Vocabulary,
    bool TiedHead = true,
    float NormEpsilon = 1e-5f,
    float RopeBase = 10000f)
{
    private const int Largest = 1 << 20;

    /// <summary>Width of one head.</summary>
    public int HeadSize => Embedding / Heads;

    /// <summary>Width of all keys (or values) of a token.</summary>
    public int KeyValueWidth => KeyValueHeads * HeadSize;

    /// <summary>Number of trained values.</summary>
    public long Parameters
    {
        get
        {
            long d = Embedding, kv = KeyValueWidth, f = FeedForward;
            var layer = (2 * d * d) + (2 * d * kv) + (3 * d * f) + (2 * d);
            return (layer * Layers) + d + (d * Vocabulary * (TiedHead ? 1 : 2));
        }
    }

    /// <summary>Why no such model can be built, or null.</summary>
    internal string? Fault()
    {
        (string Name, int Value)[] sizes =
        [
            ("embedding_length", Embedding), ("block_count", Layers), ("head_count", Heads),
            ("head_count_kv", KeyValueHeads), ("feed_forward_length", FeedForward), ("context_length", Context),
            ("vocab_size", Vocabulary),
        ];
        foreach (var (name, value) in sizes)
        {
            if (value is < 1 or > Largest)
            {
                return $"{name} is {value}; 1 to {Largest} are allowed";
            }
        }

        return Embedding % Heads != 0 ? $"{Heads} heads do not divide the embedding of {Embedding}"
            : HeadSize % 2 != 0 ? $"a head width of {HeadSize} is odd; rotary embedding turns pairs"
            : Heads % KeyValueHeads != 0 ? $"{KeyValueHeads} key/value heads do not divide {Heads} heads"
            : !(NormEpsilon is >= 0 and < 1) ? "the norm's epsilon is outside 0..1"
            : !(RopeBase is > 0 and < 1e12f) ? "the rotary base is outside 0..1e12"
            : null;
    }

    /// <summary>Throws when no such model can be built: for shapes that a program chose.</summary>
    internal ModelShape OrThrow() => Fault() is { } fault ? throw new ArgumentException(fault) : this;

    /// <summary>Reads the hyper-parameters of a model file.</summary>
    public static Checked<ModelShape> From(GgufFile file)
    {
        var keys = new GgufKeys(file);
        if (keys.Text("general.architecture") is { } architecture && architecture != "llama")
        {
            return Checked.Fail<ModelShape>(BrainDiagnostics.Architecture(file.Name, architecture));
        }

        var heads = keys.Integer("llama.attention.head_count");
        var shape = new ModelShape(
            keys.Integer("llama.embedding_length"),
            keys.Integer("llama.block_count"),
            heads,
            keys.Has("llama.attention.head_count_kv") ? keys.Integer("llama.attention.head_count_kv") : heads,
            keys.Integer("llama.feed_forward_length"),
            keys.Integer("llama.context_length"),
            keys.Has("llama.vocab_size") ? keys.Integer("llama.vocab_size") : keys.Count("tokenizer.ggml.tokens"),
            file.Tensor("output.weight") is null,
            keys.Number("llama.attention.layer_norm_rms_epsilon"),
            keys.Has("llama.rope.freq_base") ? keys.Number("llama.rope.freq_base") : 10000f);
        if (keys.Faults.Count > 0)
        {
            return Checked.Fail<ModelShape>(keys.Faults);
        }

        return shape.Fault() is { } fault
            ? Checked.Fail<ModelShape>(BrainDiagnostics.Shape(file.Name, fault))
            : Checked.Ok(shape);
    }

    /// <summary>The metadata that describes this shape, as llama.cpp names it.</summary>
    internal IEnumerable<GgufEntry> ToMetadata(string name) =>
    [
        new("general.architecture", GgufValue.Of("llama")),
        new("general.name", GgufValue.Of(name)),
        new("llama.context_length", GgufValue.Of((uint)Context)),
        new("llama.embedding_length", GgufValue.Of((uint)Embedding)),
        new("llama.block_count", GgufValue.Of((uint)Layers)),
        new("llama.feed_forward_length", GgufValue.Of((uint)FeedForward)),
        new("llama.attention.head_count", GgufValue.Of((uint)Heads)),
        new("llama.attention.head_count_kv", GgufValue.Of((uint)KeyValueHeads)),
        new("llama.attention.layer_norm_rms_epsilon", GgufValue.Of(NormEpsilon)),
        new("llama.rope.dimension_count", GgufValue.Of((uint)HeadSize)),
        new("llama.rope.freq_base", GgufValue.Of(RopeBase)),
        new("llama.vocab_size", GgufValue.Of((uint)Vocabulary)),
    ];
}
