using System.CommandLine;
using System.Globalization;
using HwSeed.Agent.ChipRuns;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Loop;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Toolchain;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed chip-run</c>: the agent's model writes, its matrix products on the simulated chip.</summary>
internal static class ChipRunCommand
{
    public static System.CommandLine.Command Create()
    {
        var model = new Option<string?>("--model") { Description = "A GGUF file; the agent's own when left out", HelpName = "F" };
        var architecture = new Option<string?>("--arch") { Description = "An architecture.yaml of 8-bit operands; agent/examples/os-3x3-broadcast.yaml when left out", HelpName = "F" };
        var tokens = Words.Count("--tokens", "N", "Tokens to write", 32);
        var prompt = new Option<string?>("--prompt")
        {
            Description = "Words of the model's vocabulary to go on from; the question for a design for the default goal when left out",
            HelpName = "TEXT",
        };
        var seed = Words.Seed();
        var verilator = new Option<bool?>("--verilator")
        {
            Description = "Run one transformer block's products in Verilator as well, and fail when it is not installed (exit 3); 'false' leaves it out; when it is installed, otherwise",
            HelpName = "true|false",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var fault = new Option<int?>("--inject-fault")
        {
            Description = "Break the simulated chip in one place on purpose, to see that it is caught (exit 1)",
            HelpName = "SEED",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return CommandLine.Define(
            "chip-run", "Let the model write with its matrix products on the simulated chip, token for token as on the host",
            (words, screen, cancellation) =>
            {
                var engine = screen.Need(Words.ReadArchitecture(
                    words.GetValue(architecture) ?? Path.Combine(SeedModel.Root, "agent", "examples", "os-3x3-broadcast.yaml")));
                var path = words.GetValue(model) ?? SeedModel.Path;
                int? broken = words.GetResult(fault) is null ? null : words.GetValue(fault) ?? 1;
                bool? wanted = words.GetResult(verilator) is null ? null : words.GetValue(verilator) ?? true;
                var request = new ChipRunRequest(
                    path, engine, words.GetValue(tokens), words.GetValue(prompt), new(words.GetValue(seed)), broken);
                return RunAsync(request, wanted, screen, cancellation);
            },
            model, architecture, tokens, prompt, seed, verilator, fault);
    }

    private static async Task<int> RunAsync(ChipRunRequest request, bool? verilator, Screen screen, CancellationToken cancellation)
    {
        var skipped = WhyNotVerilator(
            verilator, request.FaultSeed is not null, ExternalTool.Missing(ExternalTool.Verilator, ExternalTool.Compiler));
        Checked<ChipRun>? made = null;
        await Bar.RunAsync(screen, "writing on the simulated chip", request.Tokens, async advance =>
            made = await Task.Run(() => ChipRun.Run(request, advance, cancellation), cancellation).WaitAsync(cancellation).ConfigureAwait(false))
            .ConfigureAwait(false);
        var run = screen.Need(made!);
        Show(request, run, screen);

        using var work = new WorkFolder();
        var block = skipped is not null ? null : screen.Need(await Waiting.ForAsync(
            screen, "building and replaying one block in Verilator",
            EngineVerification.RunAsync(run.Architecture, run.Block, work.Path, cancellation: cancellation)).ConfigureAwait(false));
        work.Keep = block is { Passed: false };
        Show(block, skipped, work, screen);
        screen.Result(Document(request, run, block, skipped, work.Keep ? work.Path : null));
        return run.Passed && block is not { Passed: false } ? ExitCode.Done : ExitCode.CheckFailed;
    }

    /// <summary>Why Verilator is left out, null when it is not; throws when it was asked for and cannot be had.</summary>
    /// <param name="wanted">What the user said, null for nothing.</param>
    /// <param name="broken">Whether the chip is broken on purpose.</param>
    /// <param name="missing">Diagnostics for tools that are not installed.</param>
    internal static string? WhyNotVerilator(bool? wanted, bool broken, IReadOnlyList<Diagnostic> missing) => wanted switch
    {
        true when broken => throw InvalidInputException.Of(CommandDiagnostics.Choice(
            "--verilator runs the right engine and --inject-fault breaks the simulated one; give one of them")),
        true when missing.Count > 0 => throw new InvalidInputException([.. missing]),
        false => "left out by request",
        _ when broken => "the chip is broken on purpose",
        _ when missing.Count > 0 => string.Join("; ", missing.Select(m => m.Message)),
        _ => null,
    };

    private static void Show(ChipRunRequest request, ChipRun run, Screen screen)
    {
        screen.Show(Screens.Show.Facts(
        [
            ("engine", $"{Screens.Show.Escape(run.Architecture.Name)}: {Screens.Show.Engine(run.Architecture)}"),
            ("model", $"{Screens.Show.Escape(Repository.Shown(request.ModelPath))}: {run.Model.Layers} blocks of width {run.Model.Embedding}, {Screens.Show.Number(run.Model.Parameters)} parameters"),
            ("prompt", Screens.Show.Escape(string.Join(' ', run.Prompt))),
            ("written", Screens.Show.Escape(string.Join(' ', run.Tokens))),
            .. run.Fault is null ? [] : new[] { ("fault", Screens.Show.Escape(run.Fault)) },
        ]));
        Table($"the prompt, {run.Prompt.Count} tokens together", run.Passes[0], run, screen);
        if (run.TokenPasses.Any())
        {
            Table("a token", run.Passes[^1], run, screen);
        }

        screen.Show(Screens.Show.Facts(
            ("chip", $"[bold]{Screens.Show.Number(run.SimulatedCycles)}[/] cycles: {Screens.Show.Number(run.Passes[0].SimulatedCycles)} for the prompt"
                + (run.TokenPasses.Any() ? $", {Screens.Show.Number(run.TokenPasses.Sum(p => p.SimulatedCycles) / run.TokenPasses.Count())} a token behind the first" : "")
                + $"; {Screens.Show.Number(run.PredictedCycles)} predicted  " + Mark(run.CycleDifference, "every product as predicted")),
            ("utilisation", $"{Screens.Show.Share(run.Utilisation(run.Macs, run.SimulatedCycles))} of the PE cycles multiply ({Screens.Show.Number(run.Macs)} multiply-accumulates on {run.Architecture.MacsPerCycle} PEs)"),
            ("sums", $"{Screens.Show.Number(run.ComparedSums)}  {Mark(run.SumDifference, "bit for bit the host's")}"),
            ("tokens", $"{run.Tokens.Count}  {Mark(run.TokenDifference is { } t ? $"token {t.Place + 1} is '{t.Chip}', the host writes '{t.Host}'" : null, "token for token the host's")}"),
            ("on the host", $"norms, rotary embedding, softmax, SwiGLU, sampling, and attention's own products: float32, {Screens.Show.Number(run.HostAttentionMacs)} multiply-accumulates"),
            ("time", $"{run.Times.Chip:F1} s on the simulated chip ({Screens.Show.Number(run.SimulatedCycles / Math.Max(run.Times.Chip, 1e-9) / 1e6)} million cycles a second), "
                + $"{Screens.Show.Number(1000 * run.Times.Host)} ms on the host, {run.Times.Compile:F1} s to compile")));
    }

    private static void Table(string title, ChipPass pass, ChipRun run, Screen screen)
    {
        var table = Screens.Show.Table(
            title, ("product", false), ("M x K x N", false), ("runs", true), ("predicted", true), ("simulated", true), ("share", true), ("PEs busy", true));
        foreach (var each in pass.Operations)
        {
            Row($"{each.Name}{(each.Exchanged ? " *" : "")}", each.Shape.ToString(), Screens.Show.Number(each.Runs), each.PredictedCycles, each.SimulatedCycles, each.Macs);
        }

        Row("together", "", "", pass.PredictedCycles, pass.SimulatedCycles, pass.Macs);
        screen.Show(table);
        if (pass.Operations.Any(o => o.Exchanged))
        {
            screen.Line("[grey]* operands exchanged: the engine computes the transposed product, output channels on its rows[/]");
        }

        void Row(string name, string shape, string runs, long predicted, long simulated, long macs) => table.AddRow(
            new Text(name), new Text(shape), new Text(runs), new Text(Screens.Show.Number(predicted)),
            new Markup(predicted == simulated ? Screens.Show.Number(simulated) : $"[red]{Screens.Show.Number(simulated)}[/]"),
            new Text(Screens.Show.Share((double)simulated / pass.SimulatedCycles)), new Text(Screens.Show.Share(run.Utilisation(macs, simulated))));
    }

    private static void Show(EngineVerification? block, string? skipped, WorkFolder work, Screen screen)
    {
        screen.Line(block switch
        {
            null => $"[yellow]not compared with Verilator[/]: {Screens.Show.Escape(skipped!)}",
            { Passed: true } => $"[green]Verilator agrees[/] on the first block's {block.Cases.Count} products for the last token: "
                + $"{Screens.Show.Number(block.Cases.Sum(c => c.ModelCycles))} cycles, as simulated and predicted, every port in every cycle"
                + string.Create(CultureInfo.InvariantCulture, $" ({block.BuildTime.TotalSeconds:F1} s to build)"),
            _ => $"[red]Verilator differs[/]: {Screens.Show.Escape(block.Verdict)}\nfiles kept in {Screens.Show.Escape(work.Path)}",
        });
    }

    private static object Document(ChipRunRequest request, ChipRun run, EngineVerification? block, string? skipped, string? files) => new
    {
        Architecture = run.Architecture.Name,
        Model = request.ModelPath,
        Seed = request.Seed.Value,
        run.Fault,
        run.Passed,
        Prompt = run.Prompt.ToArray(),
        Tokens = run.Tokens.ToArray(),
        run.TokenDifference,
        run.SumDifference,
        run.CycleDifference,
        run.ComparedSums,
        run.PredictedCycles,
        run.SimulatedCycles,
        run.Macs,
        Utilisation = run.Utilisation(run.Macs, run.SimulatedCycles),
        HostFloatMacs = run.HostAttentionMacs,
        Passes = run.Passes.Select(pass => new
        {
            pass.Rows,
            pass.PredictedCycles,
            pass.SimulatedCycles,
            Utilisation = run.Utilisation(pass.Macs, pass.SimulatedCycles),
            Products = pass.Operations.Select(o => new
            {
                o.Name,
                Gemm = o.Shape.ToString(),
                o.Exchanged,
                o.Runs,
                o.PredictedCycles,
                o.SimulatedCycles,
                Utilisation = run.Utilisation(o.Macs, o.SimulatedCycles),
            }).ToArray(),
        }).ToArray(),
        CompileSeconds = run.Times.Compile,
        ChipSeconds = run.Times.Chip,
        HostSeconds = run.Times.Host,
        Verilator = new
        {
            Done = block is not null,
            Skipped = skipped,
            block?.Passed,
            block?.Verdict,
            BuildSeconds = block?.BuildTime.TotalSeconds,
            Products = block?.Cases.Select(c => new { Gemm = c.Shape.ToString(), c.PredictedCycles, c.SimulatedCycles, VerilatorCycles = c.ModelCycles, Exact = c.Passed }).ToArray(),
            Files = files,
        },
    };

    private static string Mark(string? difference, string agrees) =>
        difference is null ? $"[green]{agrees}[/]" : $"[red]{Screens.Show.Escape(difference)}[/]";
}
