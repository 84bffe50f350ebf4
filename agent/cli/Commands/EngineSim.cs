using System.Diagnostics;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Generators;
using HwSeed.Sim;
using HwSeed.Sim.Accelerators;
using HwSeed.Sim.Traces;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed sim</c> with an architecture: a matrix product on the compiled cycle simulator.</summary>
internal static class EngineSim
{
    /// <summary>Runs it.</summary>
    public static int Run(string path, string gemm, ulong seed, string? vcd, bool toggles, Screen screen)
    {
        var document = screen.Need(Words.ReadArchitecture(path));
        var (engine, shape) = (document.Architecture, Words.ParseGemm(gemm));
        var (found, reason) = EngineCase.Best(engine, shape, new(seed));
        if (found is null)
        {
            throw Words.DoesNotRun(document, shape, reason!.Reason);
        }

        var clock = Stopwatch.StartNew();
        var simulator = screen.Need(AcceleratorGenerator.Generate(engine).Then(Simulator.Compile));
        var compiled = clock.Elapsed;
        using var waves = vcd is null ? null : new StreamWriter(vcd);
        clock.Restart();
        var trace = screen.Need(AcceleratorRun.Execute(
            simulator, found.Traffic(), found.CycleLimit, new() { CountToggles = toggles, Waves = waves is null ? [] : [new VcdWriter(waves)] }));
        var ran = clock.Elapsed;
        var (exact, agrees) = (found.IsProduct(trace.Outputs), trace.Cycles == found.Cost.Cycles);
        var facts = new List<(string, string)>
        {
            ("engine", $"{Show.Escape(engine.Name)}: {Show.Engine(engine)}"),
            ("product", $"{shape}, {Show.Number(shape.Macs)} multiply-accumulates, seed {seed}"),
            ("predicted", $"{Show.Number(found.Cost.Cycles)} cycles"),
            ("simulated", $"{Show.Number(trace.Cycles)} cycles  {Mark(agrees, "as predicted", "not as predicted")}"),
            ("utilisation", $"{Show.Share(found.Cost.Utilisation)} of the PE cycles do work"),
            ("outputs", $"{Show.Number(trace.Outputs.Length)} words  {Mark(exact, "exact: equal to the integer reference", "differ from the integer reference")}"),
            ("time", $"compiled in {Show.Number(compiled.TotalMilliseconds)} ms, ran in {Show.Number(ran.TotalMilliseconds)} ms ('hwseed bench sim' measures speed)"),
        };
        if (trace.Toggles is { } counts)
        {
            facts.Add(("toggles", $"{Show.Number(counts.Total)} register bits changed, {Show.Share(counts.Activity)} of them a cycle"));
        }

        if (vcd is not null)
        {
            facts.Add(("waveforms", Show.Escape(Repository.Shown(vcd))));
        }

        screen.Show(Show.Facts(facts));
        ShowToggles(trace.Toggles, screen);
        screen.Result(new
        {
            Architecture = engine.Name,
            Gemm = shape.ToString(),
            Seed = seed,
            PredictedCycles = found.Cost.Cycles,
            SimulatedCycles = trace.Cycles,
            found.Cost.Utilisation,
            Outputs = trace.Outputs.Length,
            OutputsExact = exact,
            CyclesAgree = agrees,
            CompileSeconds = compiled.TotalSeconds,
            RunSeconds = ran.TotalSeconds,
            Toggles = trace.Toggles?.Total,
            Activity = trace.Toggles?.Activity,
            Vcd = vcd,
        });
        return exact && agrees ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static void ShowToggles(ToggleCounts? counts, Screen screen)
    {
        if (counts is null)
        {
            return;
        }

        var table = Show.Table("most active registers", ("register", false), ("bits", true), ("toggles", true), ("a bit and cycle", true));
        foreach (var signal in counts.Signals.OrderByDescending(s => s.Toggles).ThenBy(s => s.Path, StringComparer.Ordinal).Take(10))
        {
            table.AddRow(
                Show.Escape(signal.Path), Show.Number(signal.Width), Show.Number(signal.Toggles),
                Show.Share(signal.Toggles / ((double)signal.Width * counts.Cycles)));
        }

        screen.Show(table);
    }

    private static string Mark(bool good, string yes, string no) => good ? $"[green]{yes}[/]" : $"[red]{no}[/]";
}
