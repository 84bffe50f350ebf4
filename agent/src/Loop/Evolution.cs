using System.Diagnostics;
using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Seeds;
using HwSeed.Brain.Files;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Mapper.Workloads;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Loop;

/// <summary>The main job: generations of proposals, climbed as far as each deserves, until the budget is spent.</summary>
public static class Evolution
{
    private const int StartRounds = 3;
    private const int FinalRounds = 15;

    /// <summary>Runs or resumes; the run's folder is whole at every moment.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Told of everything that happens; rungs report from several threads.</param>
    /// <param name="cancellation">Stops within seconds and leaves a resumable run.</param>
    public static async Task<Checked<RunSummary>> RunAsync(
        EvolveOptions options, IProgress<EvolveEvent> progress, CancellationToken cancellation = default)
    {
        var opened = options.ResumeFolder is { } folder ? RunSetup.Resume(folder) : RunSetup.Begin(options);
        if (!opened.IsOk)
        {
            return Checked.Fail<RunSummary>(opened.Diagnostics);
        }

        using var setup = opened.Value;
        var without = setup.Start.Without.ToHashSet();
        using var kernels = HostKernels.Open(useOpenCl: !without.Contains(Rung.Kernel));
        var loaded = AgentInference.Load(RunSetup.ModelPath(setup.Goal, setup.Start.GoalPath), kernels.Start);
        if (!loaded.IsOk)
        {
            return Checked.Fail<RunSummary>(loaded.Diagnostics);
        }

        using var agent = loaded.Value;
        var workload = setup.Goal.Workload switch
        {
            ModelWorkload model => agent.Model.MatrixProducts(model.Batch),
            ExplicitWorkload given => given.Workload,
            _ => throw new UnreachableException($"workload {setup.Goal.Workload.GetType().Name}"),
        };
        var (versions, skipped) = await ToolsAsync(without, kernels, cancellation).ConfigureAwait(false);
        progress.Report(new RunStarted(setup.Run, setup.Goal, workload, setup.Resumed, skipped));
        return await ClimbAsync(setup, workload, kernels, agent, versions, skipped, progress, cancellation).ConfigureAwait(false);
    }

    private static async Task<Checked<RunSummary>> ClimbAsync(
        RunSetup setup, Workload workload, HostKernels kernels, AgentInference agent,
        IReadOnlyDictionary<string, string> versions, EquatableArray<SkippedRung> skipped,
        IProgress<EvolveEvent> progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var seed = new Seed(setup.Start.Seed);
        var lost = skipped.Where(s => s.Rung != Rung.Kernel).Select(s => s.Rung).ToHashSet();
        var run = new EvolveRun(setup, workload, kernels, agent, versions, lost, progress);
        var started = agent.Compare([kernels.Start], run.Prompt, StartRounds, seed.For("start"), cancellation);
        var rate = started.TokensPerSecond[0];
        progress.Report(new StartKernelMeasured(kernels.Start.Backend.Name, kernels.Start.Plan.Describe(), rate));

        var generation = 0;
        while (generation < setup.Start.Generations
            && (setup.HasGeneration(generation + 1) || clock.Elapsed.TotalMinutes < setup.Goal.Budget.WallMinutes))
        {
            cancellation.ThrowIfCancellationRequested();
            if (setup.Guard.Check(setup.Run) is { } changed)
            {
                setup.Journal.Append("stopped", new { Reason = changed.ToString() });
                return Checked.Fail<RunSummary>(changed);
            }

            var report = await run.GenerationAsync(++generation, rate, cancellation).ConfigureAwait(false);
            rate = report.TokensPerSecondAfter;
            progress.Report(new GenerationFinished(report));
        }

        var summary = Summarise(setup, kernels, agent, run, generation, skipped, seed, clock, cancellation);
        AtomicFile.WriteText(setup.Run.SummaryPath, System.Text.Json.JsonSerializer.Serialize(summary, AgentJson.Indented) + "\n");
        setup.Journal.Append("finished", summary);
        progress.Report(new RunFinished(summary));
        return Checked.Ok(summary);
    }

    /// <summary>Start kernel, adopted kernel and baseline once more, side by side.</summary>
    private static RunSummary Summarise(
        RunSetup setup, HostKernels kernels, AgentInference agent, EvolveRun run, int generations,
        EquatableArray<SkippedRung> skipped, Seed seed, Stopwatch clock, CancellationToken cancellation)
    {
        List<PlacedKernel> compared = [.. new[] { kernels.Start, kernels.Baseline, agent.Kernel }.Distinct()];
        var (start, baseline, adopted) = (0, 1, compared.IndexOf(agent.Kernel));
        var last = agent.Compare(compared, run.Prompt, FinalRounds, seed.For("final"), cancellation);
        var all = run.Evaluations.ToList();
        return new(
            setup.Run.Id, setup.Goal.Name, setup.Start.GoalSha256, setup.Start.Seed, generations, all.Count,
            all.Count(e => e.Rejected is { At: Rung.Rules or Rung.Mapped }),
            all.Count(e => e.Simulated is { OutputsMatch: true } s && s.Cycles == e.Mapped!.Cycles),
            all.Count(e => e.Level >= VerificationLevel.Sampled), all.Count(e => e.Synthesised is not null),
            run.MeasuredFront(), run.Hypervolume,
            kernels.Start.Label, last.TokensPerSecond[start], agent.Kernel.Label, last.TokensPerSecond[adopted],
            last.Ratio(adopted, start), kernels.Baseline.Label, last.TokensPerSecond[baseline],
            last.Ratio(adopted, baseline), last.OutputsIdentical, skipped, setup.Archive.Digest(),
            clock.Elapsed.TotalSeconds, run.AdoptedDesign);
    }

    private static async Task<(IReadOnlyDictionary<string, string> Versions, EquatableArray<SkippedRung> Skipped)> ToolsAsync(
        HashSet<Rung> without, HostKernels kernels, CancellationToken cancellation)
    {
        var tools = (await Doctor.InspectAsync(cancellation).ConfigureAwait(false)).ToDictionary(t => t.Name);
        var skipped = new List<SkippedRung>();
        Need(Rung.Verified, "verilator", "g++");
        Need(Rung.Synthesised, "yosys", "nextpnr-ice40", "icepack");
        if (kernels.Skipped is { } noOpenCl)
        {
            skipped.Add(noOpenCl);
        }

        var versions = tools.Values.Where(t => t.Works && t.Version is not null).ToDictionary(t => t.Name, t => t.Version!);
        return (versions, skipped.ToEquatableArray());

        void Need(Rung rung, params string[] names)
        {
            var missing = names.Where(n => !tools.TryGetValue(n, out var tool) || !tool.Works).ToList();
            if (without.Contains(rung))
            {
                skipped.Add(new(rung, "left out by request", "run without --without"));
            }
            else if (missing.Count > 0)
            {
                skipped.Add(new(rung, $"{string.Join(", ", missing)} not found or not working",
                    string.Join("; ", missing.Select(n => tools.TryGetValue(n, out var t) ? t.HowToInstall : n))));
            }
        }
    }
}
