using System.Globalization;
using System.Numerics;
using HwSeed.Sim.Cosimulation;

namespace HwSeed.Sim.RoundTrips;

/// <summary>The original and the printed text in the compiled simulator, on the same inputs.</summary>
internal sealed class LockstepPair(Simulator original, Simulator printed, CosimTop top)
{
    /// <summary>The most input bits of which every value is tried.</summary>
    public const int ExhaustiveBits = 20;

    private readonly SteppedSimulator _original = new(original, top);
    private readonly SteppedSimulator _printed = new(printed, top);

    public long Steps { get; private set; }

    /// <summary>Random inputs for a number of cycles; the first difference, or null.</summary>
    public RoundTripDifference? Sample(RoundTripOptions options, CancellationToken cancellation)
    {
        var stimulus = new Cosimulation.RandomStimulus(top, options.Seed);
        var steps = stimulus.StepsOf(options.Cycles);
        for (var step = 0L; step < steps; step++)
        {
            if (Compare(stimulus.Next()) is { } difference)
            {
                return difference;
            }

            if (step % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return null;
    }

    /// <summary>Every value of all inputs.</summary>
    public RoundTripDifference? Exhaust(CancellationToken cancellation)
    {
        var places = new List<(int Word, int Width)>();
        var at = 0;
        foreach (var port in top.Driven)
        {
            for (var element = 0; element < port.Elements; element++, at += port.Limbs)
            {
                places.Add((at, port.Width));
            }
        }

        var words = new ulong[top.DrivenWords];
        var bits = places.Sum(p => p.Width);
        for (var value = 0L; value < 1L << bits; value++)
        {
            var rest = (ulong)value;
            foreach (var (word, width) in places)
            {
                words[word] = rest & ((1UL << width) - 1);
                rest >>= width;
            }

            if (Compare(words) is { } difference)
            {
                return difference;
            }

            if (value % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return null;
    }

    private RoundTripDifference? Compare(ReadOnlySpan<ulong> inputs)
    {
        var (first, second) = (new ulong[top.ComparedWords], new ulong[top.ComparedWords]);
        _original.Step(inputs, first);
        _printed.Step(inputs, second);
        var step = Steps++;
        if (first.AsSpan().SequenceEqual(second))
        {
            return null;
        }

        var at = 0;
        foreach (var port in top.Compared)
        {
            if (!first.AsSpan(at, port.Words).SequenceEqual(second.AsSpan(at, port.Words)))
            {
                return new(step, port.Name, Hex(first.AsSpan(at, port.Words)), Hex(second.AsSpan(at, port.Words)));
            }

            at += port.Words;
        }

        return new(step, "", "", "");
    }

    private static string Hex(ReadOnlySpan<ulong> words)
    {
        var value = BigInteger.Zero;
        for (var i = words.Length - 1; i >= 0; i--)
        {
            value = (value << 64) | words[i];
        }

        return value.ToString("x", CultureInfo.InvariantCulture);
    }
}
