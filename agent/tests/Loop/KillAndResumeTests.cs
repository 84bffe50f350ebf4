using System.Diagnostics;
using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Loop;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Loop;

/// <summary>One run of the real command meets kill -9 five times, is resumed each time, and ends as the uninterrupted one does.</summary>
[Category("verilator")]
[Category("fpga")]
public sealed class KillAndResumeTests
{
    [Test]
    public void A_killed_run_resumes_to_the_same_result()
    {
        SmallGoal.NeedTools(ExternalTool.Verilator, ExternalTool.Compiler, ExternalTool.Yosys, ExternalTool.Nextpnr, ExternalTool.Icepack);
        using var folder = new TemporaryFolder();
        var goal = folder.Write("goal.yaml", SmallGoal.Yaml);
        var clock = Stopwatch.StartNew();
        Finish(Start("evolve", goal, "--runs", folder.File("whole"), "--json"));
        var seconds = clock.Elapsed.TotalSeconds;
        var whole = Only(folder.File("whole"));

        // Moments are drawn at random; they are printed so that a failure can be repeated.
        var random = new Random(20261123);
        var runs = folder.File("killed");
        var kills = 0;
        for (var part = 0; part < 5; part++)
        {
            var moment = TimeSpan.FromSeconds(seconds * (0.1 + (0.3 * random.NextDouble())));
            var process = Start(Continued());
            if (!process.WaitForExit(moment))
            {
                process.Kill();
                process.WaitForExit();
                kills++;
            }

            TestContext.Out.WriteLine($"killed after {moment.TotalSeconds:F1} of {seconds:F1} s");
        }

        Finish(Start(Continued()));
        var resumed = Only(runs);
        Assert.Multiple(() =>
        {
            Assert.That(kills, Is.GreaterThanOrEqualTo(3), "the run was over before it could be killed");
            Assert.That(resumed.ArchiveDigest, Is.EqualTo(whole.ArchiveDigest));
            Assert.That(WithoutTimes(resumed), Is.EqualTo(WithoutTimes(whole)));
            Assert.That(Journal.Verify(new RunDirectory(Directory.GetDirectories(runs).Single()).JournalPath).IsOk);
        });

        // Killed before the run began there is nothing to resume, and nothing was lost.
        string[] Continued() => Directory.Exists(runs) && Directory.GetDirectories(runs) is [var run] && File.Exists(new RunDirectory(run).JournalPath)
            ? ["evolve", "--resume", run, "--json"]
            : ["evolve", goal, "--runs", runs, "--json"];
    }

    private static string WithoutTimes(RunSummary summary) => AgentJson.Write(new
    {
        summary.Generations,
        summary.DesignsProposed,
        summary.DesignsRejected,
        summary.DesignsSimulated,
        summary.DesignsVerified,
        summary.Bitstreams,
        summary.Hypervolume,
        summary.OutputsIdentical,
        Pareto = string.Join("; ", summary.Pareto.Select(d => d with { HostTokensPerSecond = null })),
    });

    private static RunSummary Only(string runs) =>
        AgentJson.Read<RunSummary>(File.ReadAllText(new RunDirectory(Directory.GetDirectories(runs).Single()).SummaryPath));

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "hwseed.dll"), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static void Finish(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, errors.Result);
    }
}
