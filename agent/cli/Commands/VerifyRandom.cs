using System.CommandLine;
using System.Diagnostics;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed verify --random</c>: random engines with random workloads.</summary>
internal static class VerifyRandom
{
    public static async Task<int> RunAsync(Request request, Screen screen, CancellationToken cancellation)
    {
        using var work = new WorkFolder();
        var (plan, clock) = (request.Plan, Stopwatch.StartNew());
        var version = request.Journal is null && request.Record is null ? null : await RandomVersion.FindAsync(cancellation).ConfigureAwait(false);
        using var journal = request.Journal is { } path ? screen.Need(RandomJournal.Open(path, plan, version!.Fingerprint)) : null;
        var known = journal?.Engines.Values.Where(e => e.Engine < plan.Engines && e.Pairs.Count == plan.WorkloadsOf(e.Engine)).ToList() ?? [];
        if (known.Count > 0)
        {
            screen.Note($"{known.Sum(e => e.Pairs.Count)} pairs of {known.Count} engines are in the journal");
        }

        var (pairs, summary) = (new List<VerifiedPair>(), new RandomSummary(plan));
        known.ForEach(summary.Add);
        await Bar.RunAsync(screen, $"verifying {plan.Pairs} random pairs", plan.Engines - known.Count, async advance =>
        {
            await foreach (var engine in RandomVerification.RunAsync(
                plan, known.Select(e => e.Engine).ToHashSet(), work.Path, request.Jobs, cancellation).ConfigureAwait(false))
            {
                pairs.AddRange(engine);
                var kept = RandomSummary.Of(plan, engine);
                summary.Add(kept);
                summary.AddFailures(engine);
                if (engine.All(p => p.Passed))
                {
                    journal?.Add(kept);
                }

                foreach (var pair in engine)
                {
                    screen.Line(Line(pair, plan.Pairs));
                }

                advance();
            }
        }).ConfigureAwait(false);

        var seconds = clock.Elapsed.TotalSeconds;
        var failed = summary.Failures.Count;
        work.Keep = failed > 0 && !plan.InjectsFaults;
        screen.Line();
        if (!plan.InjectsFaults)
        {
            ShowCounts(screen, summary);
        }

        screen.Line(plan.InjectsFaults
            ? $"{failed} of {plan.Pairs} faults caught; one that is not seen may change nothing from outside"
            : $"{(failed == 0 ? "[green]" : "[red]")}{plan.Pairs - failed} of {plan.Pairs} pairs exact[/]: cost model = simulator = Verilator"
                + $" over {Show.Number(summary.Cycles)} cycles, outputs equal to the integer reference ({seconds:F0} s)");
        if (work.Keep)
        {
            screen.Line($"files of the failures: {Show.Escape(work.Path)}");
        }

        if (request.Record is { } record)
        {
            summary.Write(record, version!, seconds);
            screen.Line($"recorded in {Show.Escape(record)}");
        }

        screen.Result(new
        {
            plan.Pairs,
            Exact = plan.Pairs - failed,
            Seed = plan.Seed.Value,
            Engines = plan.Engines,
            plan.WorkloadsPerEngine,
            FaultsInjected = plan.InjectsFaults,
            FaultsCaught = plan.InjectsFaults ? failed : (int?)null,
            summary.Cycles,
            CyclesReplayed = summary.Replayed,
            Seconds = seconds,
            summary.EngineSeconds,
            summary.BuildSeconds,
            PairsByKind = summary.ByKind,
            PairsByFamily = summary.ByFamily,
            Files = work.Keep ? work.Path : null,
            Rows = pairs.Select(p => new
            {
                p.Index,
                Architecture = DesignSpace.NameOf(p.Verification.Architecture),
                Families = EngineFamilies.Of(p.Verification.Architecture),
                p.Kind,
                Workload = p.Title,
                p.Passed,
                Cases = p.Cases.Select(VerifyCommand.Row).ToArray(),
                p.Verification.Fault,
            }).ToArray(),
        });
        return failed == 0 ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static void ShowCounts(Screen screen, RandomSummary summary)
    {
        foreach (var (title, counts) in new[] { ("workloads", summary.ByKind), ("engines", summary.ByFamily) })
        {
            screen.Line($"[dim]pairs by {title}: {string.Join(", ", counts.Select(c => $"{c.Key} {Show.Number(c.Value)}"))}[/]");
        }
    }

    private static string Line(VerifiedPair pair, int count)
    {
        var digits = $"{count - 1}".Length;
        var (predicted, simulated, model) = (
            pair.Cases.Sum(c => c.PredictedCycles), pair.Cases.Sum(c => c.SimulatedCycles), pair.Cases.Sum(c => c.ModelCycles));
        var cycles = predicted == simulated && simulated == model
            ? $"{predicted} = {simulated} = {model}"
            : $"{predicted} / {simulated} / {VerifyCommand.Counted(model)}";
        var verdict = pair.Passed ? "[green]exact[/]"
            : pair.Verification.Fault is null ? $"[red]{Show.Escape(pair.Verdict)}[/]"
            : "[green]caught[/]";
        var fault = pair.Verification.Fault is { } broken
            ? Show.Escape(pair.Passed ? $"  not seen: {broken}" : $"  {broken}")
            : "";
        return $"{pair.Index.ToString().PadLeft(digits)}  {DesignSpace.NameOf(pair.Verification.Architecture),-36} {RandomWorkload.WordOf(pair.Kind),-17} "
            + $"{Show.Escape(pair.Title),-24} {cycles,-21} {verdict}{fault}";
    }

    /// <summary>What to verify and where to keep it.</summary>
    internal sealed record Request(RandomPlan Plan, int Jobs, string? Journal, string? Record);

    /// <summary>The options that go with <c>--random</c>.</summary>
    internal sealed record Options(
        Option<int> Pairs, Option<string[]> Families, Option<string[]> Kinds, Option<int?> PerEngine, Option<int?> Jobs, Option<string?> Journal,
        Option<string?> Record)
    {
        private const int UsualJobs = 2;

        public IEnumerable<Option> All => [Pairs, Families, Kinds, PerEngine, Jobs, Journal, Record];

        public static Options Create() => new(
            Words.Count("--random", "N", "Verify N random pairs of engine and workload instead", 0),
            new("--family")
            {
                Description = $"Only random engines of this family; several must all hold. One of {string.Join(", ", EngineFamilies.Words)} (as architecture.yaml calls them; {string.Join(", ", EngineFamilies.ShortWords)} for dataflows)",
                HelpName = "WORD",
                AllowMultipleArgumentsPerToken = true,
            },
            new("--kind")
            {
                Description = $"Only random workloads of this kind; several are drawn from. One of {string.Join(", ", RandomWorkload.KindWords)}",
                HelpName = "WORD",
                AllowMultipleArgumentsPerToken = true,
            },
            Words.LeastCount("--workloads-per-engine", "W", "Workloads that each random engine is built for once (1); each is a pair"),
            Words.LeastCount("--jobs", "J", $"Random engines side by side ({UsualJobs})"),
            new("--journal") { Description = "Keep engines that passed, and leave out those that stand there: a killed run goes on", HelpName = "FILE" },
            new("--record") { Description = "Write what was verified, by family and kind, as JSON", HelpName = "FILE" });

        /// <summary>Whether any option was given but the first.</summary>
        public bool IsAnyBeside(ParseResult words) => All.Skip(1).Any(o => words.GetResult(o) is { Implicit: false });

        public Request Read(ParseResult words, Seed seed, bool injectsFaults)
        {
            var perEngine = words.GetValue(PerEngine) ?? 1;
            if (injectsFaults && (perEngine > 1 || words.GetValue(Journal) is not null || words.GetValue(Record) is not null))
            {
                throw InvalidInputException.Of(CommandDiagnostics.Choice(
                    "--inject-fault breaks each pair's engine: it goes with none of --workloads-per-engine, --journal and --record"));
            }

            string[] Chosen(Option<string[]> option) =>
                [.. (words.GetValue(option) ?? []).SelectMany(w => w.Split(',', StringSplitOptions.RemoveEmptyEntries))];
            var plan = new RandomPlan(seed, words.GetValue(Pairs))
            {
                WorkloadsPerEngine = perEngine,
                Families = [.. Chosen(Families).Select(w => EngineFamilies.Parse(w) ?? throw Unknown(
                    "--family", w, [.. EngineFamilies.Words, .. EngineFamilies.ShortWords])).Distinct()],
                InjectsFaults = injectsFaults,
            };
            var kinds = Chosen(Kinds).Select(w => RandomWorkload.KindWords.Contains(w)
                ? RandomWorkload.ParseKind(w)
                : throw Unknown("--kind", w, RandomWorkload.KindWords)).Distinct().Order().ToList();
            return new(
                kinds.Count > 0 ? plan with { Kinds = [.. kinds] } : plan, words.GetValue(Jobs) ?? UsualJobs, words.GetValue(Journal),
                words.GetValue(Record));
        }

        private static InvalidInputException Unknown(string option, string word, IEnumerable<string> known) =>
            InvalidInputException.Of(CommandDiagnostics.UnknownWord(option, word, known));
    }
}
