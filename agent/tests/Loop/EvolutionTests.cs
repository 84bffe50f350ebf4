using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Loop;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Loop;

/// <summary>Whole runs of the main job, small ones.</summary>
public sealed class EvolutionTests
{
    [Test]
    [Category("verilator")]
    [Category("fpga")]
    public async Task A_run_proves_routes_and_measures()
    {
        SmallGoal.NeedTools(ExternalTool.Verilator, ExternalTool.Compiler, ExternalTool.Yosys, ExternalTool.Nextpnr, ExternalTool.Icepack);
        using var folder = new TemporaryFolder();
        var events = new Recorder();
        var summary = (await Evolution.RunAsync(new(folder.Write("goal.yaml", SmallGoal.Yaml), folder.Path) { RunId = "run" }, events)).OrThrow();

        var run = new RunDirectory(folder.File("run"));
        var best = summary.Pareto[0];
        var files = Path.Combine(run.Folder, best.Files!);
        Assert.Multiple(() =>
        {
            Assert.That(summary.Generations, Is.EqualTo(2));
            Assert.That(summary.DesignsVerified, Is.GreaterThanOrEqualTo(1));
            Assert.That(summary.Bitstreams, Is.GreaterThanOrEqualTo(1));
            Assert.That(summary.OutputsIdentical);
            Assert.That(summary.SkippedRungs.Where(s => s.Rung != Rung.Kernel), Is.Empty);
            Assert.That(best.Routed && best.VerificationLevel.StartsWith("sampled(", StringComparison.Ordinal));
            Assert.That(best.LogicCells, Is.LessThanOrEqualTo(1500));
            foreach (var name in (string[])["architecture.yaml", "gemm_engine.v", "gemm_engine.bin", "lockstep.log",
                "synthesis.txt", "synthesis.json", "kernel.cl", "kernel.ilgpu.json", "kernel.txt"])
            {
                Assert.That(Path.Combine(files, name), Does.Exist);
            }

            Assert.That(Directory.EnumerateFiles(Path.Combine(files, "verilator"), "*.cpp"), Is.Not.Empty);
            Assert.That(Journal.Verify(run.JournalPath).OrThrow().Events.Select(e => e.Event),
                Is.EqualTo(new[] { "started", "generation", "generation", "finished" }));
            Assert.That(events.All.OfType<GenerationFinished>().Select(g => g.Report.Generation), Is.EqualTo(new[] { 1, 2 }));
            Assert.That(AgentJson.Read<RunSummary>(File.ReadAllText(run.SummaryPath)), Is.EqualTo(summary));
        });

        using var archive = DesignArchive.Open(run.ArchivePath).OrThrow();
        Assert.That(archive.Count, Is.EqualTo(summary.DesignsProposed));
        Assert.That(archive.Digest(), Is.EqualTo(summary.ArchiveDigest));

        // Every proposer had its say, and the counts of each generation add up.
        foreach (var report in events.All.OfType<GenerationFinished>().Select(g => g.Report))
        {
            Assert.That(report.ByProposer.Sum(p => p.Taken), Is.EqualTo(report.Proposed));
            Assert.That(report.Reasons.Sum(r => r.Designs), Is.EqualTo(report.RejectedByRule));
            Assert.That(report.Mapped + report.RejectedByRule, Is.EqualTo(report.Proposed));
        }

        Assert.That(events.All.OfType<GenerationFinished>().Last().Report.ByProposer.All(p => p.Taken > 0));
    }

    [Test]
    public async Task Without_tools_a_run_goes_as_far_as_it_can_and_says_so()
    {
        using var folder = new TemporaryFolder();
        var options = new EvolveOptions(folder.Write("goal.yaml", SmallGoal.Yaml), folder.Path)
        {
            RunId = "bare",
            Without = [Rung.Verified, Rung.Synthesised, Rung.Kernel],
        };
        var summary = (await Evolution.RunAsync(options, new Recorder())).OrThrow();
        Assert.Multiple(() =>
        {
            Assert.That(summary.SkippedRungs.Select(s => s.Rung), Is.EquivalentTo(new[] { Rung.Verified, Rung.Synthesised, Rung.Kernel }));
            Assert.That(summary.SkippedRungs.All(s => s.HowToGet.Length > 0));
            Assert.That(summary.DesignsSimulated, Is.GreaterThanOrEqualTo(1));
            Assert.That(summary.DesignsVerified, Is.Zero);
            Assert.That(summary.Bitstreams, Is.Zero);
            Assert.That(summary.Pareto.All(d => !d.Routed && d.VerificationLevel == "unverified"));
            Assert.That(summary.StartKernel, Does.StartWith("managed"));
            Assert.That(summary.OutputsIdentical);
        });
    }

    [Test]
    public async Task The_same_seed_gives_the_same_archive_and_another_seed_another()
    {
        using var folder = new TemporaryFolder();
        var goal = folder.Write("goal.yaml", SmallGoal.Yaml);
        async Task<string> Digest(string id, ulong seed) => (await Evolution.RunAsync(
            new(goal, folder.Path) { RunId = id, Seed = seed, Without = [Rung.Verified, Rung.Synthesised, Rung.Kernel] },
            new Recorder())).OrThrow().ArchiveDigest;
        var first = await Digest("a", 5);
        Assert.That(await Digest("b", 5), Is.EqualTo(first));
        Assert.That(await Digest("c", 6), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task A_goal_that_changes_stops_the_run()
    {
        using var folder = new TemporaryFolder();
        var goal = folder.Write("goal.yaml", SmallGoal.Yaml);
        var meddler = new Recorder { OnEvent = e => _ = e is GenerationFinished ? folder.Write("goal.yaml", SmallGoal.Yaml + "# easier\n") : "" };
        var options = new EvolveOptions(goal, folder.Path)
        {
            RunId = "run",
            Without = [Rung.Verified, Rung.Synthesised, Rung.Kernel],
        };
        var result = await Evolution.RunAsync(options, meddler);
        Assert.That(result.IsOk, Is.False);
        Assert.That(result.Diagnostics[0].Code, Is.EqualTo("HW5101"));
        var resumed = await Evolution.RunAsync(options with { ResumeFolder = folder.File("run") }, new Recorder());
        Assert.That(resumed.Diagnostics[0].Code, Is.EqualTo("HW5101"));

        folder.Write("goal.yaml", SmallGoal.Yaml);
        Assert.That((await Evolution.RunAsync(options with { ResumeFolder = folder.File("run") }, new Recorder())).IsOk);
    }

    [Test]
    public async Task A_model_that_changes_or_speaks_otherwise_is_refused()
    {
        using var folder = new TemporaryFolder();
        var start = SmallGoal.Yaml.IndexOf("workload:", StringComparison.Ordinal);
        var end = SmallGoal.Yaml.IndexOf("target:", StringComparison.Ordinal);
        var goal = folder.Write("goal.yaml", SmallGoal.Yaml.Replace(
            SmallGoal.Yaml[start..end], "workload: {model: model.gguf, batch: 4}\n", StringComparison.Ordinal));
        File.Copy(SeedModel.Path, folder.File("model.gguf"));
        var options = new EvolveOptions(goal, folder.Path)
        {
            RunId = "run",
            Generations = 1,
            Without = [Rung.Verified, Rung.Synthesised, Rung.Kernel],
        };
        Assert.That((await Evolution.RunAsync(options, new Recorder())).IsOk);

        // Another vocabulary of the same length, so that the file stays whole.
        var bytes = File.ReadAllBytes(folder.File("model.gguf"));
        bytes.AsSpan(bytes.AsSpan().IndexOf("<earlier>"u8), 9).Reverse();
        File.WriteAllBytes(folder.File("model.gguf"), bytes);
        var resumed = await Evolution.RunAsync(options with { ResumeFolder = folder.File("run") }, new Recorder());
        Assert.That(resumed.Diagnostics[0].Code, Is.EqualTo("HW5109"));
        var fresh = await Evolution.RunAsync(options with { RunId = "fresh" }, new Recorder());
        Assert.That(fresh.Diagnostics[0].Code, Is.EqualTo("HW5203"));
    }

    [Test]
    public async Task Refused_inputs_are_coded()
    {
        using var folder = new TemporaryFolder();
        var timings = folder.Write("timings.yaml", SmallGoal.Yaml
            .Replace("  - {metric: luts, direction: minimize}\n", "", StringComparison.Ordinal)
            .Replace("chip_tokens_per_second", "host_tokens_per_second", StringComparison.Ordinal));
        Assert.That(await CodeOf(timings), Is.EqualTo("HW5017"));
        var foreign = folder.Write("foreign.yaml", SmallGoal.Yaml.Replace(
            SmallGoal.Yaml[SmallGoal.Yaml.IndexOf("workload:", StringComparison.Ordinal)..SmallGoal.Yaml.IndexOf("target:", StringComparison.Ordinal)],
            "workload: {model: absent.gguf, batch: 8}\n", StringComparison.Ordinal));
        Assert.That(await CodeOf(foreign), Is.EqualTo("HW5001"));
        folder.Write("absent.gguf", "GGUF");
        Assert.That(await CodeOf(foreign), Does.StartWith("HW60"));
        Assert.That(await CodeOf(folder.File("nothing.yaml")), Is.EqualTo("HW5001"));

        async Task<string> CodeOf(string goal) => (await Evolution.RunAsync(
            new(goal, folder.Path) { RunId = Path.GetRandomFileName() }, new Recorder())).Diagnostics[0].Code;
    }

    private sealed class Recorder : IProgress<EvolveEvent>
    {
        private readonly List<EvolveEvent> _events = [];

        public Action<EvolveEvent>? OnEvent { get; init; }

        public IReadOnlyList<EvolveEvent> All => _events;

        public void Report(EvolveEvent value)
        {
            lock (_events)
            {
                _events.Add(value);
            }

            OnEvent?.Invoke(value);
        }
    }
}
