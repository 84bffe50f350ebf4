using Spectre.Console;

namespace HwSeed.Cli.Screens;

/// <summary>Progress over a known number of steps, with the time that is left; only on a terminal.</summary>
internal static class Bar
{
    public static async Task RunAsync(Screen screen, string what, int steps, Func<Action, Task> work)
    {
        if (screen.Live is not { } live)
        {
            screen.Note($"{Show.Escape(what)} ...");
            await work(() => { }).ConfigureAwait(false);
            return;
        }

        await Columns(live).StartAsync(async context =>
        {
            var task = context.AddTask(Show.Escape(what), maxValue: steps);
            await work(() => task.Increment(1)).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>What it is, how far it is, how long it has taken and will take.</summary>
    public static Progress Columns(IAnsiConsole console) => console.Progress().AutoClear(true).HideCompleted(false).Columns(
        new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new StepsColumn(),
        new ElapsedTimeColumn(), new RemainingTimeColumn());

    private sealed class StepsColumn : ProgressColumn
    {
        public override Spectre.Console.Rendering.IRenderable Render(
            Spectre.Console.Rendering.RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text($"{task.Value:F0} of {task.MaxValue:F0}").RightJustified();
    }
}
