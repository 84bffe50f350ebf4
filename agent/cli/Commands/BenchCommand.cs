using System.CommandLine;
using System.Text;
using HwSeed.Agent.Archives;
using HwSeed.Agent.Benches;
using HwSeed.Agent.Documents;
using HwSeed.Agent.Estimates;
using HwSeed.Agent.Loop;
using HwSeed.Brain;
using HwSeed.Brain.Files;
using HwSeed.Brain.Gguf;
using HwSeed.Cli.Screens;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels.Measurements;
using HwSeed.Toolchain;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed bench</c>: our figures beside an opponent's, both measured in this run.</summary>
internal static class BenchCommand
{
    public static Command Create() => new("bench", "Measure kernels, simulator, brain, routed engine or area model against an opponent")
    {
        Kernels(), Simulator(), Brain(), Utilisation(), Engine(), Area(),
    };

    /// <summary>The bench of the model, which also stands under <c>brain</c>.</summary>
    public static Command Brain(string name = "brain")
    {
        var model = new Option<string?>("--model") { Description = "A GGUF file; the agent's own when left out", HelpName = "F" };
        var batch = Words.Count("--batch", "N", "Sequences decoded together", 256);
        var runs = Runs(5);
        return CommandLine.Define(name, "Tokens a second of the agent's model under every kernel", async (words, screen, cancellation) =>
        {
            var file = screen.Need(GgufFile.Read(words.GetValue(model) ?? SeedModel.Path));
            var report = await Waiting.ForAsync(screen, "sampling with each kernel in turn", Task.Run(
                () => Measure(file, words.GetValue(batch), words.GetValue(runs), cancellation), cancellation)).ConfigureAwait(false);
            var code = Print(
                screen, "agent's model", report.Rows.Select(r => new BenchRow(r.Name, r.Unit, r.Ours, r.Theirs, r.Against, r.Ratio, r.Runs)));
            screen.Line(report.Identical ? "[green]all kernels drew the same tokens[/]" : "[red]the kernels drew different tokens[/]");
            return report.Identical ? code : ExitCode.CheckFailed;
        }, model, batch, runs);
    }

    private static BrainBenchReport Measure(GgufFile file, int batch, int runs, CancellationToken cancellation)
    {
        using var kernels = HostKernels.Open(useOpenCl: true);
        var contenders = new List<BrainContender>
        {
            new("managed baseline", kernels.Baseline.Backend, kernels.Baseline.Plan),
            new("start kernel (plain)", kernels.Start.Backend, kernels.Start.Plan),
        };
        if (kernels.Designs.Name.StartsWith("opencl", StringComparison.Ordinal))
        {
            contenders.Add(new($"opencl, {kernels.Baseline.Plan.Describe()}", kernels.Designs, kernels.Baseline.Plan));
        }

        return BrainBench.Run(file, contenders, batch, runs: runs, cancel: cancellation);
    }

    private static Command Kernels()
    {
        var runs = Runs(15);
        return CommandLine.Define("kernels", "int8 matrix products of every backend", async (words, screen, cancellation) =>
        {
            var settings = new MeasurementSettings(Rounds: words.GetValue(runs));
            var rows = await Waiting.ForAsync(
                screen, "measuring in interleaved pairs", Task.Run(() => KernelBench.Run(settings: settings), cancellation).WaitAsync(cancellation))
                .ConfigureAwait(false);
            return Print(screen, "kernels", rows.Select(r => new BenchRow(r.Name, r.Unit, r.Ours, r.Theirs, r.Against, r.Ratio, r.Runs)));
        }, runs);
    }

    private static Command Simulator()
    {
        var runs = Runs(5);
        return CommandLine.Define("sim", "The compiled simulator beside Verilator -O3", async (words, screen, cancellation) =>
        {
            using var work = new WorkFolder();
            var rows = new List<BenchRow>();
            foreach (var side in SystolicBench.Sides)
            {
                rows.AddRange(screen.Need(await Waiting.ForAsync(
                    screen, $"systolic {side}x{side}: building with Verilator -O3, then both in turn", SystolicBench.MeasureAsync(
                        side, words.GetValue(runs), Path.Combine(work.Path, $"systolic{side}"), cancellation)).ConfigureAwait(false)));
            }

            rows.AddRange(screen.Need(await Waiting.ForAsync(
                screen, "RV32I core: building with Verilator -O3, then both in turn", CpuBench.MeasureAsync(
                    words.GetValue(runs), Path.Combine(work.Path, "rv32i"), cancellation)).ConfigureAwait(false)));
            foreach (var side in SimulatorBench.Sides)
            {
                rows.AddRange(screen.Need(await Waiting.ForAsync(
                    screen, $"{side}x{side}: building with Verilator -O3, then both in turn", SimulatorBench.MeasureAsync(
                        side, words.GetValue(runs), Path.Combine(work.Path, $"{side}"), cancellation)).ConfigureAwait(false)));
            }

            var code = Print(screen, "simulator", rows);
            screen.Line("[grey]timed: the loop alone, without reading files or starting processes; systolic arrays take fresh random operands[/]");
            screen.Line("[grey]and all outputs are read in every cycle, engines run in a closed loop with a host; both sides took the same[/]");
            screen.Line("[grey]cycles and gave the same outputs; the opponent is the faster of hierarchical and flat[/]");
            return code;
        }, runs);
    }

    private static Command Area()
    {
        var record = new Option<string?>("--record") { Description = "Synthesise random designs anew and write the table here", HelpName = "FILE" };
        var count = Words.Count("--count", "N", "Designs to record", 36);
        var seed = Words.Seed();
        return CommandLine.Define("area", "The area and clock model beside real place-and-route runs", (words, screen, cancellation) =>
            words.GetValue(record) is { } file
                ? RecordAsync(file, words.GetValue(count), words.GetValue(seed), screen, cancellation)
                : Task.FromResult(Print(screen, "area and clock model", AreaBench.Measure(AreaModel.Hx8kTable()))),
            record, count, seed);
    }

    private static Command Utilisation()
    {
        var workload = Words.Workload();
        return CommandLine.Define("utilisation", "How busy the PEs of every kind of array are on one GEMM, or on each layer of a workload", async (words, screen, cancellation) =>
        {
            var layers = words.GetValue(workload) is { } file ? screen.Need(WorkloadDocument.Read(file)) : null;
            var found = await Waiting.ForAsync(screen, $"simulating {layers?.Name ?? $"{UtilisationBench.Shape}"} on each", Task.Run(
                () => layers is null
                    ? UtilisationBench.Engines.Select(e => UtilisationBench.Measure(e, UtilisationBench.Shape)).ToList()
                    : UtilisationBench.Engines.SelectMany(e => UtilisationBench.Measure(e, layers)).ToList(), cancellation)
                .WaitAsync(cancellation)).ConfigureAwait(false);
            var code = Print(screen, "utilisation", found.Select(f => f.Row));
            var isExact = found.TrueForAll(f => f.IsExact);
            screen.Line(isExact
                ? "[green]simulated cycles are those of the cost model, outputs the product[/]"
                : "[red]a simulation differs from the cost model or the integer reference[/]");
            return isExact ? code : ExitCode.CheckFailed;
        }, workload);
    }

    private static Command Engine()
    {
        var seeds = Words.Count("--seeds", "N", "Place and route runs", 5);
        return CommandLine.Define("fpga", "Multiply-accumulates a second that a complete routed engine sustains", (words, screen, cancellation) =>
            EngineAsync(words.GetValue(seeds), screen, cancellation), seeds);
    }

    private static async Task<int> EngineAsync(int seeds, Screen screen, CancellationToken cancellation)
    {
        using var work = new WorkFolder();
        using var kernels = HostKernels.Open(useOpenCl: false);
        using var agent = screen.Need(AgentInference.Load(SeedModel.Path, kernels.Start));
        var workload = agent.Model.MatrixProducts(batch: 64);
        var rows = new List<BenchRow>();
        foreach (var (example, device, targetMhz) in FpgaBench.Contenders)
        {
            var engine = screen.Need(Words.ReadArchitecture(Path.Combine(SeedModel.Root, "agent", "examples", example))).Architecture;
            rows.AddRange(screen.Need(await Waiting.ForAsync(
                screen, $"{device.Title}: yosys, then nextpnr-ice40 with {seeds} seeds", FpgaBench.MeasureAsync(
                    engine, device, targetMhz, workload, seeds, Path.Combine(work.Path, device.Name), Tell, cancellation)).ConfigureAwait(false)));
        }

        var code = Print(screen, "routed engine", rows);
        screen.Line("[grey]ours: multiply-accumulates a cycle on the workload by the exact cost model, with a host that keeps up, x routed clock[/]");
        return code;

        void Tell(SynthesisReport found)
        {
            screen.Line($"{found.Device.Title}: {found.LogicCells} logic cells, {found.Brams} BRAMs, {found.Dsps} DSP blocks");
            foreach (var attempt in found.Attempts)
            {
                screen.Line($"seed {attempt.Seed,3} {(attempt.FmaxMhz is { } mhz ? $"{mhz,7:F2} MHz" : "not routed")}");
            }
        }
    }

    private static async Task<int> RecordAsync(string file, int count, ulong seed, Screen screen, CancellationToken cancellation)
    {
        using var work = new WorkFolder();
        var rows = new List<SynthesisRow>();
        await Bar.RunAsync(screen, $"synthesising {count} designs", count, async advance =>
        {
            var table = new StringBuilder(SynthesisRow.Header).Append('\n');
            await foreach (var (row, whyNot) in SynthesisRecorder.RecordAsync(new(seed), count, work.Path, cancellation).ConfigureAwait(false))
            {
                rows.Add(row);
                // Written after every row: hours of work survive an interruption.
                AtomicFile.WriteText(file, table.Append(row.ToCsv()).Append('\n').ToString());
                screen.Line(whyNot is null
                    ? $"{row.Architecture.Name,-40} {row.LogicCells,5} logic cells {row.Brams,3} BRAMs {row.FmaxMhz,7:F2} MHz"
                    : $"{row.Architecture.Name,-40} [yellow]{Show.Escape(whyNot.Message)}[/]");
                advance();
            }
        }).ConfigureAwait(false);
        screen.Line($"[green]wrote[/] {Show.Escape(Repository.Shown(file))}");
        return rows.Count(r => r.FmaxMhz > 0) >= 3 ? Print(screen, "area and clock model on these rows", AreaBench.Measure(rows)) : ExitCode.Done;
    }

    private static int Print(Screen screen, string title, IEnumerable<BenchRow> rows)
    {
        var report = new BenchReport(Machine.Describe(), rows.ToEquatableArray());
        var table = Show.Table(title, ("what", false), ("unit", false), ("ours", true), ("theirs", true), ("ratio", true), ("runs", true));
        foreach (var group in report.Rows.GroupBy(r => r.Against))
        {
            table.AddRow(new Markup($"[grey]against {Show.Escape(group.Key)}[/]"));
            foreach (var row in group)
            {
                table.AddRow(
                    new Text(row.Name), new Text(row.Unit), new Text(Show.Number(row.Ours)), new Text(Show.Number(row.Theirs)),
                    new Markup($"[{(row.Ratio >= 1 ? "green" : "yellow")}]{Show.Ratio(row.Ratio)}[/]"), new Text($"{row.Runs}"));
            }
        }

        screen.Show(table);
        screen.Line($"[grey]{Show.Escape(report.Machine.Processor)}, {report.Machine.Cores} cores; medians; a ratio above 1 means ours is better[/]");
        screen.Result(report);
        return ExitCode.Done;
    }

    private static Option<int> Runs(int otherwise) => Words.Count("--runs", "N", "Timed runs of each side, interleaved", otherwise);
}
