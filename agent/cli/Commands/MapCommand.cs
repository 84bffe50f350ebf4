using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using HwSeed.Cli.Screens;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Mapper.Searches;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed map</c>: the best mapping of a matrix product.</summary>
internal static class MapCommand
{
    public static System.CommandLine.Command Create()
    {
        var architecture = Words.Architecture();
        var gemm = Words.Gemm(required: false);
        var workload = Words.Workload();
        var commands = new Option<bool>("--commands") { Description = "Print the command stream as well" };
        return CommandLine.Define("map", "Find the best mapping of a matrix product, or of every layer of a workload, and what it costs", (words, screen, cancellation) =>
            Task.Run(
                () => (words.GetValue(gemm), words.GetValue(workload)) switch
                {
                    ({ } shape, null) => Run(words.GetRequiredValue(architecture), shape, words.GetValue(commands), screen),
                    (null, { } file) when !words.GetValue(commands) => MapWorkload.Run(words.GetRequiredValue(architecture), file, screen),
                    _ => throw InvalidInputException.Of(CommandDiagnostics.Choice("give either --gemm MxKxN, perhaps with --commands, or --workload FILE")),
                },
                cancellation).WaitAsync(cancellation),
            architecture, gemm, workload, commands);
    }

    private static int Run(string path, string gemm, bool showCommands, Screen screen)
    {
        var document = screen.Need(Words.ReadArchitecture(path));
        var (engine, shape) = (document.Architecture, Words.ParseGemm(gemm));
        var space = new Mapspace(shape, engine);
        var found = new ExhaustiveSearch().Best(space);
        if (found.Best is not { } best)
        {
            throw Words.DoesNotRun(document, shape, found.Reason!.Reason);
        }

        var (mapping, cost) = (best.Mapping, best.Cost);
        var plan = KernelPlan.From(mapping);
        var explanation = KernelPlan.Explain(mapping);
        var stream = showCommands ? Scheduler.Lower(mapping) : null;
        screen.Show(Show.Facts(
            ("engine", $"{Show.Escape(engine.Name)}: {Show.Engine(engine)}"),
            ("product", $"{shape}, {Show.Number(shape.Macs)} multiply-accumulates"),
            ("mapspace", $"{Show.Number(space.Count)} mappings, {Show.Number(found.Feasible)} fit, all looked at"),
            ("block", $"{mapping.TileM} x {mapping.TileK} x {mapping.TileN} (M x K x N)"),
            ("cycles", $"[bold]{Show.Number(cost.Cycles)}[/], {Show.Share(cost.Utilisation)} of the PE cycles do work"),
            ("beats", $"{Show.Number(cost.ActivationBeats)} of A, {Show.Number(cost.WeightBeats)} of B, {Show.Number(cost.ResultBeats)} results")));
        Section("loop nest", LoopNest.Of(mapping).ToString(), screen);
        Section("the same nest as a kernel", string.Join('\n', explanation) + "\n", screen);
        if (stream is not null)
        {
            Section($"{stream.Commands.Count} commands", string.Concat(stream.Commands.Select(c => $"{CommandEncoding.Encode(c):x16}  {Describe(c)}\n")), screen);
        }

        screen.Result(new
        {
            Architecture = engine.Name,
            Gemm = shape.ToString(),
            Mapspace = space.Count,
            found.Feasible,
            mapping.TileM,
            mapping.TileN,
            mapping.TileK,
            Order = mapping.Order.Select(d => d.ToString().ToLowerInvariant()).ToArray(),
            Loops = LoopNest.Of(mapping).Loops,
            Cost = cost,
            KernelPlan = plan,
            KernelExplanation = explanation,
            Commands = stream?.Commands.Select(c => new { Word = CommandEncoding.Encode(c).ToString("x16", CultureInfo.InvariantCulture), Text = Describe(c) }).ToArray(),
        });
        return ExitCode.Done;
    }

    private static void Section(string title, string text, Screen screen)
    {
        screen.Line();
        screen.Line($"[bold]{title}[/]");
        screen.Text(text);
    }

    private static string Describe(Hdl.Architectures.Command command) => command switch
    {
        Load c => $"load     {Part(c.InputWords, "A", c.InputBase, c.Activations)}{Part(c.WeightWords, "B", c.WeightBase, c.Weights)}",
        Compute c => $"compute  {c.Length} words from A@{c.InputBase}, B@{c.WeightBase}{(c.AccumulatorBase > 0 ? $", sums@{c.AccumulatorBase}" : "")}{(c.Accumulate ? ", added to the sums" : "")}",
        Store c => $"store    C{Place(c.Results)}",
        Sync => "sync",
        _ => throw new UnreachableException($"command {command.GetType().Name}"),
    };

    private static string Part(int words, string matrix, int address, Block block) =>
        words == 0 ? "" : $"{matrix}{Place(block)} as {words} words to {address}  ";

    private static string Place(Block block) =>
        $"[{block.Row}:{block.Row + block.Rows}, {block.Column}:{block.Column + block.Columns}]";
}
