using System.Diagnostics;
using Spectre.Console;

namespace HwSeed.Cli.Screens;

/// <summary>Shows that a single long step goes on: a moving line on a terminal, one plain line elsewhere.</summary>
internal static class Waiting
{
    public static async Task<T> ForAsync<T>(Screen screen, string what, Task<T> work)
    {
        if (screen.Live is not { } live)
        {
            screen.Note($"{Show.Escape(what)} ...");
            return await work.ConfigureAwait(false);
        }

        var clock = Stopwatch.StartNew();
        return await live.Status().Spinner(Spinner.Known.Line).StartAsync(Text(), async status =>
        {
            while (await Task.WhenAny(work, Task.Delay(250)).ConfigureAwait(false) != work)
            {
                status.Status(Text());
            }

            return await work.ConfigureAwait(false);
        }).ConfigureAwait(false);

        string Text() => $"{Show.Escape(what)}  [grey]{clock.Elapsed.TotalSeconds:F0} s[/]";
    }
}
