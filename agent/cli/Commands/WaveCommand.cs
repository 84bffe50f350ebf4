using System.CommandLine;
using HwSeed.Agent.Simulations;
using HwSeed.Cli.Screens;
using HwSeed.Sim.Traces;
using HwSeed.Sim.Traces.Text;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed wave</c>: what the signals of a design do, as text or as a file.</summary>
internal static class WaveCommand
{
    private const int DefaultCycles = 32;

    public static Command Create()
    {
        var files = SourceWords.Files();
        var simulation = new SimulationWords();
        var cycles = Words.Count("--cycles", "N", "Cycles to show, or to write to a file", DefaultCycles);
        var from = Words.Count("--from", "N", "The first cycle that is shown", 0, least: 0);
        var seed = Words.Seed();
        var vcd = new Option<string?>("--vcd") { Description = "Write waves to a VCD file", HelpName = "F" };
        var radix = new Option<Radix>("--radix") { Description = "How values are written", DefaultValueFactory = _ => Radix.Hexadecimal };
        var ascii = new Option<bool>("--ascii") { Description = "Draw with ASCII characters only" };
        return CommandLine.Define(
            "wave", "Show what the signals of a Verilog design do, as text or in a VCD or FST file", (words, screen, cancellation) => Task.Run(
                () =>
                {
                    var design = simulation.Read(words, words.GetRequiredValue(files), screen);
                    var (first, count) = (words.GetValue(from), words.GetValue(cycles));
                    var request = simulation.Request(words, words.GetRequiredValue(files), design, screen);
                    var last = (long)first + count;
                    request = request with
                    {
                        Seed = new(words.GetValue(seed)),
                        Vcd = words.GetValue(vcd),
                        // A table or script that is only shown need not run on behind the window.
                        Cycles = request.Stimulus is not null && (words.GetValue(vcd) ?? request.Fst) is not null ? null : last,
                        Window = (first, count),
                    };
                    var run = screen.Need(SimulationRun.Execute(design.Design, request, cancellation));
                    var style = new WaveStyle(Math.Max(40, screen.Out.Profile.Width), words.GetValue(radix))
                    {
                        Glyphs = words.GetValue(ascii) ? WaveGlyphs.Ascii : WaveGlyphs.Lines,
                        NameOf = Names(run, request),
                    };
                    return Report(run, request, style, simulation.WriteCoverage(words, run), screen);
                },
                cancellation).WaitAsync(cancellation),
            [files, cycles, from, seed, vcd, radix, ascii, .. simulation.All]);
    }

    private static int Report(SimulationRun run, SimulationRequest request, WaveStyle style, string? page, Screen screen)
    {
        var written = new[] { request.Vcd, request.Fst, page }.OfType<string>().ToList();
        if (request.Vcd is null && request.Fst is null)
        {
            foreach (var line in WaveText.Draw(run.Waves!, style))
            {
                screen.Line(Markup(line));
            }
        }

        written.ForEach(f => screen.Line($"[green]wrote[/] {Show.Escape(Repository.Shown(f))}"));
        screen.Show(run.Result.Diagnostics);
        screen.Result(new
        {
            run.Waves!.Top,
            run.Ports.Clock,
            run.Ports.Reset,
            run.Result.Cycles,
            run.Result.Checks,
            run.Result.Failed,
            Seed = request.Stimulus is null ? request.Seed.Value : (ulong?)null,
            run.Waves.From,
            Signals = run.Waves.Signals.Select((s, i) => new
            {
                s.Path,
                s.Width,
                Changes = run.Waves[i].Where(_ => !run.Waves.IsClock(i)).Select(v => new { Cycle = run.Waves.From + v.Cycle, Value = v.Value.ToString() }).ToArray(),
            }).ToArray(),
            Files = written,
            Coverage = page is null ? null : CoverageCommand.Json(run.Coverage!, page),
        });
        return run.Result.Passed ? ExitCode.Done : ExitCode.Of(run.Result.Diagnostics);
    }

    private static string Markup(WaveLine line) => line.Kind switch
    {
        WaveLineKind.Gap => "",
        WaveLineKind.Ruler => $"[grey]{Show.Escape(line.ToString())}[/]",
        WaveLineKind.Bit => $"{Show.Escape(line.Name)}[green]{Show.Escape(line.Text.TrimEnd())}[/]",
        _ => $"{Show.Escape(line.Name)}[aqua]{Show.Escape(line.Text.TrimEnd())}[/]",
    };

    private static Func<WaveSignal, System.Numerics.BigInteger, string?> Names(SimulationRun run, SimulationRequest request)
    {
        var scopes = run.Netlist.Scopes.ToDictionary(s => s.Path, s => s.Module.Name);
        return (signal, value) => signal.Path.Length > signal.Name.Length
            ? scopes.GetValueOrDefault(signal.Path[..^(signal.Name.Length + 1)]) is { } module ? request.NameOf(module, signal.Name, value) : null
            : request.NameOf(scopes[""], signal.Name, value);
    }
}
