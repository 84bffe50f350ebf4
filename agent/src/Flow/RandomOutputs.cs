using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;

namespace HwSeed.Agent.Flow;

/// <summary>What output stages are verified with: scales that spread the sums over the results, and extremes between them.</summary>
internal static class RandomOutputs
{
    /// <summary>A random requantisation of the product; null where the engine cannot, and in one of four draws, so that plain sums are tried too.</summary>
    public static Requantisation? Draw(Mapping mapping, Seed seed, bool isBehindPort)
    {
        var (arch, shape) = (mapping.Architecture, mapping.Shape);
        var random = seed.Random();
        if (arch.Output is not { } stage || shape.N > stage.Channels || random.NextBelow(4) == 0)
        {
            return null;
        }

        // Sums of K products of operands that are uniform: their spread is sqrt(K) x 4^bits / 12.
        var spread = Math.Sqrt(shape.K) * (1L << arch.ProductBits) / 12.0;
        var (lowest, highest) = (-(1 << (arch.InputBits - 1)), (1 << (arch.InputBits - 1)) - 1);
        var channels = new ChannelScale[shape.N];
        for (var n = 0; n < channels.Length; n++)
        {
            var extreme = random.NextBelow(8) == 0;
            var (multiplier, shift) = Requantisation.Quantise(stage, Math.Min(0.999, (0.2 + (3 * random.NextUnit())) * highest / spread));
            channels[n] = extreme
                ? new(Any(arch.AccumulatorBits), random.NextBelow(2) == 0 ? (int)((1L << stage.FractionBits) - 1) : Any(stage.FractionBits) & int.MaxValue >> (31 - stage.FractionBits), random.NextBelow(OutputStage.LargestShift + 1))
                : new((int)Math.Clamp((random.NextUnit() - 0.5) * spread, -(1L << (arch.AccumulatorBits - 1)), (1L << (arch.AccumulatorBits - 1)) - 1), multiplier, shift);
        }

        var clamps = random.NextBelow(2) == 0;
        var zero = random.NextBelow(2) == 0 ? 0 : Any(arch.InputBits);
        return new(
            [.. channels], zero, clamps ? zero : lowest, clamps && random.NextBelow(2) == 0 ? Math.Max(zero, Any(arch.InputBits)) : highest,
            stage.Table && random.NextBelow(4) > 0 ? [.. Enumerable.Range(0, 1 << arch.InputBits).Select(_ => Any(arch.InputBits))] : null,
            stage.Residual && !isBehindPort && random.NextBelow(4) > 0);

        int Any(int bits) => (int)((long)(random.NextUnit() * (1L << bits)) - (1L << (bits - 1)));
    }
}
