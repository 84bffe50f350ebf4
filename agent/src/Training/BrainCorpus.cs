using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Seeds;
using HwSeed.Brain.Training;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Training;

/// <summary>
/// What the agent's model learns from: prompts of random goals, with none to two earlier designs, answered by elites
/// that a search found under the cost and area models. The same seed gives the same corpus on any number of threads.
/// </summary>
/// <param name="Training">Sequences to learn.</param>
/// <param name="Validation">Sequences of other workloads, only measured.</param>
/// <param name="Designs">Designs predicted.</param>
internal sealed record BrainCorpus(
    IReadOnlyList<TrainingSequence> Training, IReadOnlyList<TrainingSequence> Validation, long Designs)
{
    /// <summary>Designs looked at for each workload.</summary>
    public const int Candidates = 240;

    /// <summary>Sets of limits drawn for each workload.</summary>
    public const int LimitsPerWorkload = 12;

    /// <summary>One workload in so many is held out.</summary>
    public const int ValidationEvery = 16;

    // A worse answer now and then: the front has many good designs and a proposer must not write one again and again.
    private const int Answers = 6;
    private const int NearRanks = 12;
    private const int FewestDesigns = 8;

    /// <summary>The recipe in one line, as the model file tells it.</summary>
    public static string Recipe { get; } =
        $"elites of {Candidates} designs a random workload (half random, half bred) under the exact cost model and the "
        + $"iCE40 HX8K area model; {LimitsPerWorkload} random limits x {DesignPrompt.TradeLevels} trade-offs x 0 to "
        + $"{DesignPrompt.MostEarlier} earlier designs; 8-bit operands; every {ValidationEvery}th workload held out";

    /// <summary>Makes a corpus.</summary>
    /// <param name="workloads">Random workloads, at least <see cref="ValidationEvery"/>.</param>
    /// <param name="candidates">Designs looked at for each; <see cref="Candidates"/> for real corpora.</param>
    /// <param name="seed">Decides everything.</param>
    /// <param name="done">Told how many workloads are done, from any thread.</param>
    /// <param name="cancel">Stops between workloads.</param>
    public static BrainCorpus Make(
        int workloads, int candidates, Seed seed, Action<int>? done = null, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workloads, ValidationEvery);
        var parts = new (List<TrainingSequence> Sequences, int Designs)[workloads];
        var finished = 0;
        Parallel.For(0, workloads, new ParallelOptions { CancellationToken = cancel }, i =>
        {
            parts[i] = Of(RandomGoals.Workload(seed.For("workload", i).Random()), candidates, seed.For("goal", i));
            done?.Invoke(Interlocked.Increment(ref finished));
        });
        return new(
            [.. parts.Where((_, i) => !IsHeldOut(i)).SelectMany(p => p.Sequences)],
            [.. parts.Where((_, i) => IsHeldOut(i)).SelectMany(p => p.Sequences)],
            parts.Sum(p => (long)p.Designs));
    }

    private static bool IsHeldOut(int workload) => workload % ValidationEvery == ValidationEvery - 1;

    private static (List<TrainingSequence> Sequences, int Designs) Of(Workload workload, int candidates, Seed seed)
    {
        var designs = EliteSearch.Find(workload, candidates, seed.For("search"));
        var random = seed.For("prompts").Random();
        var sequences = new List<TrainingSequence>();
        for (var i = 0; i < LimitsPerWorkload; i++)
        {
            var (device, limits) = RandomGoals.Limits(random);
            var fits = designs.Where(d => d.Fits(limits)).ToArray();
            if (fits.Length < FewestDesigns)
            {
                continue;
            }

            for (var trade = 0; trade < DesignPrompt.TradeLevels; trade++)
            {
                var ranked = fits.OrderByDescending(d => d.Score(limits, trade))
                    .ThenBy(d => DesignSpace.IndexOf(d.Point)).ToArray();
                var prompt = DesignPrompt.Of(workload, device, limits, trade);
                for (var earlier = 0; earlier <= DesignPrompt.MostEarlier; earlier++)
                {
                    sequences.Add(Sequence(prompt, limits, ranked, earlier, random));
                }
            }
        }

        return (sequences, designs.Count);
    }

    private static TrainingSequence Sequence(
        DesignPrompt prompt, Constraints limits, PredictedDesign[] ranked, int earlier, Xoshiro256 random)
    {
        // The cube of an even number: more than half of the answers are the best design.
        var answer = (int)(Math.Pow(random.NextUnit(), 3) * Math.Min(Answers, ranked.Length - earlier));
        // Late in a run the designs shown are nearly the best, early they are any.
        var worse = ranked.Length - answer - 1;
        var window = random.NextBelow(2) == 0 ? Math.Min(NearRanks, worse) : worse;
        var shown = new SortedSet<int>();
        while (shown.Count < earlier)
        {
            shown.Add(answer + 1 + random.NextBelow(window));
        }

        var tokens = prompt.Encode([.. shown.Select(rank => ranked[rank]).Select(d =>
            new EarlierDesign(d.Point, DesignScore.Level(d.Score(limits, prompt.Trade))))]);
        return new([.. tokens, .. DesignTokens.Encode(ranked[answer].Point)], tokens.Length);
    }
}
