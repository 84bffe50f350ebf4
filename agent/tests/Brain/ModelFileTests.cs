using HwSeed.Brain;
using HwSeed.Brain.Gguf;
using HwSeed.Hdl;
using HwSeed.Kernels;
using HwSeed.Kernels.Managed;

namespace HwSeed.Agent.Tests.Brain;

public sealed class ModelFileTests
{
    private static readonly GgufFile Sound = TinyBrain.File(TinyBrain.Shape);

    [Test]
    public void The_shape_and_the_words_come_back_from_the_file()
    {
        var untied = TinyBrain.Shape with { TiedHead = false, RopeBase = 500, NormEpsilon = 1e-6f };
        Assert.That(ModelShape.From(TinyBrain.File(untied)).OrThrow(), Is.EqualTo(untied));
        Assert.That(Tokenizer.From(Sound).OrThrow().Tokens, Is.EqualTo(TinyBrain.Words(21).Tokens));
    }

    [Test]
    public void Missing_keys_are_named_together()
    {
        var codes = Load(Sound with
        {
            Metadata = Sound.Metadata
                .Where(e => e.Key is not ("llama.block_count" or "llama.context_length")).ToEquatableArray(),
        });
        Assert.That(codes, Is.EqualTo((string[])["HW6020", "HW6020"]));
    }

    [Test]
    public void Wrong_values_are_named()
    {
        Assert.That(Load(With("llama.block_count", GgufValue.Of("two"))), Is.EqualTo((string[])["HW6021"]));
        Assert.That(Load(With("general.architecture", GgufValue.Of("gpt2"))), Is.EqualTo((string[])["HW6022"]));
        Assert.That(Load(With("llama.attention.head_count", GgufValue.Of(5u))), Is.EqualTo((string[])["HW6023"]));
        Assert.That(Load(With("llama.attention.head_count", GgufValue.Of(0u))), Is.EqualTo((string[])["HW6023"]));
        Assert.That(Load(With("llama.attention.head_count_kv", GgufValue.Of(3u))), Is.EqualTo((string[])["HW6023"]));
        Assert.That(
            Load(With("llama.embedding_length", GgufValue.Of(uint.MaxValue))), Is.EqualTo((string[])["HW6021"]));
    }

    [Test]
    public void Wrong_tensors_are_named()
    {
        Assert.That(
            Load(Sound with { Tensors = Sound.Tensors.Where(t => t.Name != "blk.1.attn_k.weight").ToEquatableArray() }),
            Is.EqualTo((string[])["HW6030"]));
        Assert.That(
            Load(With(GgufTensor.OfBytes("blk.0.ffn_up.weight", new sbyte[32], 32, 1))),
            Is.EqualTo((string[])["HW6031"]));
        Assert.That(
            Load(With(GgufTensor.OfBytes("output_norm.weight", new sbyte[32], 32))), Is.EqualTo((string[])["HW6031"]));
        var scales = new float[48];
        scales[7] = float.NaN;
        Assert.That(
            Load(With(GgufTensor.OfFloats("blk.0.ffn_up.scale", scales, 48))), Does.Contain("HW6032"));
        scales[7] = -1;
        Assert.That(
            Load(With(GgufTensor.OfFloats("blk.0.ffn_up.scale", scales, 48))), Does.Contain("HW6032"));
    }

    [Test]
    public void Vocabularies_are_checked()
    {
        Assert.That(
            Load(With("tokenizer.ggml.tokens", GgufValue.Of(["a", "b"]))), Is.EqualTo((string[])["HW6040"]));
        Assert.That(Tokenizer.From(["a", "b", "a"]).Diagnostics[0].Message, Is.EqualTo("token 2 'a' stands twice"));
        Assert.That(Tokenizer.From(["a", ""]).Diagnostics[0].Code, Is.EqualTo("HW6040"));
        Assert.That(Tokenizer.From([]).Diagnostics[0].Code, Is.EqualTo("HW6040"));
    }

    [Test]
    public void Unknown_words_name_the_nearest()
    {
        var words = Tokenizer.From(["rows=4", "rows=8", "columns=4"]).OrThrow();
        var encoded = words.Encode(["rows=4", "rows=7"]);
        Assert.That(
            encoded.Diagnostics[0].ToString(),
            Is.EqualTo("error HW6041: 'rows=7' is not a token of the model; did you mean 'rows=4'?"));
        Assert.That(words.Encode(["columns=4", "rows=8"]).OrThrow(), Is.EqualTo((int[])[2, 1]));
        Assert.That(words.Decode([1, 0]), Is.EqualTo((string[])["rows=8", "rows=4"]));
        Assert.That(() => words["pe"], Throws.ArgumentException);
    }

    private static string[] Load(GgufFile file)
    {
        var loaded = Transformer.Load(file, new ScalarBackend(), KernelPlan.Plain);
        loaded.Value?.Dispose();
        return [.. loaded.Diagnostics.Select(d => d.Code)];
    }

    private static GgufFile With(string key, GgufValue value) => Sound with
    {
        Metadata = Sound.Metadata.Select(e => e.Key == key ? e with { Value = value } : e).ToEquatableArray(),
    };

    private static GgufFile With(GgufTensor tensor) => Sound with
    {
        Tensors = Sound.Tensors.Select(t => t.Name == tensor.Name ? tensor : t).ToEquatableArray(),
    };
}
