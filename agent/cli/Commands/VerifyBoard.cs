using HwSeed.Agent.Flow.Boards;
using HwSeed.Agent.Seeds;
using HwSeed.Cli.Screens;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed verify --bitstream</c> of a board's folder: the netlist that was routed beside the design.</summary>
internal static class VerifyBoard
{
    public static async Task<int> RunAsync(string folder, Seed seed, Screen screen, CancellationToken cancellation)
    {
        BoardPage.Remove(folder);
        var given = screen.Need(BoardBitstream.Open(folder));
        using var work = new WorkFolder();
        var found = screen.Need(await Waiting.ForAsync(
            screen, "placing and routing anew, comparing the bytes, and running the routed netlist",
            BoardVerification.RunAsync(given, seed, work.Path, cancellation: cancellation)).ConfigureAwait(false));
        work.Keep = !found.Passed;
        var engine = given.Request.Architecture;
        var cases = found.Comparisons.SelectMany(c => c.Cases.Select(r => (c.Model, Case: r))).ToList();
        var table = Show.Table(
            $"{Show.Escape(engine.Name)} in its bitstream for the {given.Request.Board.Title}",
            ("routed netlist in", false), ("product", false), ("clock cycles at the pins", true), ("", false));
        foreach (var (model, each) in cases)
        {
            table.AddRow(
                new Text(model), new Text(each.Shape.ToString()), new Text(Show.Number(each.Lockstep.Cycles)),
                new Markup(each.Passed ? "[green]exact[/]" : "[red]differs[/]"));
        }

        screen.Show(table);
        var level = found.Level(seed);
        screen.Show(Show.Facts(
            ("bitstream", $"the same bytes again with seed {given.Seed} in {found.RouteTime.TotalSeconds:F1} s\nSHA-256 {found.Sha256}"),
            ("netlist", $"{Show.Number(found.Netlist.LogicCells)} logic cells, {Show.Number(found.Netlist.Brams)} block memories, {Show.Number(found.Netlist.Dsps)} DSP blocks, {Show.Number(found.Netlist.Plls)} PLL"),
            ("simulators", string.Join(", ", found.Comparisons.Select(c => $"{c.Model} (built in {c.BuildTime.TotalSeconds:F1} s)"))),
            ("compared", Show.Escape(BoardVerification.Compared)),
            ("not compared", Show.Escape(BoardVerification.NotCompared))));
        screen.Show(found.Skipped);
        var failed = cases.FirstOrDefault(c => !c.Case.Passed);
        screen.Line(found.Passed
            ? $"[green]the routed netlist is the design[/]: every output pin in every cycle: [bold]{level}[/]"
            : $"[red]mismatch[/]: on {failed.Case.Shape} in {failed.Model}, {Show.Escape(failed.Case.Verdict)}\nfiles kept in {Show.Escape(work.Path)}");
        BoardPage.Write(folder, given, found, seed);
        screen.Result(new
        {
            Architecture = engine.Name,
            Board = given.Request.Board.Name,
            Device = given.Request.Board.Device.Name,
            Seed = seed.Value,
            found.Passed,
            VerificationLevel = level,
            BoardVerification.Compared,
            BoardVerification.NotCompared,
            BitstreamSha256 = found.Sha256,
            RouteSeed = given.Seed,
            RouteSeconds = found.RouteTime.TotalSeconds,
            found.Netlist.LogicCells,
            found.Netlist.Brams,
            found.Netlist.Dsps,
            found.Netlist.Plls,
            Models = found.Comparisons.Select(c => new
            {
                c.Model,
                BuildSeconds = c.BuildTime.TotalSeconds,
                Cases = c.Cases.Select(r => new
                {
                    Gemm = r.Shape.ToString(),
                    r.Lockstep.Cycles,
                    Exact = r.Passed,
                    r.Verdict,
                    r.Lockstep.FirstDivergence?.Port,
                    r.Lockstep.FirstDivergence?.Cycle,
                }).ToArray(),
            }).ToArray(),
            Skipped = found.Skipped.Select(d => d.ToString()).ToArray(),
            Files = work.Keep ? work.Path : null,
        });
        return found.Passed ? ExitCode.Done : ExitCode.CheckFailed;
    }
}
