using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Flow;

/// <summary>A random pair and what became of it.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Verification">Cost model, simulator and Verilator side by side.</param>
/// <param name="WorkFolder">Where Verilog, bench and results lie; null when the pair passed and they were removed.</param>
public sealed record VerifiedPair(int Index, EngineVerification Verification, string? WorkFolder);

/// <summary>Random (engine, product) pairs, each compared on every port in every cycle, with and without stalls.</summary>
public static class RandomVerification
{
    /// <summary>Verifies the pairs of a seed, two at a time; they come in order.</summary>
    /// <param name="seed">Decides engines, mappings, operands, stalls and faults.</param>
    /// <param name="count">Pairs.</param>
    /// <param name="injectFaults">Breaks each pair's Verilog in one place.</param>
    /// <param name="workFolder">A folder of this verification's own; folders of passed pairs are removed.</param>
    /// <param name="cancellation">Stops the tools.</param>
    /// <exception cref="InvalidInputException">A tool is missing or refused what we wrote.</exception>
    public static IAsyncEnumerable<VerifiedPair> RunAsync(
        Seed seed, int count, bool injectFaults, string workFolder, CancellationToken cancellation = default) =>
        OrderedWork.RunAsync(
            count, 2, (index, stop) => VerifyAsync(seed, index, injectFaults, workFolder, stop), cancellation);

    private static async Task<VerifiedPair> VerifyAsync(
        Seed seed, int index, bool injectFault, string workFolder, CancellationToken cancellation)
    {
        var pair = RandomEngines.Draw(seed, index);
        int Small(string name) => (int)(seed.For(name, index).Value & int.MaxValue);
        var folder = Path.Combine(workFolder, $"pair-{index}");
        var verification = (await EngineVerification.RunAsync(
            pair.Mapping.Architecture, [pair], folder, injectFault ? Small("fault") : null, Small("stalls"), cancellation)
            .ConfigureAwait(false)).OrThrow();
        if (verification.Passed)
        {
            Directory.Delete(folder, recursive: true);
        }

        return new(index, verification, verification.Passed ? null : folder);
    }
}
