using System.CommandLine;
using HwSeed.Agent.Archives;
using HwSeed.Cli.Screens;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed audit</c>: whether a run's record holds together.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "A run's folder, as runs/brain-on-ice40-s1-20260101-120000" };
        return CommandLine.Define("audit", "Check a run's hash chain, its archive and its files", (words, screen, _) =>
            Task.FromResult(Run(words.GetRequiredValue(run), screen)), run);
    }

    private static int Run(string folder, Screen screen)
    {
        var audit = screen.Need(RunAudit.Of(folder));
        screen.Show(audit.Problems);
        screen.Show(Show.Facts(
            ("run", Show.Escape(audit.Run)),
            ("journal", $"{Show.Number(audit.Events)} events, the chain [green]holds[/]; head {audit.Head}"),
            ("archive", $"{Show.Number(audit.Designs)} designs; digest {audit.ArchiveDigest}"),
            ("files", $"{Show.Number(audit.Artefacts)} with the hash that the archive holds"),
            ("verdict", audit.Problems.Count == 0 ? "[green]whole[/]" : $"[red]{audit.Problems.Count} problems[/]")));
        screen.Result(audit);
        return audit.Problems.Count == 0 ? ExitCode.Done : ExitCode.CheckFailed;
    }
}
