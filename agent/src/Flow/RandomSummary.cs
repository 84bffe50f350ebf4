using HwSeed.Agent.Benches;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Evaluations;
using HwSeed.Brain.Files;

namespace HwSeed.Agent.Flow;

/// <summary>Counts over random pairs: those of this run and those that a journal knows.</summary>
/// <param name="plan">Which pairs.</param>
public sealed class RandomSummary(RandomPlan plan)
{
    private readonly SortedDictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _families = new(StringComparer.Ordinal);
    private readonly List<string> _failures = [];

    /// <summary>Pairs by the workload's kind.</summary>
    public IReadOnlyDictionary<string, int> ByKind => _kinds;

    /// <summary>Pairs by each word that holds for their engine.</summary>
    public IReadOnlyDictionary<string, int> ByFamily => _families;

    /// <summary>What differed, one line a pair.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Pairs.</summary>
    public int Pairs { get; private set; }

    /// <summary>Programs of all pairs.</summary>
    public int Programs { get; private set; }

    /// <summary>Cycles of all programs at full speed.</summary>
    public long Cycles { get; private set; }

    /// <summary>Cycles in which every output was compared with Verilator's.</summary>
    public long Replayed { get; private set; }

    /// <summary>Time of all engines, one by one, those of earlier sittings too.</summary>
    public double EngineSeconds { get; private set; }

    /// <summary>Of it, Verilator's builds.</summary>
    public double BuildSeconds { get; private set; }

    /// <summary>What is kept of an engine's pairs.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="pairs">All pairs of one engine.</param>
    public static PassedEngine Of(RandomPlan plan, IReadOnlyList<VerifiedPair> pairs)
    {
        var verification = pairs[0].Verification;
        return new(
            pairs[0].Index / plan.WorkloadsPerEngine, DesignSpace.NameOf(verification.Architecture), [.. EngineFamilies.Of(verification.Architecture)],
            verification.ReplayedCycles, Math.Round(verification.Time.TotalSeconds, 2), Math.Round(verification.BuildTime.TotalSeconds, 2),
            [.. pairs.Select(p => new PassedPair(p.Kind, p.Title, p.Cases.Count, p.Cycles))]);
    }

    /// <summary>Counts an engine's pairs.</summary>
    /// <param name="engine">The engine.</param>
    public void Add(PassedEngine engine)
    {
        Replayed += engine.Replayed;
        EngineSeconds += engine.Seconds;
        BuildSeconds += engine.BuildSeconds;
        foreach (var pair in engine.Pairs)
        {
            Pairs++;
            Programs += pair.Programs;
            Cycles += pair.Cycles;
            Count(_kinds, RandomWorkload.WordOf(pair.Kind));
            foreach (var word in engine.Families)
            {
                Count(_families, word);
            }
        }
    }

    /// <summary>Notes what differed.</summary>
    /// <param name="pairs">Pairs that were counted.</param>
    public void AddFailures(IEnumerable<VerifiedPair> pairs) => _failures.AddRange(pairs.Where(p => !p.Passed).Select(p =>
        $"pair {p.Index}: {DesignSpace.NameOf(p.Verification.Architecture)}, {RandomWorkload.WordOf(p.Kind)} {p.Title}: {p.Verdict}"));

    /// <summary>Writes the counts as a JSON document, atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="version">What judged.</param>
    /// <param name="seconds">Wall-clock time of this sitting.</param>
    public void Write(string path, RandomVersion version, double seconds) => AtomicFile.WriteText(path, System.Text.Json.JsonSerializer.Serialize(
        new
        {
            Pairs,
            Exact = Pairs - _failures.Count,
            plan.Engines,
            plan.WorkloadsPerEngine,
            Seed = plan.Seed.Value,
            plan.Families,
            Programs,
            Cycles,
            CyclesReplayed = Replayed,
            PairsByKind = ByKind,
            PairsByFamily = ByFamily,
            Failures,
            version.HwSeed,
            version.Tools,
            version.Fingerprint,
            EngineSeconds = Math.Round(EngineSeconds, 1),
            BuildSeconds = Math.Round(BuildSeconds, 1),
            LastSittingSeconds = Math.Round(seconds, 1),
            Machine = Machine.Describe(),
            Command = Command(),
        },
        AgentJson.Indented) + "\n");

    /// <summary>The command that verifies the same pairs.</summary>
    private string Command() =>
        $"hwseed verify --random {plan.Pairs} --workloads-per-engine {plan.WorkloadsPerEngine} --seed {plan.Seed.Value}"
        + string.Concat(plan.Families.Select(f => $" --family {f}"))
        + (plan.Kinds.Count == Enum.GetValues<WorkloadKind>().Length ? "" : string.Concat(plan.Kinds.Select(k => $" --kind {RandomWorkload.WordOf(k)}")));

    private static void Count(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
