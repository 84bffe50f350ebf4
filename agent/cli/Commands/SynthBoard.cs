using HwSeed.Agent.Flow.Boards;
using HwSeed.Cli.Screens;
using HwSeed.Toolchain;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed synth --board</c>: an architecture as a bitstream for a board, with everything to use it.</summary>
internal static class SynthBoard
{
    public static async Task<int> RunAsync(
        string path, string boardName, HostPort port, int baud, string folder, BoardOptions options, Screen screen, CancellationToken cancellation)
    {
        var engine = screen.Need(Words.ReadArchitecture(path)).Architecture;
        var request = new BoardRequest(engine, screen.Need(Boards.Find(boardName)), port, baud);
        var report = screen.Need(await Waiting.ForAsync(
            screen, $"yosys, nextpnr-ice40 and icepack for the {request.Board.Title}, {options.Seeds} seeds a round",
            BoardBuild.RunAsync(request, folder, options, cancellation)).ConfigureAwait(false));

        var table = Show.Table(
            $"{Show.Escape(engine.Name)} on the {request.Board.Title}", ("resource", false), ("used", true), ("of", true), ("share", true), ("expected", true));
        foreach (var use in report.Resources)
        {
            table.AddRow(use.Name, Show.Number(use.Used), Show.Number(use.Available), use.Available == 0 ? "-" : Show.Share((double)use.Used / use.Available),
                use.Expected is { } expected ? Show.Number(expected) : "-");
        }

        screen.Show(table);
        screen.Show(Show.Facts(
            ("clock", $"[bold]{report.ClockMhz:F2} MHz[/], {Show.Share(report.Margin)} below the {report.FmaxMhz:F2} MHz that were routed (seed {report.Rounds[^1].KeptSeed})"),
            ("rounds", string.Join("\n", report.Rounds.Select(r => $"PLL {r.ClockMhz:F2}, constraint {r.TargetMhz:F2}: routed {r.FmaxMhz:F2} MHz"))),
            ("slowest path", report.CriticalPath.Count == 0 ? "-" : $"{report.CriticalNs:F2} ns from {Show.Escape(report.CriticalPath[0].Signal)} to {Show.Escape(report.CriticalPath[^1].Signal)}"),
            ("host", port == HostPort.Uart ? $"UART, {Show.Number(baud)} baud" : $"SPI mode 0, up to {report.LargestSckMhz:F2} MHz"),
            ("driver", $"{report.Gemm} through the simulated pins: [bold]{report.VerificationLevel}[/]"),
            ("bitstream", $"{Show.Escape(Path.Combine(folder, "board.bin"))}\nSHA-256 {report.BitstreamSha256}"),
            ("next", $"{Show.Escape(Path.Combine(folder, "README.md"))}; make -C {Show.Escape(folder)} check")));
        screen.Result(report);
        return report.VerificationLevel == "unverified" ? ExitCode.CheckFailed : ExitCode.Done;
    }
}
