using System.CommandLine;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim.RoundTrips;
using HwSeed.Toolchain;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed roundtrip</c>: Verilog is read, printed and read again, and shown to be the same design.</summary>
internal static class RoundTripCommand
{
    public static Command Create()
    {
        var files = SourceWords.Files();
        var (top, include, defines) = (SourceWords.Top(required: true), SourceWords.Include(), SourceWords.Defines());
        var cycles = Words.Count("--cycles", "N", "Cycles on random inputs", 10_000);
        var seed = Words.Count("--seed", "S", "Decides the inputs", 1, least: 0);
        var limit = Words.Count("--limit", "SECONDS", "Time for the proof by Yosys; 0 for none", 60, least: 0);
        var alone = new Option<bool>("--no-verilator") { Description = "Do not run Verilator on the original" };
        var output = new Option<string?>("--out") { Description = "Write the printed text to a file", HelpName = "F" };
        return CommandLine.Define(
            "roundtrip", "Read Verilog, print it, and show that both are one design", (words, screen, cancellation) =>
            {
                var options = new RoundTripOptions(words.GetValue(cycles), words.GetValue(seed))
                {
                    WithVerilator = !words.GetValue(alone),
                    WithProof = words.GetValue(limit) > 0,
                    Proof = new(TimeSpan.FromSeconds(words.GetValue(limit))),
                };
                return RunAsync(
                    words.GetRequiredValue(files), words.GetRequiredValue(top)!,
                    SourceWords.Options(words.GetValue(include), words.GetValue(defines)), options, words.GetValue(output), screen, cancellation);
            },
            files, top, include, defines, cycles, seed, limit, alone, output);
    }

    private static async Task<int> RunAsync(
        string[] files, string top, VerilogOptions verilog, RoundTripOptions options, string? output, Screen screen, CancellationToken cancellation)
    {
        using var folder = new WorkFolder();
        var report = screen.Need(await RoundTrip.RunAsync(files, top, verilog, options, folder.Path, cancellation).ConfigureAwait(false));
        if (output is not null)
        {
            await File.WriteAllTextAsync(output, report.Printed, cancellation).ConfigureAwait(false);
        }

        var facts = new List<(string, string)>
        {
            ("tree", report.TreesEqual ? "[green]equal after printing and reading again[/]" : "[red]differs after printing and reading again[/]"),
        };
        if (report.Steps > 0)
        {
            facts.Add(("simulated", report.Difference is { } d
                ? $"[red]step {Show.Number(d.Step)}: {Show.Escape(d.Port)} is {d.Original} in the original and {d.Printed} in the printed text[/]"
                : $"{Show.Number(report.Steps)} steps of both texts {(report.IsExhaustive ? "(all inputs) " : "")}[green]equal[/]"));
        }

        if (report.Verilator is { } run)
        {
            facts.Add(("Verilator", run.Difference is { } d
                ? $"[red]cycle {Show.Number(d.Cycle)}: {Show.Escape(d.Port)} is {d.Expected} there and {d.Got} here[/]"
                : $"{Show.Number(run.Cycles)} cycles of the original [green]equal[/] to the printed text here"));
        }

        if (report.Proof is { } proof)
        {
            facts.Add(("Yosys", $"{Show.Escape(Verdict(proof.Verdict))} in {Show.Number(proof.Elapsed.TotalSeconds)} s"));
        }

        facts.AddRange(report.Notes.Select(n => ("note", Show.Escape(n))));
        facts.Add(("level", report.Agreed ? $"[bold green]{report.Level}[/]" : $"[bold red]{report.Level}[/]"));
        screen.Show(Show.Facts(facts));
        if (report.Proof?.Verdict is NotEquivalent { Counterexample: var table })
        {
            screen.Text($"inputs that lead to different outputs (gold: original, gate: printed):\n{table}\n");
        }

        screen.Result(new
        {
            report.Top,
            report.Agreed,
            report.Level,
            report.TreesEqual,
            report.Steps,
            Exhaustive = report.IsExhaustive,
            report.Options.Cycles,
            report.Options.Seed,
            report.Difference,
            VerilatorAgreed = report.Verilator?.Agreed,
            VerilatorCycles = report.Verilator?.Cycles,
            Proof = report.Proof is null ? null : Verdict(report.Proof.Verdict),
            ProofSeconds = report.Proof?.Elapsed.TotalSeconds,
            Notes = report.Notes.ToArray(),
            Printed = output,
        });
        return report.Agreed ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static string Verdict(EquivalenceVerdict verdict) => verdict switch
    {
        Proved => "proved",
        Bounded b => $"equal for {b.Samples} samples",
        NotEquivalent => "not equivalent",
        GaveUp => "no answer",
        _ => throw new System.Diagnostics.UnreachableException(verdict.GetType().Name),
    };
}
