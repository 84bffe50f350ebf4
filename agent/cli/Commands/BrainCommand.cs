using System.CommandLine;
using HwSeed.Agent.Loop;
using HwSeed.Cli.Screens;
using HwSeed.Hdl;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed brain</c>: the agent's own model.</summary>
internal static class BrainCommand
{
    private const int Shown = 20;

    public static Command Create() => new("brain", "The agent's own model: train it, let it write designs, measure it")
    {
        BrainTrainCommand.Create(), Generate(), BenchCommand.Brain("bench"),
    };

    private static Command Generate()
    {
        var goal = new Option<string?>("--goal") { Description = "What the designs are for; the default goal when left out", HelpName = "F" };
        var model = new Option<string?>("--model") { Description = "A GGUF file; the goal's own model when left out", HelpName = "F" };
        var count = Words.Count("--count", "N", "Designs to write", 20);
        var seed = Words.Seed();
        return CommandLine.Define("generate", "Let the model write designs, and check and price each", async (words, screen, cancellation) =>
        {
            var path = words.GetValue(goal) ?? SeedModel.DefaultGoal;
            var work = Task.Run(
                () => DesignGeneration.Run(path, words.GetValue(model), words.GetValue(count), new(words.GetValue(seed))), cancellation);
            return Print(screen.Need(await Waiting.ForAsync(screen, "sampling", work.WaitAsync(cancellation)).ConfigureAwait(false)), screen);
        }, goal, model, count, seed);
    }

    private static int Print(DesignGeneration written, Screen screen)
    {
        var table = Show.Table(
            $"designs for {Show.Escape(written.Goal)}", ("design", false), ("cycles a pass", true), ("PEs busy", true),
            ("cells", true), ("MHz", true), ("chip tokens/s", true));
        // Fastest first, each once; --json keeps the order of writing.
        var different = written.Designs.DistinctBy(d => d.Evaluation.DesignId).OrderByDescending(d => d.ChipTokensPerSecond ?? 0).ToList();
        foreach (var design in different.Take(Shown))
        {
            var name = new Text(design.Evaluation.Proposal.Architecture.Name);
            if (design.Evaluation.Mapped is { } mapped)
            {
                table.AddRow(
                    name, new Text(Show.Number(mapped.Cycles)), new Text(Show.Share(mapped.Utilisation)),
                    new Text(Show.Number(mapped.PredictedLuts ?? 0)), new Text(Show.Number(mapped.PredictedFmaxMhz ?? 0)),
                    new Text(Show.Number(design.ChipTokensPerSecond ?? 0)));
            }
            else
            {
                table.AddRow(name, new Markup("[yellow]rejected[/]"));
            }
        }

        screen.Show(table);
        if (different.Count > Shown)
        {
            screen.Line($"[grey]and {different.Count - Shown} more (--json lists all)[/]");
        }

        var rejected = written.Designs.Where(d => d.Evaluation.Rejected is not null).ToList();
        screen.Line(
            $"{written.Designs.Count - rejected.Count} of {written.Designs.Count} pass the rules and have a mapping, {different.Count} are different; cells and MHz are estimates;"
            + $" written at {Show.Number(written.SampledTokensPerSecond)} tokens/s");
        foreach (var group in rejected.GroupBy(d => d.Evaluation.Rejected!.Reasons[0]).OrderByDescending(g => g.Count()).Take(5))
        {
            screen.Line($"  [yellow]{group.Count()}[/] rejected: {Show.Escape(group.Key)}");
        }

        screen.Result(new
        {
            written.Goal,
            written.SampledTokensPerSecond,
            Designs = written.Designs.Select(d => new
            {
                d.Evaluation.Proposal.Architecture,
                Rejected = d.Evaluation.Rejected?.Reasons,
                d.Evaluation.Mapped,
                d.ChipTokensPerSecond,
            }).ToEquatableArray(),
        });
        return ExitCode.Done;
    }
}
