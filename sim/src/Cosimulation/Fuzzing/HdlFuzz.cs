using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Sim.Cosimulation.Fuzzing.Shrinking;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Cosimulation.Fuzzing;

/// <summary>
/// Random modules through every reading of them: designs of the hardware language as they were built, their printed text
/// read back, and random Verilog source; each in our simulator, in Verilator and in Icarus, on the same random inputs.
/// </summary>
public static class HdlFuzz
{
    private const int BatchSize = 25;
    private const int MostShrunk = 8;

    /// <summary>
    /// Runs modules in batches; a seed's remainder by four says what it is (design, program, design for Icarus too, program
    /// with casts for Verilator alone). Every module that differs is reported, and the first few
    /// are reduced. Fails when a simulator is missing.
    /// </summary>
    /// <param name="count">How many modules.</param>
    /// <param name="seed">The first module's seed; the others follow.</param>
    /// <param name="cycles">Cycles for each module.</param>
    /// <param name="workDirectory">A directory of this run's own; reduced modules are left there.</param>
    /// <param name="shrinkBuilds">How often a simulator may be built to reduce a module; 0 to leave modules as they are.</param>
    /// <param name="progress">Told how many modules are done.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static async Task<Checked<FuzzReport>> RunAsync(
        int count, int seed, long cycles, string workDirectory, int shrinkBuilds = 0, IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        if (ExternalTool.Missing(ExternalTool.Verilator, ExternalTool.Compiler, ExternalTool.Icarus) is { Count: > 0 } missing)
        {
            return Checked.Fail<FuzzReport>(missing);
        }

        var found = new List<FuzzFinding>();
        var (done, unknown) = (0, 0L);
        var batches = Enumerable.Range(seed, count).GroupBy(s => s % 4).SelectMany(g => g.Chunk(BatchSize));
        foreach (var (index, seeds) in batches.Index())
        {
            var comparison = new FuzzComparison(
                [FuzzOpponent.Original, FuzzOpponent.Verilator, FuzzOpponent.Icarus], cycles, Path.Combine(workDirectory, $"batch{index}"));
            await comparison.RunAsync([.. seeds.Select(FuzzModule.Generate)], cancellation).ConfigureAwait(false);
            found.AddRange(comparison.Found);
            unknown += comparison.UnknownBits;
            done += seeds.Length;
            progress?.Report(done);
        }

        var failures = new List<FuzzFailure>();
        foreach (var (index, finding) in found.OrderBy(f => f.Module.Seed).Index())
        {
            failures.Add(await FailureAsync(finding, index < MostShrunk ? shrinkBuilds : 0, cycles, workDirectory, cancellation).ConfigureAwait(false));
        }

        return Checked.Ok(new FuzzReport(done, cycles, unknown, failures.ToEquatableArray()));
    }

    private static async Task<FuzzFailure> FailureAsync(
        FuzzFinding finding, int builds, long cycles, string workDirectory, CancellationToken cancellation)
    {
        var module = finding.Module;
        var against = finding.Opponent switch
        {
            null => "our reader",
            FuzzOpponent.Original => "the design before it was printed",
            { } other => $"{other}",
        };
        var failure = new FuzzFailure(module.KindName, module.Seed, against, finding.Reason, module.Text);
        var folder = Path.Combine(workDirectory, $"seed{module.Seed}");
        var reduced = builds > 0 ? await Shrinker.ShrinkAsync(finding, cycles, builds, folder, cancellation).ConfigureAwait(false) : null;
        if (reduced is null)
        {
            return failure;
        }

        var file = Path.Combine(Directory.CreateDirectory(workDirectory).FullName, $"seed{module.Seed}-{finding.Opponent}.sv".ToLowerInvariant());
        await File.WriteAllTextAsync(file, reduced.Module.Text, cancellation).ConfigureAwait(false);
        return failure with { Reduced = reduced.Module.Text, ReducedReason = reduced.Reason, File = file };
    }
}
