using System.Diagnostics;
using HwSeed.Agent.Evaluations;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Properties;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim;

namespace HwSeed.Agent.Flow;

/// <summary>
/// All pairs of operands of a multiplier in our simulator, against products of C#. A multiplier is a pipeline without feedback,
/// enables or resets, so what leaves it depends on one pair only, and all pairs are all that it can do.
/// </summary>
internal static class ExhaustiveProducts
{
    private const int MostBits = 8;

    /// <summary>The statement when all pairs are right; null for a part that is no multiplier of one lane and at most 8 bits.</summary>
    public static ProvedStatement? Try(PropertyHarness harness, Property property, CancellationToken cancellation)
    {
        var top = harness.Design.Top;
        var a = top.InputPorts.FirstOrDefault(p => p.Name == "a");
        if (top.Name != "property_multiplier" || a is not { Width: <= MostBits } || property.Output != "bad_product_0"
            || top.Registers.Any(r => r.Enable is not null || r.Reset is not null))
        {
            return null;
        }

        var clock = Stopwatch.StartNew();
        var simulator = Simulator.Compile(harness.Design).OrThrow();
        var (left, right, product) = (simulator.Port("a"), simulator.Port("b"), simulator.Port("product_0"));
        var (bits, pairs) = (a.Width, 1 << (2 * a.Width));
        for (var i = 0; i < pairs + harness.Memory; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            simulator.Poke(left, (ulong)(i & ((1 << bits) - 1)));
            simulator.Poke(right, (ulong)((i >> bits) & ((1 << bits) - 1)));
            var done = i - harness.Memory;
            if (done >= 0 && simulator.Peek(product) != Product(done, bits))
            {
                return null;
            }

            simulator.Step();
        }

        return new(property.Statement, property.Output, VerificationLevel.Exhaustive, $"{pairs} pairs", "simulation", clock.Elapsed);
    }

    private static ulong Product(int pair, int bits) =>
        (ulong)(Signed(pair & ((1 << bits) - 1), bits) * Signed((pair >> bits) & ((1 << bits) - 1), bits)) & ((1UL << (2 * bits)) - 1);

    private static long Signed(int value, int bits) => value >= 1 << (bits - 1) ? value - (1 << bits) : value;
}
