using System.CommandLine;
using HwSeed.Cli.Screens;
using HwSeed.Hdl;
using HwSeed.Sim.Cosimulation;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed cosim</c>: anyone's Verilog in our simulator and in Verilator, every output in every half cycle.</summary>
internal static class CosimCommand
{
    public static Command Create()
    {
        var files = SourceWords.Files();
        var (top, include, defines) = (SourceWords.Top(required: true), SourceWords.Include(), SourceWords.Defines());
        var parameters = new Option<string[]>("-P", "--param") { Description = "A parameter of the top module; may be repeated", HelpName = "NAME=V" };
        var clocks = new Option<string[]>("--clock") { Description = "A clock input; may be repeated; found by what changes state when left out", HelpName = "CLK" };
        var resets = new Option<string[]>("--reset") { Description = "A reset input; may be repeated; found by its edges or name when left out", HelpName = "RST" };
        var cycles = Words.Count("--cycles", "N", "Cycles of the first clock", 10_000);
        var seed = Words.Count("--seed", "S", "Decides the inputs", 1, least: 0);
        return CommandLine.Define(
            "cosim", "Simulate Verilog in lockstep with Verilator on random inputs", async (words, screen, cancellation) =>
            {
                var cosim = new VerilogCosim(words.GetRequiredValue(files).ToEquatableArray(), words.GetRequiredValue(top)!)
                {
                    Options = SourceWords.Options(words.GetValue(include), words.GetValue(defines)),
                    Parameters = SimulationWords.Parameters(words.GetValue(parameters) ?? []),
                    Clocks = (words.GetValue(clocks) ?? []).ToEquatableArray(),
                    Resets = (words.GetValue(resets) ?? []).ToEquatableArray(),
                    Cycles = words.GetValue(cycles),
                    Seed = words.GetValue(seed),
                };
                var design = screen.Need(cosim.Read());
                using var work = new WorkFolder();
                var report = screen.Need(await Waiting.ForAsync(
                    screen, "building and running Verilator", cosim.RunAsync(work.Path, null, cancellation)).ConfigureAwait(false));
                work.Keep = !report.Agreed;
                Report(cosim, design.Top, report, work, screen);
                return report.Agreed ? ExitCode.Done : ExitCode.CheckFailed;
            },
            files, top, include, defines, parameters, clocks, resets, cycles, seed);
    }

    private static void Report(VerilogCosim cosim, CosimTop top, CosimReport report, WorkFolder work, Screen screen)
    {
        screen.Show(Show.Facts(
        [
            ("top", $"{Show.Escape(top.Name)}, {top.Driven.Count()} inputs, {top.Compared.Count()} outputs"),
            ("clocks", Show.Escape(top.Clocks.Count == 0 ? "none" : string.Join(", ", top.Clocks))),
            ("resets", Show.Escape(top.Resets.Count == 0 ? "none" : string.Join(", ", top.Resets.Select(r => r.ActiveLow ? $"{r.Port} (low)" : r.Port)))),
            ("time", $"Verilator {report.BuildTime.TotalSeconds:F1} s to build and {report.TheirTime.TotalSeconds:F2} s to run, ours {report.OurTime.TotalSeconds:F2} s"),
        ]));
        if (report.Difference is not { } difference)
        {
            screen.Line($"[green]agree[/] on every output in all {Show.Number(report.Cycles)} cycles ({Show.Number(report.Steps)} steps), seed {cosim.Seed}");
        }
        else
        {
            screen.Line($"[red]differ[/] in cycle {Show.Number(difference.Cycle)} (step {Show.Number(difference.Step)}): output "
                + $"[bold]{Show.Escape(difference.Port)}[/] is {difference.Got}, Verilator has {difference.Expected}");
            var table = Show.Table(
                "what the output depends on", ("signal", false), ("steps away", true), ("ours", true), ("Verilator", true), ("differs from step", true), ("", false));
            foreach (var signal in report.Cone)
            {
                table.AddRow(
                    Show.Escape(signal.Path), Show.Number(signal.Depth), signal.Ours, signal.Theirs ?? "-",
                    signal.FirstDifference is { } first ? $"[red]{Show.Number(first)}[/]" : "", signal.IsOrigin ? "[bold red]it begins here[/]" : "");
            }

            screen.Show(table);
            screen.Line($"files kept in {Show.Escape(work.Path)}");
        }

        screen.Result(new
        {
            Top = top.Name,
            Clocks = top.Clocks.ToArray(),
            Resets = top.Resets.Select(r => new { r.Port, r.ActiveLow }).ToArray(),
            cosim.Seed,
            report.Agreed,
            report.Cycles,
            report.Steps,
            report.Difference,
            Cone = report.Cone.ToArray(),
            VerificationLevel = report.Agreed ? $"sampled(n={report.Cycles}, seed={cosim.Seed})" : "unverified",
            BuildSeconds = report.BuildTime.TotalSeconds,
            VerilatorSeconds = report.TheirTime.TotalSeconds,
            OurSeconds = report.OurTime.TotalSeconds,
            Files = report.Agreed ? null : work.Path,
        });
    }
}
