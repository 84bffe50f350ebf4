using System.CommandLine;
using HwSeed.Agent.Simulations;
using HwSeed.Cli.Screens;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed sim</c> with Verilog: runs a user's stimulus.</summary>
internal static class VerilogSim
{
    /// <summary>Runs it.</summary>
    /// <param name="words">The command line.</param>
    /// <param name="simulation">Its options.</param>
    /// <param name="files">The sources.</param>
    /// <param name="length">Cycles, seed and VCD file.</param>
    /// <param name="screen">Where results go.</param>
    /// <param name="cancellation">Stops it.</param>
    public static int Run(
        ParseResult words, SimulationWords simulation, IReadOnlyList<string> files, (long? Cycles, ulong Seed, string? Vcd) length, Screen screen,
        CancellationToken cancellation)
    {
        var design = simulation.Read(words, files, screen);
        var request = simulation.Request(words, files, design, screen) with { Cycles = length.Cycles, Seed = new(length.Seed), Vcd = length.Vcd };
        var run = screen.Need(SimulationRun.Execute(design.Design, request, cancellation));
        var page = simulation.WriteCoverage(words, run);
        var result = run.Result;
        var facts = new List<(string, string)>
        {
            ("design", $"{Show.Escape(design.Design.Top.Name)}, clock {Show.Escape(run.Ports.Clock ?? "none")}"),
            ("stimulus", Show.Escape(request.Stimulus is { } file ? Repository.Shown(file) : $"random inputs, seed {request.Seed.Value}, reset {run.Ports.Reset ?? "none"}")),
            ("simulated", $"{Show.Number(result.Cycles)} cycles"),
            ("checks", result.Checks == 0 ? "[yellow]none[/]" : result.Failed == 0
                ? $"[green]all {Show.Number(result.Checks)} hold[/]"
                : $"[red]{Show.Number(result.Failed)} of {Show.Number(result.Checks)} failed[/]"),
        };
        if (run.Coverage is { } coverage)
        {
            facts.AddRange(CoverageCommand.Facts(coverage));
        }

        facts.AddRange(new[] { ("waves", request.Vcd), ("waves", request.Fst), ("coverage", page) }
            .Where(f => f.Item2 is not null).Select(f => (f.Item1, Show.Escape(Repository.Shown(f.Item2!)))));
        facts.Add(("time", $"compiled in {Show.Number(run.Compiling.TotalMilliseconds)} ms, ran in {Show.Number(run.Running.TotalMilliseconds)} ms"));
        screen.Show(Show.Facts(facts));
        screen.Show(result.Diagnostics);
        screen.Result(new
        {
            Top = design.Design.Top.Name,
            run.Ports.Clock,
            run.Ports.Reset,
            request.Stimulus,
            Seed = request.Seed.Value,
            result.Cycles,
            result.Checks,
            result.Failed,
            Failures = result.Diagnostics.Select(d => new { d.Code, d.Message, d.Span?.File, d.Span?.Line, d.Span?.Column }).ToArray(),
            Coverage = page is null ? null : CoverageCommand.Json(run.Coverage!, page),
            request.Vcd,
            request.Fst,
            CompileSeconds = run.Compiling.TotalSeconds,
            RunSeconds = run.Running.TotalSeconds,
        });
        return result.Passed ? ExitCode.Done : ExitCode.Of(result.Diagnostics);
    }
}
