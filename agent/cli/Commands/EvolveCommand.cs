using System.CommandLine;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Loop;
using HwSeed.Cli.Screens;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed evolve</c>: the main job.</summary>
internal static class EvolveCommand
{
    public static Command Create()
    {
        var goal = new Argument<string?>("GOAL")
        {
            Description = "A goal.yaml; agent/goals/brain-on-ice40.yaml when left out",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var generations = Words.Count("--generations", "N", "Overrides the goal's number of generations", 0);
        generations.DefaultValueFactory = null;
        var seed = new Option<ulong?>("--seed") { Description = "Overrides the goal's seed", HelpName = "S" };
        var resume = new Option<string?>("--resume") { Description = "Go on with an interrupted run", HelpName = "RUN" };
        var runs = new Option<string>("--runs") { Description = "Where runs are kept; runs/ beside the launcher when left out", HelpName = "DIR" };
        var without = new Option<string[]>("--without")
        {
            Description = "Leave a rung out, as on a machine without its tools: verified, synthesised, kernel",
            HelpName = "RUNG",
            AllowMultipleArgumentsPerToken = true,
        };
        without.AcceptOnlyFromAmong("verified", "synthesised", "kernel");
        return CommandLine.Define(
            "evolve", "Design, prove and synthesise chips for a goal, and adopt the kernels that come of it", (words, screen, cancellation) =>
            {
                var resumed = words.GetValue(resume);
                if (resumed is not null && (words.GetValue(goal) is not null || words.GetValue(seed) is not null
                    || words.GetResult(generations) is not null || words.GetResult(without) is not null))
                {
                    throw InvalidInputException.Of(CommandDiagnostics.Choice(
                        "a resumed run keeps the goal, seed, generations and rungs that it began with; give --resume alone"));
                }

                return RunAsync(new(words.GetValue(goal) ?? SeedModel.DefaultGoal, words.GetValue(runs) ?? Repository.DefaultRuns)
                {
                    ResumeFolder = resumed,
                    Generations = words.GetResult(generations) is null ? null : words.GetValue(generations),
                    Seed = words.GetValue(seed),
                    Without = (words.GetValue(without) ?? []).Distinct().Select(w => Enum.Parse<Rung>(w, ignoreCase: true)).ToEquatableArray(),
                }, screen, cancellation);
            },
            goal, generations, seed, resume, runs, without);
    }

    private static async Task<int> RunAsync(EvolveOptions options, Screen screen, CancellationToken cancellation)
    {
        var shown = new EvolveScreen(screen);
        try
        {
            var finished = await shown.RunAsync(progress => Task.Run(
                () => Evolution.RunAsync(options, progress, cancellation), cancellation)).ConfigureAwait(false);
            var summary = screen.Need(finished);
            shown.Finish(summary);
            screen.Result(summary);
            return summary.OutputsIdentical ? ExitCode.Done : ExitCode.CheckFailed;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            if (shown.RunFolder is { } folder)
            {
                screen.Note($"[yellow]interrupted[/]; go on with: ./hwseed evolve --resume {Show.Escape(Repository.Shown(folder))}");
                return ExitCode.Interrupted;
            }

            throw;
        }
    }
}
