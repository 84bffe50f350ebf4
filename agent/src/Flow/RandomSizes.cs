using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Workloads;
using HwSeed.Mapper.Workloads.Convolutions;

namespace HwSeed.Agent.Flow;

/// <summary>Sizes of random workloads: no sum is longer than the engine's accumulators allow.</summary>
/// <param name="random">Decides.</param>
/// <param name="architecture">The engine.</param>
/// <param name="scale">Above 0 to 1: how large things may be.</param>
internal sealed class RandomSizes(Xoshiro256 random, Architecture architecture, double scale)
{
    private readonly int _longest = (int)Math.Min(64, architecture.LargestK);

    public GemmShape Gemm() => new(Size(24), Sum(64), Size(24));

    public GemmShape Gemv() => random.NextBelow(2) == 0 ? new(1, Sum(64), Size(48)) : new(Size(48), Sum(64), 1);

    /// <summary>A convolution that has an output.</summary>
    public Conv2D Convolution()
    {
        while (true)
        {
            var (height, width) = (Axis(), Axis());
            var taps = height.Filter * width.Filter;
            if (taps > _longest)
            {
                continue;
            }

            var groups = random.NextBelow(4) == 0 ? 1 + Size(2) : 1;
            var channels = 1 + random.NextBelow(Math.Min(Limit(8), _longest / taps));
            var conv = new Conv2D(1 + random.NextBelow(2), channels * groups, Size(12) * groups, height, width, groups);
            if (conv.Check().Count == 0)
            {
                return conv;
            }
        }
    }

    /// <summary>A transformer block of one sequence.</summary>
    public TransformerBlock Block()
    {
        var keyValueHeads = 1 + random.NextBelow(2);
        var heads = keyValueHeads * (1 + random.NextBelow(2));
        var headWidth = Math.Max(1, Sum(16) / heads);
        while (heads * headWidth > _longest)
        {
            // An engine whose accumulators take hardly any product gets a block of one head.
            (keyValueHeads, heads, headWidth) = (1, 1, Math.Min(headWidth, _longest));
        }

        var context = Sum(16);
        return new("block", Sum(24), heads, keyValueHeads, headWidth, Sum(32), 1 + random.NextBelow(Math.Min(4, context)), context);
    }

    private ConvAxis Axis() => new(
        Size(10), 1 + random.NextBelow(Math.Min(4, _longest)), 1 + random.NextBelow(3), random.NextBelow(3), 1 + random.NextBelow(2));

    private int Limit(int most) => Math.Max(1, (int)(most * scale));

    private int Size(int most) => 1 + random.NextBelow(Limit(most));

    private int Sum(int most) => 1 + random.NextBelow(Math.Min(Limit(most), _longest));
}
