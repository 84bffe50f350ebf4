using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Cli.Screens;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed verify ARCH --mutations N</c>: how many single faults our own bench sees.</summary>
internal static class VerifyMutations
{
    /// <summary>Faults when nobody says how many.</summary>
    public const int Count = 200;

    public static async Task<int> RunAsync(string path, int count, Seed seed, Screen screen, CancellationToken cancellation)
    {
        var engine = screen.Need(Words.ReadArchitecture(path)).Architecture;
        using var work = new WorkFolder();
        var check = screen.Need(MutationCheck.Prepare(
            engine, VerificationShapes.CasesFor(engine, seed), count, seed, work.Path));
        MutationReport? report = null;
        await Bar.RunAsync(screen, $"trying {check.Count} faults of {engine.Name}", check.Count, async advance =>
            report = screen.Need(await check.RunAsync(_ => advance(), cancellation).ConfigureAwait(false))).ConfigureAwait(false);
        Report(report!, count, seed, screen);
        return report!.Passed ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static void Report(MutationReport report, int asked, Seed seed, Screen screen)
    {
        var table = Show.Table(
            Show.Escape(report.Architecture.Name), ("kind of fault", false), ("tried", true), ("caught", true), ("equivalent", true), ("open", true));
        foreach (var kind in report.Mutants.GroupBy(m => m.Kind).OrderBy(g => g.Key))
        {
            table.AddRow(
                $"{kind.Key}".ToLowerInvariant(), Show.Number(kind.Count()), Show.Number(kind.Count(m => m.IsCaught)),
                Show.Number(kind.Count(m => m.IsEquivalent)), Show.Number(kind.Count(m => m.IsOpen)));
        }

        screen.Show(table);
        foreach (var survivor in report.Mutants.Where(m => !m.IsCaught))
        {
            screen.Line($"{(survivor.IsOpen ? "[yellow]open survivor[/]" : "[green]equivalent[/]")}  {Show.Escape(survivor.Description)}"
                + Show.Escape(survivor.Equivalence is { } shown ? $" ({shown.Words})" : ""));
        }

        foreach (var other in report.Verilator.Where(v => !v.Agrees))
        {
            screen.Line($"[red]verdicts differ[/]  {Show.Escape(other.Mutant.Description)}: ours {Show.Escape(other.Mutant.Seen ?? "unseen")}, "
                + $"Verilator {Show.Escape(other.Seen ?? "unseen")}");
        }

        screen.Line($"{(report.Passed ? "[green]" : "[red]")}{Show.Share(report.Share)}[/] of {report.Mutants.Count} faults caught or proved equivalent "
            + $"({report.Caught} caught, {report.Equivalent} equivalent; at least {Show.Share(MutationReport.LeastShare)} must be), "
            + $"{report.Elapsed.TotalSeconds:F0} s, seed {seed.Value}");
        screen.Line(report.Verilator.Count == 0
            ? "[yellow]none of them was tried under Verilator, which is not installed[/]"
            : $"{report.Verilator.Count(v => v.Agrees)} of {report.Verilator.Count} tried under Verilator too: the same verdict in the same cycle");
        if (report.Mutants.Count < asked)
        {
            screen.Line($"these are all: {report.Possible} faults are known of this engine, some of them with the same text");
        }

        screen.Result(new
        {
            Architecture = report.Architecture.Name,
            Seed = seed.Value,
            report.Passed,
            Tried = report.Mutants.Count,
            report.Possible,
            report.Caught,
            report.Equivalent,
            report.Share,
            Seconds = report.Elapsed.TotalSeconds,
            Kinds = report.Mutants.GroupBy(m => m.Kind).OrderBy(g => g.Key).Select(g => new
            {
                Kind = $"{g.Key}".ToLowerInvariant(),
                Tried = g.Count(),
                Caught = g.Count(m => m.IsCaught),
                Equivalent = g.Count(m => m.IsEquivalent),
            }).ToArray(),
            Mutants = report.Mutants.Select(m => new { m.Number, Kind = $"{m.Kind}".ToLowerInvariant(), m.Description, m.Seen, Equivalence = m.Equivalence?.Words, m.IsOpen }).ToArray(),
            Verilator = report.Verilator.Select(v => new { v.Mutant.Number, v.Seen, v.Agrees }).ToArray(),
        });
    }
}
