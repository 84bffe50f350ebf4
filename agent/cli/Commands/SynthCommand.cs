using System.CommandLine;
using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Flow.Boards;
using HwSeed.Brain.Files;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Toolchain;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed synth</c>: an architecture as an FPGA bitstream, or as a resource report with a project.</summary>
internal static class SynthCommand
{
    public static Command Create()
    {
        var architecture = Words.Architecture();
        var device = new Option<string?>("--device")
        {
            Description = $"The FPGA: {string.Join(", ", FpgaDevices.All.Select(d => d.Name))}; or, for a resource report and a project: {string.Join(", ", VendorDevices.All.Select(d => d.Name))}",
            HelpName = "NAME",
        };
        var board = new Option<string?>("--board")
        {
            Description = $"A board, with pins, PLL, host port, drivers and vectors: {string.Join(", ", Boards.All.Select(b => b.Name))}",
            HelpName = "NAME",
        };
        var host = new Option<HostPort>("--host") { Description = "The board's port to the host: uart or spi", HelpName = "PORT", DefaultValueFactory = _ => HostPort.Uart };
        var baud = Words.Count("--baud", "B", "Bits a second of the UART", 115_200, 300);
        var clock = new Option<double?>("--mhz") { Description = "The board's clock; left out, it follows from the routed design. Of another vendor's project the constraint", HelpName = "F" };
        var gemm = Words.Gemm(required: false);
        var folder = Words.Out("Where Verilog, reports and bitstream go");
        var seed = new Option<int>("--seed") { Description = "Seed of place and route", HelpName = "S", DefaultValueFactory = _ => 1 };
        var seeds = Words.OptionalCount("--seeds", "N", "Seeds of place and route to try from there on, 1 for a device and 3 for a board; the fastest is kept");
        return CommandLine.Define("synth", "Synthesise, place, route and pack an architecture for an FPGA or a board", (words, screen, cancellation) =>
        {
            var (path, to) = (words.GetRequiredValue(architecture), words.GetRequiredValue(folder));
            return (words.GetValue(device), words.GetValue(board)) switch
            {
                ({ } name, null) when VendorDevices.Find(name) is { } vendor => SynthVendor.RunAsync(
                    new(screen.Need(Words.ReadArchitecture(path)).Architecture, vendor, words.GetValue(clock), words.GetValue(baud), words.GetValue(seed)),
                    to, screen, cancellation),
                ({ } name, null) => RunAsync(path, name, to, new() { Seed = words.GetValue(seed), Seeds = words.GetValue(seeds) ?? 1 }, screen, cancellation),
                (null, { } name) => SynthBoard.RunAsync(
                    path, name, words.GetValue(host), words.GetValue(baud), to,
                    new(words.GetValue(seed), words.GetValue(seeds) ?? 3, words.GetValue(clock), words.GetValue(gemm) is { } text ? Words.ParseGemm(text) : null),
                    screen, cancellation),
                _ => throw InvalidInputException.Of(CommandDiagnostics.Choice("exactly one of --device and --board is needed")),
            };
        }, architecture, device, board, folder, seed, seeds, host, baud, clock, gemm);
    }

    private static async Task<int> RunAsync(
        string path, string deviceName, string folder, SynthesisOptions options, Screen screen, CancellationToken cancellation)
    {
        var engine = screen.Need(Words.ReadArchitecture(path)).Architecture;
        var device = FpgaDevices.Find(deviceName) is { IsOk: true } known ? known.Value : throw InvalidInputException.Of(VendorDevices.Unknown(deviceName));
        var files = screen.Need(EngineFiles.Write(engine, folder));
        var top = files.Design.Top.Name;
        var report = await Waiting.ForAsync(screen, $"yosys, nextpnr-ice40 and icepack for {device.Title}", Fpga.SynthesiseAsync(
            folder, await File.ReadAllTextAsync(files.Verilog, cancellation).ConfigureAwait(false), top, device,
            options, cancellation)).ConfigureAwait(false);
        var found = screen.Need(report);
        var reportPath = Path.Combine(folder, SynthFolder.ReportName);
        AtomicFile.WriteText(reportPath, System.Text.Json.JsonSerializer.Serialize(
            found with { BitstreamPath = Path.GetFileName(found.BitstreamPath) }, AgentJson.Indented));
        Checksums.Write(folder);

        var table = Show.Table(
            $"{Show.Escape(engine.Name)} on {device.Title}-{device.Package}", ("resource", false), ("used", true), ("of", true), ("share", true));
        foreach (var (name, used, of) in new[]
        {
            ("logic cells", found.LogicCells, device.LogicCells), ("block memories", found.Brams, device.Brams),
            ("DSP blocks", found.Dsps, device.Dsps), ("pins", found.Ios, device.Ios),
        })
        {
            table.AddRow(name, Show.Number(used), Show.Number(of), of == 0 ? "-" : Show.Share((double)used / of));
        }

        screen.Show(table);
        screen.Show(Show.Facts(
            ("clock", $"[bold]{found.FmaxMhz:F2} MHz[/] after routing (seed {found.Seed}; {found.TargetMhz:F0} MHz asked for){Spread(found)}"),
            ("peak", $"{Show.Number(engine.MacsPerCycle * found.FmaxMhz)} million multiply-accumulates a second"),
            ("synthesis", $"{Show.Number(found.Luts)} LUTs, {Show.Number(found.FlipFlops)} flip-flops, {Show.Number(found.Carries)} carries in {found.YosysTime.TotalSeconds:F1} s; routed in {found.NextpnrTime.TotalSeconds:F1} s"),
            ("tools", found.Sandboxed ? "ran inside bubblewrap" : "[yellow]ran without bubblewrap, with limits only[/]"),
            ("bitstream", $"{Show.Escape(Repository.Shown(found.BitstreamPath))}\nSHA-256 {found.BitstreamSha256}"),
            ("files", $"{Show.Escape(Repository.Shown(files.Verilog))}, {Show.Escape(Repository.Shown(reportPath))}"),
            ("check", $"./hwseed verify --bitstream {Show.Escape(Repository.Shown(folder))}")));
        screen.Result(found);
        return ExitCode.Done;
    }

    private static string Spread(SynthesisReport found) => found.Attempts.Count < 2 ? ""
        : $"\n{found.Attempts.Count} seeds: {string.Join(", ", found.Attempts.Select(a => a.FmaxMhz is { } mhz ? $"{mhz:F1}" : "not routed"))}; median {found.MedianFmaxMhz:F1} MHz";
}
