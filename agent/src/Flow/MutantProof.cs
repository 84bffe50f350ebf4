using HwSeed.Hdl.Properties;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow;

/// <summary>
/// Tries to prove that a fault changes nothing: first the module that has it, for any inputs at all; then, since an engine
/// does not give its modules every input, the engine as a whole with its memories taken out.
/// </summary>
internal static class MutantProof
{
    private const int Samples = 24;

    public static async Task<MutantEquivalence?> TryAsync(
        Design design, FaultyDesign fault, string workDirectory, TimeSpan limit, CancellationToken cancellation)
    {
        var name = fault.Module;
        var report = await Equivalence.CheckAsync(
            Path.Combine(workDirectory, name), Text(design, name), Text(fault.Design, name), name, new(limit / 2, Samples), cancellation)
            .ConfigureAwait(false);
        if (report.Value?.Verdict is Proved)
        {
            return new(true, $"proved: '{name}' is the same circuit");
        }

        // Processing elements hold most of an engine's logic, and most faults are not in them.
        var element = design.ModulesBottomUp().FirstOrDefault(m => m.Name.EndsWith("_pe", StringComparison.Ordinal));
        var isInElement = element is null || new Design(element).ModulesBottomUp().Any(m => m.Name == name);
        foreach (var box in isInElement ? new string?[] { null } : [element!.Name, null])
        {
            if (SameOutputs.Of(design, fault.Design, box) is { } harness && await NeverDiffersAsync(
                harness, Path.Combine(workDirectory, box ?? "engine"), limit, cancellation).ConfigureAwait(false))
            {
                return new(true, "proved: no output and no write to a memory of the engine differs, for any inputs");
            }
        }

        return report.Value?.Verdict is Bounded bounded
            ? new(false, $"bounded: '{name}' has the same outputs during {bounded.Samples / 2} cycles")
            : null;
    }

    private static async Task<bool> NeverDiffersAsync(
        PropertyHarness harness, string workDirectory, TimeSpan limit, CancellationToken cancellation)
    {
        var answers = await ModelChecker.CheckAsync(
            workDirectory, harness.Design, [harness.Properties[0].Output], new(limit), cancellation).ConfigureAwait(false);
        return answers.Value?[0].Verdict is Holds;
    }

    private static string Text(Design design, string module) =>
        VerilogWriter.Write(new(design.ModulesBottomUp().Single(m => m.Name == module)));
}
