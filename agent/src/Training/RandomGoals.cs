using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Training;

/// <summary>Goals to learn from: workloads like those of small transformers, and limits of the small iCE40 chips.</summary>
internal static class RandomGoals
{
    /// <summary>Share of workloads that are a whole transformer block, as the agent's own model has.</summary>
    private const double BlockShare = 0.5;

    private static readonly int Vocabulary = DesignTokens.Vocabulary.Count;
    private static readonly int[] Batches = [16, 32, 64, 64, 64, 64, 128, 256];
    private static readonly int[] Widths = [64, 96, 128, 128, 128, 128, 192, 256];

    /// <summary>Products of a decoder block and head, or one to three products of random sizes.</summary>
    public static Workload Workload(Xoshiro256 random) =>
        random.NextUnit() < BlockShare ? Block(random) : Products(random);

    /// <summary>The products of the model that ships with the project, at the batch of its own goal.</summary>
    public static Workload OfOwnModel() => Block(64, 128, 64, 384, 5);

    /// <summary>A device, mostly the HX8K, and limits within it.</summary>
    public static (TargetDevice Device, Constraints Limits) Limits(Xoshiro256 random)
    {
        var device = random.NextUnit() < 0.8 ? TargetDevice.Find("hx8k")! : Pick(random, TargetDevice.All.AsSpan());
        var luts = Limit(random, Math.Min(1500, device.Luts), device.Luts);
        var brams = Limit(random, Math.Min(8, device.Brams), device.Brams);
        return (device, new(luts, brams, 0, 8));
    }

    // Goals often leave a resource free: the whole device is one limit in two.
    private static int Limit(Xoshiro256 random, int least, int most) =>
        random.NextBelow(2) == 0 ? most : least + random.NextBelow(most - least + 1);

    private static Workload Block(Xoshiro256 random)
    {
        var width = Pick<int>(random, Widths);
        return Block(
            Pick<int>(random, Batches), width, width >> random.NextBelow(2), width * (2 + random.NextBelow(3)),
            1 + random.NextBelow(8));
    }

    // Projections of the same input are joined, as inference runs them.
    private static Workload Block(int batch, int width, int keyValueWidth, int feedForward, int layers) => new(
        "transformer block",
        [
            new("qkv", new(batch, width, width + (2 * keyValueWidth)), layers),
            new("attention output", new(batch, width, width), layers),
            new("gate and up", new(batch, width, 2 * feedForward), layers),
            new("down", new(batch, feedForward, width), layers),
            new("head", new(batch, width, Vocabulary)),
        ],
        batch);

    private static Workload Products(Xoshiro256 random)
    {
        var m = Size(random, 1, 256);
        var gemms = Enumerable.Range(0, 1 + random.NextBelow(3))
            .Select(i => new WorkloadGemm(
                $"product {i}", new(m, Size(random, 32, 1024), Size(random, 32, 1024)), 1 + random.NextBelow(4)));
        return new("products", gemms.ToEquatableArray(), m);
    }

    // Even on a logarithmic scale; half of the sizes are multiples of 16, as layers usually are.
    private static int Size(Xoshiro256 random, int least, int most)
    {
        var size = (int)Math.Round(least * Math.Pow(most / (double)least, random.NextUnit()));
        return size >= 16 && random.NextBelow(2) == 0 ? size & ~15 : size;
    }

    private static T Pick<T>(Xoshiro256 random, ReadOnlySpan<T> items) => items[random.NextBelow(items.Length)];
}
