using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>
/// Proves with Yosys that two Verilog texts are one circuit, in the two-state meaning that HwSeed simulates: what is
/// undefined is zero, and state without an initial value powers up as zero. Clocks are modelled as inputs, so edges and
/// asynchronous resets take part in the proof.
/// </summary>
public static class Equivalence
{
    // The proof by induction assumes equal signals during four samples; the base case has to cover at least those.
    private const int InductionSamples = 4;
    private const int BaseSamples = InductionSamples + 2;

    /// <summary>Compares two texts.</summary>
    /// <param name="workDirectory">A directory of this check's own; made when absent. Sources and logs stay there.</param>
    /// <param name="original">The first text, preprocessed.</param>
    /// <param name="other">The second text.</param>
    /// <param name="top">The module that both have.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellation">Stops the tool.</param>
    /// <returns>The verdict; a failure only for a missing tool or an impossible name.</returns>
    public static async Task<Checked<EquivalenceReport>> CheckAsync(
        string workDirectory, string original, string other, string top, EquivalenceOptions options,
        CancellationToken cancellation = default)
    {
        if (!VerilogNames.IsPlainIdentifier(top))
        {
            return Checked.Fail<EquivalenceReport>(ToolDiagnostics.BadTopName(top));
        }

        if (ExternalTool.Missing(ExternalTool.Yosys) is { Count: > 0 } missing)
        {
            return Checked.Fail<EquivalenceReport>(missing);
        }

        var runs = new EquivalenceRuns(Directory.CreateDirectory(Path.GetFullPath(workDirectory)).FullName, top, options, cancellation);
        var (verdict, note) = await DecideAsync(runs, original, other).ConfigureAwait(false);
        return Checked.Ok(new EquivalenceReport(verdict, note, runs.Elapsed, runs.Sandboxed));
    }

    private static async Task<(EquivalenceVerdict Verdict, string? Note)> DecideAsync(EquivalenceRuns runs, string original, string other)
    {
        foreach (var (name, text) in new[] { ("gold", original), ("gate", other) })
        {
            if (await runs.PrepareAsync(name, text).ConfigureAwait(false) is { } reason)
            {
                return (new GaveUp(reason), null);
            }
        }

        // Differences show soon, so the first samples are tried before anything long is.
        var first = await runs.BoundedAsync(BaseSamples, 0.2).ConfigureAwait(false);
        if (first.Verdict is NotEquivalent)
        {
            return first;
        }

        // Which states can be reached at all, where that is soon known: the texts may name their state as they like.
        if (await runs.ReachabilityAsync(0.4).ConfigureAwait(false))
        {
            return (new Proved(), null);
        }

        if (first.Verdict is not Bounded { Samples: BaseSamples })
        {
            return first;
        }

        var (proved, note) = await ProveAsync(runs).ConfigureAwait(false);
        if (proved)
        {
            return (new Proved(), null);
        }

        var deeper = await runs.BoundedAsync(runs.Options.Samples, 1).ConfigureAwait(false);
        return deeper.Verdict switch
        {
            NotEquivalent => deeper,
            Bounded further when further.Samples > BaseSamples => (further, note),
            _ => (first.Verdict, note),
        };
    }

    private static async Task<(bool Proved, string? Note)> ProveAsync(EquivalenceRuns runs)
    {
        // Induction over all signals that both texts name: they stay equal once they are, and they are equal at first.
        var (stay, open) = await runs.InductionAsync(InductionSamples, 0.5).ConfigureAwait(false);
        if (stay && await runs.EqualAtFirstAsync(BaseSamples, 0.3).ConfigureAwait(false))
        {
            return (true, null);
        }

        // Induction over the outputs alone, for texts that name their state differently.
        return await runs.OutputInductionAsync(runs.Options.Samples, 0.5).ConfigureAwait(false)
            ? (true, null)
            : (false, stay ? "named signals differ at power-up, and induction over the outputs alone found no proof" : open);
    }
}
