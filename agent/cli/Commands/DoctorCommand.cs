using System.CommandLine;
using HwSeed.Agent.Benches;
using HwSeed.Cli.Screens;
using HwSeed.Toolchain;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed doctor</c>: what this machine has and what it lacks.</summary>
internal static class DoctorCommand
{
    public static Command Create() =>
        CommandLine.Define("doctor", "List the tools, what each is for and how to install it", (_, screen, cancellation) => RunAsync(screen, cancellation));

    private static async Task<int> RunAsync(Screen screen, CancellationToken cancellation)
    {
        var tools = await Waiting.ForAsync(screen, "trying every tool", Doctor.InspectAsync(cancellation)).ConfigureAwait(false);
        var machine = await Task.Run(Machine.Describe, cancellation).ConfigureAwait(false);
        var table = Show.Table(null, ("tool", false), ("version", false), ("for", false), ("apt-get install", false), ("", false));
        foreach (var tool in tools)
        {
            var state = tool.Works ? "[green]works[/]" : tool.Optional ? "[yellow]missing, optional[/]" : "[red]missing[/]";
            table.AddRow(
                new Text(tool.Name), new Text(tool.Version ?? "-"), new Text(tool.Purpose), new Text(tool.Package),
                new Markup(state + (tool.Note.Length > 0 && (!tool.Works || tool.Path is not null) ? $"\n[grey]{Show.Escape(tool.Note)}[/]" : "")));
        }

        screen.Show(table);
        screen.Show(Show.Facts(
            ("processor", Show.Escape($"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGib:F0} GiB")),
            ("instructions", Show.Escape(string.Join(", ", machine.Instructions))),
            ("OpenCL device", machine.OpenClDevice is { } device ? Show.Escape(device) : "[yellow]none: kernels run on managed code[/]"),
            ("system", Show.Escape($"{machine.System}, {machine.Runtime}")),
            ("confinement", Confinement.Level switch
            {
                ConfinementLevel.Bubblewrap => "bubblewrap: no network, read-only root, home hidden",
                ConfinementLevel.PidNamespace => "[yellow]process-id namespace and limits, no bubblewrap[/]",
                _ => "[yellow]process group and limits only[/]",
            })));
        var missing = tools.Where(t => !t.Works && !t.Optional).ToList();
        if (missing.Count > 0)
        {
            screen.Line();
            screen.Line($"[yellow]to install what is missing:[/] sudo apt-get install {string.Join(' ', missing.Select(t => t.Package).Distinct())}");
            screen.Line("without it, the steps that need it are skipped and reported as such");
        }

        screen.Result(new { Machine = machine, Confinement = Confinement.Level, Tools = tools });
        return missing.Count > 0 ? ExitCode.ToolMissing : ExitCode.Done;
    }
}
