using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using HwSeed.Brain.Inference;

namespace HwSeed.Brain.Sampling;

/// <summary>How tokens are drawn.</summary>
/// <param name="Temperature">Divides the logits; 0 takes the likeliest token (the lowest of equals).</param>
/// <param name="TopK">Draws among the likeliest k allowed tokens; 0 for no limit.</param>
/// <param name="TopP">Draws among the likeliest allowed tokens whose probabilities first reach p; 1 for no limit.</param>
/// <param name="MaxTokens">Most tokens of a sample; a sample that reaches it is cut.</param>
/// <param name="Batch">Sequences decoded together; does not change any sample.</param>
public sealed record SamplingOptions(
    float Temperature = 1f, int TopK = 0, float TopP = 1f, int MaxTokens = 64, int Batch = 256);

/// <summary>Draws tokens from logits under a mask; the random numbers hang on (seed, sequence, place) alone.</summary>
internal static class Sampler
{
    /// <summary>Floats of scratch memory for a vocabulary.</summary>
    public static int Room(int vocabulary) => Lanes.RoundUp(vocabulary);

    /// <summary>A token, or -1 when the mask allows none.</summary>
    /// <param name="logits">One a token.</param>
    /// <param name="allowed">One a token.</param>
    /// <param name="options">Temperature and limits.</param>
    /// <param name="uniform">A number in [0,1).</param>
    /// <param name="weights">Scratch, <see cref="Room"/> values.</param>
    /// <param name="order">Scratch, one a token.</param>
    public static int Draw(
        ReadOnlySpan<float> logits,
        ReadOnlySpan<bool> allowed,
        SamplingOptions options,
        double uniform,
        Span<float> weights,
        Span<int> order)
    {
        var best = -1;
        for (var i = 0; i < logits.Length; i++)
        {
            if (allowed[i] && (best < 0 || logits[i] > logits[best]))
            {
                best = i;
            }
        }

        if (best < 0 || options.Temperature <= 0)
        {
            return best;
        }

        Weigh(logits, logits[best], 1f / options.Temperature, weights);
        var limited = options.TopK > 0 || options.TopP < 1;
        return limited
            ? DrawLikeliest(allowed, options, uniform, weights[..logits.Length], order, best)
            : DrawAny(allowed, uniform, weights[..logits.Length], best);
    }

    /// <summary>A number in [0,1) for a place of a sequence: SplitMix64 over the three.</summary>
    public static double Uniform(ulong seed, int sequence, int place)
    {
        var mixed = Mix(seed ^ Mix(((ulong)(uint)sequence << 32) | (uint)place));
        return (mixed >> 11) * (1.0 / (1UL << 53));
    }

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    private static void Weigh(ReadOnlySpan<float> logits, float peak, float factor, Span<float> weights)
    {
        ref var source = ref MemoryMarshal.GetReference(logits);
        ref var target = ref MemoryMarshal.GetReference(weights);
        var (top, scale) = (Vector512.Create(peak), Vector512.Create(factor));
        var i = 0;
        for (; i <= logits.Length - Lanes.Width; i += Lanes.Width)
        {
            Lanes.Exp((Vector512.LoadUnsafe(ref source, (nuint)i) - top) * scale).StoreUnsafe(ref target, (nuint)i);
        }

        if (i < logits.Length)
        {
            var rest = Lanes.LoadPart(ref Unsafe.Add(ref source, i), logits.Length - i);
            Lanes.StorePart(Lanes.Exp((rest - top) * scale), ref Unsafe.Add(ref target, i), logits.Length - i);
        }
    }

    private static int DrawAny(ReadOnlySpan<bool> allowed, double uniform, ReadOnlySpan<float> weights, int best)
    {
        var total = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            total += allowed[i] ? weights[i] : 0;
        }

        var (mark, sum) = (uniform * total, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            if (allowed[i] && (sum += weights[i]) > mark)
            {
                return i;
            }
        }

        return best;
    }

    private static int DrawLikeliest(
        ReadOnlySpan<bool> allowed,
        SamplingOptions options,
        double uniform,
        Span<float> weights,
        Span<int> order,
        int best)
    {
        var count = 0;
        var total = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (allowed[i])
            {
                total += weights[i];
                order[count] = i;
                weights[count++] = -weights[i];
            }
        }

        weights[..count].Sort(order[..count]);
        var kept = options.TopK > 0 ? Math.Min(options.TopK, count) : count;
        var (mass, last) = (0.0, 0);
        while (last < kept && (last == 0 || mass < options.TopP * total))
        {
            mass -= weights[last++];
        }

        var (mark, sum) = (uniform * mass, 0.0);
        for (var i = 0; i < last; i++)
        {
            if ((sum -= weights[i]) > mark)
            {
                return order[i];
            }
        }

        return best;
    }
}
