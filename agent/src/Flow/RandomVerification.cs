using System.Runtime.CompilerServices;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Flow;

/// <summary>A random pair and what became of it.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Case">Engine, mapping and operands.</param>
/// <param name="Verification">Cost model, simulator and Verilator side by side.</param>
/// <param name="WorkFolder">Where Verilog, bench and results lie; null when the pair passed and they were removed.</param>
public sealed record VerifiedPair(int Index, EngineCase Case, EngineVerification Verification, string? WorkFolder);

/// <summary>Random (engine, product) pairs, each compared on every port in every cycle, with and without stalls.</summary>
public static class RandomVerification
{
    /// <summary>Verifies the pairs of a seed, two at a time; they come in order, whatever finishes first.</summary>
    /// <param name="seed">Decides engines, mappings, operands, stalls and faults.</param>
    /// <param name="count">Pairs.</param>
    /// <param name="injectFaults">Breaks each pair's Verilog in one place.</param>
    /// <param name="workFolder">A folder of this verification's own; folders of passed pairs are removed.</param>
    /// <param name="cancellation">Stops the tools.</param>
    /// <exception cref="InvalidInputException">A tool is missing or refused what we wrote.</exception>
    public static async IAsyncEnumerable<VerifiedPair> RunAsync(
        Seed seed, int count, bool injectFaults, string workFolder,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new Queue<Task<VerifiedPair>>();
        var next = 0;
        try
        {
            while (next < count || running.Count > 0)
            {
                while (next < count && running.Count(t => !t.IsCompleted) < 2 && running.Count < 8)
                {
                    var index = next++;
                    running.Enqueue(Task.Run(() => VerifyAsync(seed, index, injectFaults, workFolder, stop.Token), stop.Token));
                }

                // Refill as soon as any ends; hand out the oldest alone.
                if (!running.Peek().IsCompleted)
                {
                    await Task.WhenAny(running.Where(t => !t.IsCompleted)).ConfigureAwait(false);
                    if (!running.Peek().IsCompleted)
                    {
                        continue;
                    }
                }

                yield return await running.Dequeue().ConfigureAwait(false);
            }
        }
        finally
        {
            // Children of pairs that nobody waits for any more.
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

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

        return new(index, pair, verification, verification.Passed ? null : folder);
    }
}
