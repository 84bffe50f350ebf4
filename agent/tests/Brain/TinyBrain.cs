using HwSeed.Brain;
using HwSeed.Brain.Gguf;
using HwSeed.Brain.Training;
using HwSeed.Kernels;
using HwSeed.Kernels.Managed;

namespace HwSeed.Agent.Tests.Brain;

/// <summary>Small models for tests.</summary>
internal static class TinyBrain
{
    public static KernelPlan Tiled { get; } = new(KernelDataflow.OutputStationary, 6, 16, 1024);

    public static ModelShape Shape { get; } = new(32, 2, 4, 2, 48, 40, 21);

    public static Tokenizer Words(int count) => Tokenizer.From(Enumerable.Range(0, count).Select(i => $"w{i}")).OrThrow();

    public static GgufFile File(ModelShape shape, ulong seed = 1) =>
        TrainedModel.Untrained(shape, seed).Quantise(Words(shape.Vocabulary));

    public static Transformer Load(GgufFile file) =>
        Transformer.Load(file, new ScalarBackend(), KernelPlan.Plain).OrThrow();

    public static Transformer Load(ModelShape shape, ulong seed = 1) => Load(File(shape, seed));

    public static int[] Tokens(ModelShape shape, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(shape.Vocabulary))];
    }
}
