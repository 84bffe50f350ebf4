using System.Globalization;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Loop;
using HwSeed.Hdl.Diagnostics;
using Spectre.Console;

namespace HwSeed.Cli.Screens;

/// <summary>What a run looks like: bars while a generation works, its tables, and the summary. Told from several threads.</summary>
internal sealed class EvolveScreen(Screen screen) : IProgress<EvolveEvent>
{
    private const int MostReasons = 5;
    private readonly Lock _lock = new();
    private readonly Dictionary<Rung, ProgressTask> _bars = [];
    private ProgressContext? _live;
    private RunStarted? _started;
    private int _generations;

    /// <summary>The run's folder once it is known.</summary>
    public string? RunFolder => _started?.Run.Folder;

    // With --json the document alone goes to standard output; the tables are progress then.
    private IAnsiConsole Console => screen.Json ? screen.Error : screen.Out;

    /// <summary>Runs the work with bars on a terminal, with lines elsewhere.</summary>
    public async Task<Checked<RunSummary>> RunAsync(Func<IProgress<EvolveEvent>, Task<Checked<RunSummary>>> work)
    {
        if (screen.Live is not { } terminal)
        {
            return await work(this).ConfigureAwait(false);
        }

        return await Bar.Columns(terminal).StartAsync(async context =>
        {
            _live = context;
            var finished = await work(this).ConfigureAwait(false);
            lock (_lock)
            {
                RemoveBars();
            }

            return finished;
        }).ConfigureAwait(false);
    }

    /// <summary>Shows an event.</summary>
    public void Report(EvolveEvent value)
    {
        lock (_lock)
        {
            switch (value)
            {
                case RunStarted started:
                    Start(started);
                    break;
                case StartKernelMeasured start:
                    Console.MarkupLine($"start kernel    {Show.Escape(start.Plan)} on {Show.Escape(start.Backend)}: [bold]{Show.Number(start.TokensPerSecond)} tokens/s[/]");
                    break;
                case RungProgress progress:
                    Progress(progress);
                    break;
                case GenerationFinished finished:
                    RemoveBars();
                    Generation(finished.Report);
                    break;
            }
        }
    }

    /// <summary>The one summary at the end.</summary>
    public void Finish(RunSummary summary)
    {
        Console.WriteLine();
        Console.Write(new Panel(SummaryPanel.Of(summary, _started?.Run.Folder ?? ""))
        {
            Header = new PanelHeader($" {Show.Escape(summary.Run)} "),
            UseSafeBorder = true,
            Border = BoxBorder.Rounded,
            BorderStyle = new Style(Color.Green),
            Padding = new Padding(1, 0, 1, 0),
        });
    }

    private void Start(RunStarted started)
    {
        _started = started;
        _generations = started.Goal.Budget.Generations;
        var goal = started.Goal;
        Console.Write(Show.Facts(
            ("goal", $"[bold]{Show.Escape(goal.Name)}[/], seed {goal.Seed}{(started.Resumed ? ", resumed" : "")}"),
            ("workload", $"{started.Workload.Gemms.Count} matrix products of {Show.Escape(started.Workload.Name)}, {Show.Number(started.Workload.Macs / started.Workload.TokensPerPass)} multiply-accumulates a token"),
            ("target", $"{goal.Device.Name}: {Show.Number(goal.Constraints.MaxLuts)} logic cells, {goal.Constraints.MaxBrams} block RAMs"),
            ("objectives", Show.Escape(string.Join(", ", goal.Objectives.Select(o => $"{o.Direction.ToString().ToLowerInvariant()} {o.Metric.Word()}")))),
            ("run", Show.Escape(Repository.Shown(started.Run.Folder)))));
        foreach (var skipped in started.Skipped)
        {
            Console.MarkupLine($"[yellow]skipped[/]: {RungWord(skipped.Rung)}: {Show.Escape(skipped.Reason)} [grey]({Show.Escape(skipped.HowToGet)})[/]");
        }
    }

    private void Progress(RungProgress progress)
    {
        var what = $"generation {progress.Generation}: {RungWord(progress.Rung)}";
        if (_live is null)
        {
            if (progress.Total > 0 && (progress.Done == progress.Total || (progress.Done == 0 && progress.Total > 1)))
            {
                screen.Note($"[grey]{what}: {progress.Done} of {progress.Total}[/]");
            }

            return;
        }

        if (progress.Total == 0)
        {
            return;
        }

        if (!_bars.TryGetValue(progress.Rung, out var bar))
        {
            _bars.Add(progress.Rung, bar = _live.AddTask(what, maxValue: progress.Total));
        }

        // Reports of several threads may overtake each other.
        bar.Value = Math.Max(bar.Value, progress.Done);
        if (bar.IsFinished)
        {
            bar.StopTask();
        }
    }

    private void RemoveBars()
    {
        foreach (var bar in _bars.Values)
        {
            bar.StopTask();
            _live?.RemoveTask(bar);
        }

        if (_bars.Count > 0 && _live is not null)
        {
            // Spectre writes over its bars and leaves what sticks out: clear from their first line on.
            screen.Live?.Write(new ControlCode("\u001b[0J"));
        }

        _bars.Clear();
    }

    private void Generation(GenerationReport report)
    {
        var steps = Show.Table($"generation {report.Generation}", ("step", false), ("designs", true), ("", false));
        steps.Title!.Style = new Style(decoration: Decoration.Bold);
        Step("proposed", report.Proposed, string.Join(", ", report.ByProposer.Select(p => $"{p.Proposer} {p.Taken}")));
        // One reason more is shorter than saying that there is one more.
        var shown = report.Reasons.Count <= MostReasons ? report.Reasons.Count : MostReasons - 1;
        var lines = report.Reasons.Take(shown).Select(r => $"{r.Designs} {r.Reason}").ToList();
        if (report.Reasons.Count > shown)
        {
            lines.Add($"{report.Reasons.Skip(shown).Sum(r => r.Designs)} for {report.Reasons.Count - shown} other reasons");
        }

        Step("rejected by rule", report.RejectedByRule, string.Join('\n', lines));
        Step("mapped", report.Mapped, "exact cycles from the cost model");
        Step("simulated", report.Simulated, "every cycle; outputs exact, cycles as predicted");
        Step("verified", report.Verified, "Verilator agrees on every port in every cycle");
        Step("synthesised", report.Synthesised, "placed, routed, bitstream written");
        Step("kernel measured", report.KernelsMeasured, "the model's outputs compared, then timed in pairs");
        Step("adopted", report.Adopted, report.Adopted > 0
            ? $"{Show.Number(report.TokensPerSecondBefore)} -> {Show.Number(report.TokensPerSecondAfter)} tokens/s in interleaved pairs"
            : $"still {Show.Number(report.TokensPerSecondAfter)} tokens/s");
        Console.WriteLine();
        Console.Write(steps);
        if (report.Front.Count > 0)
        {
            Console.Write(Front(report));
        }

        void Step(string name, int designs, string detail) =>
            steps.AddRow(new Text(name), new Text(Show.Number(designs)), new Text(detail, new Style(Color.Grey)));
    }

    private Table Front(GenerationReport report)
    {
        // Where a column for the level finds no room, it stands below the name: no design is shown without it.
        var wide = Console.Profile.Width >= 96;
        List<(string, bool)> columns = [("Pareto front", false), ("chip\ntok/s", true), ("cells", true), ("MHz", true), ("host\ntok/s", true)];
        var table = Show.Table(null, wide ? [.. columns, ("level", false)] : columns);
        table.Columns[0].NoWrap = true;
        foreach (var design in report.Front)
        {
            List<Text> cells =
            [
                new(wide ? design.Name : $"{design.Name}\n  {design.VerificationLevel}"),
                new(Show.Number(design.ChipTokensPerSecond)), new(Estimated(design, Show.Number(design.LogicCells))),
                new(Estimated(design, design.FmaxMhz.ToString("F1", CultureInfo.InvariantCulture))),
                new(design.HostTokensPerSecond is { } host ? Show.Number(host) : "-"),
            ];
            table.AddRow(wide ? [.. cells, new Text(design.VerificationLevel)] : cells);
        }

        table.Caption = new TableTitle(
            string.Create(CultureInfo.InvariantCulture, $"hypervolume {report.Hypervolume:F4}, {report.Seconds:F0} s"), new Style(Color.Grey));
        return table;
    }

    private static string Estimated(FrontDesign design, string value) => design.Routed ? value : $"~{value}";

    internal static string RungWord(Rung rung) => rung switch
    {
        Rung.Rules => "rules",
        Rung.Mapped => "mapping",
        Rung.Simulated => "simulating",
        Rung.Verified => "verifying in Verilator",
        Rung.Synthesised => "place and route",
        _ => "measuring kernels",
    };
}
