using System.Diagnostics;
using HwSeed.Agent.Evaluations;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Properties;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim;

namespace HwSeed.Agent.Flow;

/// <summary>
/// Pairs of operands of a multiplier in our simulator, against products of C#: all of them up to 2^20, else as many at random and all
/// pairs of extremes. A multiplier is a pipeline without feedback, enables or resets, so what leaves it depends on one pair only, and
/// all pairs are all that it can do.
/// </summary>
internal static class ExhaustiveProducts
{
    private const int MostBits = 20;

    private const int Seed = 1;

    /// <summary>The statement when the pairs are right; null for a part that is no multiplier of one lane.</summary>
    public static ProvedStatement? Try(PropertyHarness harness, Property property, CancellationToken cancellation)
    {
        var top = harness.Design.Top;
        if (top.Name != "property_multiplier" || top.OutputPorts.Any(p => p.Name == "product_1") || property.Output != "bad_product_0"
            || top.Registers.Any(r => r.Enable is not null || r.Reset is not null))
        {
            return null;
        }

        var clock = Stopwatch.StartNew();
        var simulator = Simulator.Compile(harness.Design).OrThrow();
        var (left, right, product) = (simulator.Port("a"), simulator.Port("b"), simulator.Port("product_0"));
        var isExhaustive = left.Width + right.Width <= MostBits;
        var pairs = 1 << Math.Min(MostBits, left.Width + right.Width);
        var random = new Random(Seed);
        var under = new Queue<(ulong Left, ulong Right)>();
        for (var i = 0; i < pairs + harness.Memory; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var pair = isExhaustive ? ((ulong)i & Mask(left.Width), ((ulong)i >> left.Width) & Mask(right.Width))
                : (Any(left.Width), Any(right.Width));
            under.Enqueue(pair);
            simulator.Poke(left, pair.Item1);
            simulator.Poke(right, pair.Item2);
            if (i >= harness.Memory)
            {
                var (x, y) = under.Dequeue();
                if (simulator.Peek(product) != ((ulong)(Signed(x, left.Width) * Signed(y, right.Width)) & Mask(product.Width)))
                {
                    return null;
                }
            }

            simulator.Step();
        }

        return isExhaustive
            ? new(property.Statement, property.Output, VerificationLevel.Exhaustive, $"{pairs} pairs", "simulation", clock.Elapsed)
            : new(property.Statement, property.Output, VerificationLevel.Sampled, $"n={pairs}, seed={Seed}", "simulation", clock.Elapsed);

        // A quarter each is at an end of the range, so that all pairs of ends come up thousands of times.
        ulong Any(int bits) => random.Next(8) switch
        {
            0 => 1UL << (bits - 1),
            1 => (1UL << (bits - 1)) - 1,
            _ => (ulong)random.NextInt64() & Mask(bits),
        };
    }

    private static ulong Mask(int bits) => (1UL << bits) - 1;

    private static long Signed(ulong value, int bits) => (long)value << (64 - bits) >> (64 - bits);
}
