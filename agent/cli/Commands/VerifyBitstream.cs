using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Cli.Screens;
using Spectre.Console;

namespace HwSeed.Cli.Commands;

/// <summary><c>hwseed verify --bitstream</c>: what is flashed beside what was designed.</summary>
internal static class VerifyBitstream
{
    public static async Task<int> RunAsync(string folder, Seed seed, Screen screen, CancellationToken cancellation)
    {
        var synthesised = screen.Need(SynthFolder.Open(folder));
        var cases = VerificationShapes.CasesFor(synthesised.Architecture, seed);
        using var work = new WorkFolder();
        var found = screen.Need(await Waiting.ForAsync(
            screen, "reading the bitstream back and replaying its netlist",
            BitstreamVerification.RunAsync(synthesised, cases, seed, work.Path, cancellation: cancellation)).ConfigureAwait(false));
        work.Keep = !found.Passed;

        var table = Show.Table(
            $"{Show.Escape(synthesised.Architecture.Name)} in its {synthesised.Device.Title} bitstream",
            ("netlist in", false), ("product", false), ("design", true), ("bitstream", true), ("", false));
        foreach (var (comparison, each) in found.Comparisons.SelectMany(c => c.Cases.Select(r => (c, r))))
        {
            table.AddRow(
                new Text(comparison.Model), new Text(each.Shape.ToString()), new Text(Show.Number(each.SimulatedCycles)),
                new Text(each.ModelCycles > 0 ? Show.Number(each.ModelCycles) : "-"),
                new Markup(each.Passed ? "[green]exact[/]" : "[red]differs[/]"));
        }

        screen.Show(table);
        screen.Show(Show.Facts(
            ("read back", $"{Show.Number(found.Chip.Luts)} LUTs, {Show.Number(found.Chip.FlipFlops)} flip-flops, {Show.Number(found.Chip.Brams)} block memories on {synthesised.Pins.Count} pins in {found.ReadTime.TotalSeconds:F1} s"),
            ("simulators", string.Join(", ", found.Comparisons.Select(c => $"{c.Model} (built in {c.BuildTime.TotalSeconds:F1} s)")))));
        screen.Show(found.Skipped);
        var level = found.Passed ? $"sampled(n={cases.Count}, seed={seed.Value})" : "unverified";
        var failed = found.Comparisons.SelectMany(c => c.Cases.Select(r => (c.Model, Case: r))).FirstOrDefault(c => !c.Case.Passed);
        screen.Line(found.Passed
            ? $"[green]the bitstream is the design[/]: every output in every cycle, with and without stalls: [bold]{level}[/]"
            : $"[red]mismatch[/]: on {failed.Case.Shape} in {failed.Model}, {Show.Escape(failed.Case.Verdict)}\nfiles kept in {Show.Escape(work.Path)}");
        screen.Result(new
        {
            Architecture = synthesised.Architecture.Name,
            Device = synthesised.Device.Name,
            Seed = seed.Value,
            found.Passed,
            VerificationLevel = level,
            found.Chip.Luts,
            found.Chip.FlipFlops,
            found.Chip.Brams,
            Pins = synthesised.Pins.Count,
            Models = found.Comparisons.Select(c => new
            {
                c.Model,
                BuildSeconds = c.BuildTime.TotalSeconds,
                Cases = c.Cases.Select(r => new
                {
                    Gemm = r.Shape.ToString(),
                    DesignCycles = r.SimulatedCycles,
                    BitstreamCycles = r.ModelCycles,
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
