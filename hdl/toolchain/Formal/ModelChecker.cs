using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Toolchain;

/// <summary>
/// Decides whether outputs of a design can ever be high. Yosys lowers the emitted Verilog to an and-inverter graph once; ABC then
/// merges signals that are equal and looks for an inductive invariant (<c>scorr</c>, <c>pdr</c>); z3 tries induction where that is
/// asked for; what stays open is examined cycle by cycle from power-up (<c>bmc3</c>) for the rest of the time.
/// </summary>
public static class ModelChecker
{
    /// <summary>Examines outputs one after the other.</summary>
    /// <param name="workDirectory">A directory of this check's own; made when absent.</param>
    /// <param name="design">The design, with the implicit clock and no other.</param>
    /// <param name="outputs">Names of one-bit outputs of the top.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellation">Stops the tools.</param>
    /// <returns>An answer for each output, in order; a failure for a missing tool or one that cannot read the design.</returns>
    public static async Task<Checked<IReadOnlyList<PropertyAnswer>>> CheckAsync(
        string workDirectory, Design design, IReadOnlyList<string> outputs, ModelCheckOptions options, CancellationToken cancellation = default)
    {
        if (ExternalTool.Missing(ExternalTool.Yosys, ExternalTool.Abc) is { Count: > 0 } missing)
        {
            return Checked.Fail<IReadOnlyList<PropertyAnswer>>(missing);
        }

        var directory = Directory.CreateDirectory(Path.GetFullPath(workDirectory)).FullName;
        await File.WriteAllTextAsync(Path.Combine(directory, "model.v"), VerilogWriter.Write(design), cancellation).ConfigureAwait(false);
        var runs = new ModelRuns(directory, design.Top, options, cancellation);
        if (await runs.LowerAsync().ConfigureAwait(false) is { } trouble)
        {
            return Checked.Fail<IReadOnlyList<PropertyAnswer>>([trouble]);
        }

        var answers = new List<PropertyAnswer>();
        foreach (var output in outputs)
        {
            runs.Restart();
            var verdict = await DecideAsync(runs, output).ConfigureAwait(false);
            answers.Add(new(output, verdict, runs.Elapsed));
        }

        return Checked.Ok<IReadOnlyList<PropertyAnswer>>(answers);
    }

    private static async Task<PropertyVerdict> DecideAsync(ModelRuns runs, string output)
    {
        if (runs.ConstantOf(output) is { } constant)
        {
            return constant ? new Violated(runs.NoInputs()) : new Holds("yosys");
        }

        var hasSolver = runs.Options.Memory is not null && ExternalTool.Missing(ExternalTool.Smtbmc, ExternalTool.Z3).Count == 0;
        if (await runs.ReachabilityAsync(output, hasSolver ? 0.2 : 0.75).ConfigureAwait(false) is { } decided)
        {
            return decided;
        }

        if (hasSolver && await runs.SolverInductionAsync(output, runs.Options.Memory!.Value + 1, 0.9).ConfigureAwait(false) is { } induced)
        {
            return induced;
        }

        return await runs.BoundedAsync(output).ConfigureAwait(false);
    }
}
