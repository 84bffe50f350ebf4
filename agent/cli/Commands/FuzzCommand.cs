using System.CommandLine;
using HwSeed.Cli.Screens;
using HwSeed.Sim.Cosimulation.Fuzzing;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed fuzz</c>: random modules through our reader and simulator, Verilator and Icarus.</summary>
internal static class FuzzCommand
{
    public static Command Create() => new("fuzz", "Look for disagreements between our tools and others on random input")
    {
        Hdl(),
    };

    private static Command Hdl()
    {
        var count = Words.Count("--count", "N", "Random modules", 100);
        var seed = Words.Count("--seed", "S", "Seed of the first module; the others follow", 1, least: 0);
        var cycles = Words.Count("--cycles", "N", "Cycles for each module", 200);
        var shrink = Words.Count("--shrink", "N", "Builds of a simulator to reduce each module that differs; 0 for none", 60, least: 0);
        return CommandLine.Define(
            "hdl", "Random modules, built and as source, printed, read back, and run in ours, Verilator and Icarus", async (words, screen, cancellation) =>
            {
                using var work = new WorkFolder();
                var report = screen.Need(await Waiting.ForAsync(
                    screen, $"running {words.GetValue(count)} random modules",
                    HdlFuzz.RunAsync(words.GetValue(count), words.GetValue(seed), words.GetValue(cycles), work.Path, words.GetValue(shrink), null, cancellation))
                    .ConfigureAwait(false));
                work.Keep = report.Failures.Count > 0;
                foreach (var failure in report.Failures)
                {
                    screen.Line($"[red]disagree[/] {failure.Kind} of seed {failure.Seed} with {Show.Escape(failure.Against)}: {Show.Escape(failure.Reason)}");
                    screen.Line(Show.Escape($"  hwseed fuzz hdl --count 1 --seed {failure.Seed} --cycles {report.Cycles}"));
                    if (failure.Reduced is { } reduced)
                    {
                        screen.Line(Show.Escape($"  reduced, in {failure.File}: {failure.ReducedReason}"));
                        screen.Text(reduced);
                    }
                }

                screen.Line(report.Failures.Count == 0
                    ? $"[green]no disagreement[/] on {Show.Number(report.Modules)} modules, {Show.Number(report.Cycles)} cycles each"
                    : $"{Show.Number(report.Failures.Count)} disagreements; files kept in {Show.Escape(work.Path)}");
                screen.Result(new
                {
                    report.Modules,
                    report.Cycles,
                    report.UnknownBits,
                    Failures = report.Failures.ToArray(),
                    Files = work.Keep ? work.Path : null,
                });
                return report.Failures.Count == 0 ? ExitCode.Done : ExitCode.CheckFailed;
            },
            count, seed, cycles, shrink);
    }
}
