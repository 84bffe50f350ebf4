using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Workloads;

/// <summary>
/// One block of a Llama-shaped decoder: grouped-query attention and a gated feed-forward part. Softmax, normalisation and rotary
/// embedding are the host's; every matrix product is here, those of attention included.
/// </summary>
/// <param name="Name">A label; products are called <c>name.attn_q</c> and so on, as in GGUF.</param>
/// <param name="ModelWidth">d_model.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Key and value heads; each serves Heads / KeyValueHeads query heads.</param>
/// <param name="HeadWidth">Width of a head.</param>
/// <param name="FeedForwardWidth">d_ff.</param>
/// <param name="Tokens">Tokens of a sequence in this pass: 1 when it decodes, the prompt's length before that.</param>
/// <param name="Context">Positions that attention sees, at least <paramref name="Tokens"/>.</param>
/// <param name="Sequences">Sequences at a time: they share the weights, and each has its own keys and values.</param>
/// <param name="Layers">How many such blocks a pass has.</param>
public sealed record TransformerBlock(
    string Name, int ModelWidth, int Heads, int KeyValueHeads, int HeadWidth, int FeedForwardWidth, int Tokens, int Context,
    int Sequences = 1, int Layers = 1)
{
    /// <summary>Largest side of a product, and most repeats of one.</summary>
    public const int LargestSize = 1 << 20;

    /// <summary>What contradicts itself; sizes are the document's business.</summary>
    public IReadOnlyList<WorkloadViolation> Check()
    {
        long[] sizes =
        [
            (long)Sequences * Tokens, (long)Heads * HeadWidth, (long)Tokens * (Heads / KeyValueHeads), (long)Layers * Sequences * KeyValueHeads,
        ];
        return Heads % KeyValueHeads != 0 ? [new("kv_heads", WorkloadDiagnostics.KeyValueHeads(Heads, KeyValueHeads))]
            : Context < Tokens ? [new("context", WorkloadDiagnostics.ShortContext(Context, Tokens))]
            : sizes.Max() > LargestSize ? [new("heads", WorkloadDiagnostics.BlockTooLarge(sizes.Max(), LargestSize))]
            : [];
    }

    /// <summary>The products, in the order in which a pass needs them.</summary>
    public EquatableArray<WorkloadGemm> Products()
    {
        // Query heads that share a key head are rows of one product.
        var (rows, shared) = (Sequences * Tokens, Heads / KeyValueHeads);
        var attention = Layers * Sequences * KeyValueHeads;
        return
        [
            Weights("attn_q", ModelWidth, Heads * HeadWidth),
            Weights("attn_k", ModelWidth, KeyValueHeads * HeadWidth),
            Weights("attn_v", ModelWidth, KeyValueHeads * HeadWidth),
            new($"{Name}.attn_scores", new(Tokens * shared, HeadWidth, Context), attention),
            new($"{Name}.attn_values", new(Tokens * shared, Context, HeadWidth), attention),
            Weights("attn_output", Heads * HeadWidth, ModelWidth),
            Weights("ffn_gate", ModelWidth, FeedForwardWidth),
            Weights("ffn_up", ModelWidth, FeedForwardWidth),
            Weights("ffn_down", FeedForwardWidth, ModelWidth),
        ];

        WorkloadGemm Weights(string name, int k, int n) => new($"{Name}.{name}", new GemmShape(rows, k, n), Layers);
    }
}
