using HwSeed.Agent.Loop;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HwSeed.Cli.Screens;

/// <summary>What a run brought: designs, proofs, files, speed, and what this machine could not do.</summary>
internal static class SummaryPanel
{
    public static IRenderable Of(RunSummary summary, string folder)
    {
        var facts = new List<(string, string)>
        {
            ("designed", $"{Show.Number(summary.DesignsProposed)} designs proposed in {summary.Generations} generations, {Show.Number(summary.DesignsRejected)} rejected; {summary.Pareto.Count} on the Pareto front"),
            ("proved", $"{Show.Number(summary.DesignsSimulated)} simulated exactly, [bold]{summary.DesignsVerified}[/] verified in Verilator, {summary.Bitstreams} with a bitstream"),
        };
        foreach (var design in summary.Pareto.OrderByDescending(d => d.ChipTokensPerSecond).Take(5))
        {
            var routed = design.Routed ? "routed" : "estimated";
            facts.Add(("", $"{Show.Escape(design.Name)}: {Show.Escape(design.VerificationLevel)}, {Show.Number(design.ChipTokensPerSecond)} tok/s at {Show.Number(design.FmaxMhz)} MHz ({routed})"));
        }

        facts.Add(("faster", $"[bold green]{Show.Ratio(summary.Speedup)}[/]: {Show.Number(summary.StartKernelTokensPerSecond)} -> [bold]{Show.Number(summary.AdoptedKernelTokensPerSecond)} tokens/s[/] for the agent's own model (ratio: median of interleaved pairs)"));
        facts.Add(("", $"from {Show.Escape(summary.StartKernel)}"));
        facts.Add(("", $"to {Show.Escape(summary.AdoptedKernel)}{(summary.AdoptedDesign is { } id ? $", of design {Show.Escape(HwSeed.Agent.Evaluations.DesignIdentity.Short(id))}" : "")}"));
        facts.Add(("baseline", $"{Show.Ratio(summary.RatioToBaseline)} the strong baseline: {Show.Escape(summary.BaselineKernel)}, {Show.Number(summary.BaselineTokensPerSecond)} tokens/s"));
        facts.Add(("outputs", summary.OutputsIdentical ? "[green]identical under all three kernels[/]" : "[red]differ between kernels[/]"));
        foreach (var skipped in summary.SkippedRungs)
        {
            facts.Add(("skipped", $"[yellow]{EvolveScreen.RungWord(skipped.Rung)}[/]: {Show.Escape(skipped.Reason)}; {Show.Escape(skipped.HowToGet)}"));
        }

        var shown = Repository.Shown(folder);
        facts.Add(("files", $"{Show.Escape(shown)}: summary.json, journal.jsonl, archive.sqlite, designs/"));
        facts.Add(("check", $"./hwseed audit {Show.Escape(shown)}   [grey]({Show.Number(summary.WallSeconds)} s, seed {summary.Seed})[/]"));
        return Show.Facts(facts);
    }
}
