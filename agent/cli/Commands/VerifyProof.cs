using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Cli.Screens;
using HwSeed.Sim.Traces.Text;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed verify ARCH --prove</c>: what is proved of each part of an engine, and so of the engine.</summary>
internal static class VerifyProof
{
    /// <summary>Seconds for each statement when nobody says how many.</summary>
    public const int Seconds = 30;

    private const int ShownCycles = 64;

    public static async Task<int> RunAsync(string path, int seconds, Seed seed, Screen screen, CancellationToken cancellation)
    {
        var engine = screen.Need(Words.ReadArchitecture(path)).Architecture;
        var parts = screen.Need(EngineProof.Parts(engine)).Count + (engine.KeepsOperands ? 1 : 0);
        using var work = new WorkFolder();
        EngineProofReport? report = null;
        await Bar.RunAsync(screen, $"proving {parts} parts of {engine.Name}", parts, async advance => report = screen.Need(
            await EngineProof.RunAsync(engine, TimeSpan.FromSeconds(seconds), seed, work.Path, _ => advance(), cancellation)
                .ConfigureAwait(false))).ConfigureAwait(false);
        work.Keep = !report!.Passed;
        Report(report, engine.Name, seconds, seed, screen, work);
        return report.Passed ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static void Report(EngineProofReport report, string name, int seconds, Seed seed, Screen screen, WorkFolder work)
    {
        var table = Show.Table(Show.Escape(name), ("part", false), ("statements", true), ("level", false), ("by", false), ("seconds", true));
        foreach (var part in report.Parts)
        {
            var colour = part.Weakest.Broken is not null ? "red" : part.Weakest.Reason is not null ? "yellow" : "green";
            table.AddRow(
                new Text(part.Part), new Text(Show.Number(part.Statements.Count)), new Markup($"[{colour}]{Show.Escape(part.Weakest.Label)}[/]"),
                new Text(part.Engines), new Text(Show.Number(part.Elapsed.TotalSeconds)));
        }

        screen.Show(table);
        foreach (var (part, statement) in report.Parts.SelectMany(p => p.Statements.Select(s => (p, s))))
        {
            if (statement.Broken is { } replay)
            {
                screen.Line($"[red]broken[/]  {Show.Escape(part.Part)}: {Show.Escape(statement.Text)}; our simulator shows it in cycle {replay.Cycle}:");
                foreach (var line in WaveText.Draw(replay.Waves, new WaveStyle(Math.Max(ShownCycles, screen.Out.Profile.Width))))
                {
                    screen.Line(Show.Escape(line.ToString()));
                }
            }
            else if (statement.Reason is { } reason)
            {
                screen.Line($"[yellow]open[/]  {Show.Escape(part.Part)}: {Show.Escape(statement.Text)}: {Show.Escape(reason)}");
            }
        }

        var weakest = report.Weakest;
        screen.Line(report.Passed
            ? $"{Show.Escape(name)}: [bold]{Show.Escape(report.Label)}[/], the level of its weakest part, {Show.Escape(weakest.Part)} ({report.Elapsed.TotalSeconds:F0} s)"
            : $"[red]a statement is broken[/]; files kept in {Show.Escape(work.Path)}");
        screen.Result(new
        {
            Architecture = name,
            Seed = seed.Value,
            LimitSeconds = seconds,
            report.Passed,
            VerificationLevel = report.Label,
            WeakestPart = weakest.Part,
            Seconds = report.Elapsed.TotalSeconds,
            Parts = report.Parts.Select(p => new
            {
                p.Part,
                Level = p.Weakest.Label,
                Engine = p.Engines,
                Seconds = p.Elapsed.TotalSeconds,
                Statements = p.Statements.Select(s => new
                {
                    Statement = s.Text,
                    Level = s.Label,
                    s.Engine,
                    Seconds = s.Elapsed.TotalSeconds,
                    s.Reason,
                    BrokenInCycle = s.Broken?.Cycle,
                }).ToArray(),
            }).ToArray(),
            Files = work.Keep ? work.Path : null,
        });
    }
}
