using System.Diagnostics;
using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Loop;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Loop;

/// <summary>kill -9 at five moments of the real command, then --resume: the same archive as uninterrupted.</summary>
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

        // Spread over the run and shifted at random; the seed is printed so that a failure can be repeated.
        var random = new Random(20261123);
        var kills = 0;
        for (var point = 0; point < 5; point++)
        {
            var runs = folder.File($"killed-{point}");
            var process = Start("evolve", goal, "--runs", runs, "--json");
            var moment = TimeSpan.FromSeconds(seconds * (point + random.NextDouble()) / 5);
            if (!process.WaitForExit(moment))
            {
                process.Kill();
                process.WaitForExit();
                kills++;
            }

            TestContext.Out.WriteLine($"killed after {moment.TotalSeconds:F1} of {seconds:F1} s");
            if (!Directory.Exists(runs) || !File.Exists(new RunDirectory(Directory.GetDirectories(runs).Single()).JournalPath))
            {
                // Killed before the run began: there is nothing to resume, and nothing was lost.
                continue;
            }

            Finish(Start("evolve", "--resume", Directory.GetDirectories(runs).Single(), "--json"));
            var resumed = Only(runs);
            Assert.Multiple(() =>
            {
                Assert.That(resumed.ArchiveDigest, Is.EqualTo(whole.ArchiveDigest), $"killed after {moment}");
                Assert.That(WithoutTimes(resumed), Is.EqualTo(WithoutTimes(whole)), $"killed after {moment}");
            });
            Assert.That(Journal.Verify(new RunDirectory(Directory.GetDirectories(runs).Single()).JournalPath).IsOk);
        }

        Assert.That(kills, Is.GreaterThanOrEqualTo(3), "the run was over before it could be killed");
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
