using System.Diagnostics;
using System.Numerics;
using System.Text;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Sim.Cosimulation;

/// <summary>Runs the compiled simulator beside another one on the same random stimulus, and compares all outputs in every step.</summary>
public static class Cosimulation
{
    /// <summary>Runs both. HW1080: the other simulator gave no result.</summary>
    /// <param name="ours">The compiled simulator of the same top module; it starts anew.</param>
    /// <param name="theirs">The other simulator.</param>
    /// <param name="seed">Seed of the stimulus.</param>
    /// <param name="cycles">Cycles of the first clock.</param>
    /// <param name="limit">Wall-clock limit of the other simulator, 5 minutes when null.</param>
    /// <param name="everyPort">Whether to go on behind the first difference, to the first one of each port.</param>
    /// <param name="cancellation">Ends both.</param>
    public static async Task<Checked<CosimReport>> RunAsync(
        Simulator ours, ReferenceModel theirs, int seed, long cycles, TimeSpan? limit = null, bool everyPort = false,
        CancellationToken cancellation = default)
    {
        var stimulus = new RandomStimulus(theirs.Top, seed);
        var steps = stimulus.StepsOf(cycles);
        var run = await theirs.RunAsync(seed, steps, limit ?? TimeSpan.FromMinutes(5), cancellation).ConfigureAwait(false);
        if (!run.IsOk)
        {
            return Checked.Fail<CosimReport>(run.Diagnostics);
        }

        using var recorded = run.Value;
        var clock = Stopwatch.StartNew();
        var (differences, unknown) = Compare(new SteppedSimulator(ours, theirs.Top), stimulus, recorded, steps, everyPort, cancellation);
        var compared = differences.Count == 0 || everyPort ? steps : differences[0].Step + 1;
        return Checked.Ok(new CosimReport(
            theirs.Simulator, stimulus.CycleOf(compared - 1), compared, differences.FirstOrDefault(), unknown, theirs.BuildTime, recorded.RunTime, clock.Elapsed)
        {
            Differences = differences.ToEquatableArray(),
        });
    }

    private static (List<CosimDifference> Differences, long Unknown) Compare(
        SteppedSimulator ours, RandomStimulus stimulus, ReferenceRun theirs, long steps, bool everyPort, CancellationToken cancellation)
    {
        var differences = new List<CosimDifference>();
        var isDone = new bool[ours.Top.ComparedWords];
        var words = ours.Top.ComparedWords;
        var (got, expected, known) = (new ulong[words], new ulong[words], new ulong[words]);
        var widths = ours.Top.Compared.SelectMany(p => Enumerable.Repeat(p, p.Elements))
            .SelectMany(p => Enumerable.Range(0, p.Limbs).Select(l => Math.Min(64, p.Width - (64 * l)))).ToArray();
        var unknown = 0L;
        for (var step = 0L; step < steps; step++)
        {
            ours.Step(stimulus.Next(), got);
            theirs.Read(expected, known);
            for (var word = 0; word < words; word++)
            {
                unknown += widths[word] - BitOperations.PopCount(known[word] << (64 - widths[word]));
                if (((got[word] ^ expected[word]) & known[word]) != 0 && !isDone[word])
                {
                    differences.Add(Difference(ours.Top, step, stimulus.CycleOf(step), word, expected, known, got));
                    if (!everyPort)
                    {
                        return (differences, unknown);
                    }

                    MarkPort(ours.Top, word, isDone);
                }
            }

            if (step % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return (differences, unknown);
    }

    private static void MarkPort(CosimTop top, int word, bool[] marks)
    {
        var at = 0;
        foreach (var port in top.Compared)
        {
            if (word < at + port.Words && word >= at)
            {
                marks.AsSpan(at, port.Words).Fill(true);
            }

            at += port.Words;
        }
    }

    private static CosimDifference Difference(
        CosimTop top, long step, long cycle, int word, ulong[] expected, ulong[] known, ulong[] got)
    {
        var at = 0;
        foreach (var port in top.Compared)
        {
            for (var element = 0; element < port.Elements; element++, at += port.Limbs)
            {
                if (word < at + port.Limbs)
                {
                    return new(
                        step, cycle, port.Elements == 1 ? port.Name : $"{port.Name}[{element}]",
                        Hex(expected.AsSpan(at, port.Limbs), known.AsSpan(at, port.Limbs), port.Width),
                        Hex(got.AsSpan(at, port.Limbs), [], port.Width));
                }
            }
        }

        throw new UnreachableException($"word {word} of '{top.Name}'");
    }

    private static string Hex(ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> known, int width)
    {
        var text = new StringBuilder();
        for (var digit = (width - 1) / 4; digit >= 0; digit--)
        {
            var (limb, shift) = (digit / 16, 4 * (digit % 16));
            var mask = Math.Min(0xFUL, (1UL << Math.Min(4, width - (4 * digit))) - 1);
            var isKnown = known.IsEmpty || ((known[limb] >> shift) & mask) == mask;
            text.Append(isKnown ? $"{(words[limb] >> shift) & 0xF:x}" : "x");
        }

        return text.ToString();
    }
}
