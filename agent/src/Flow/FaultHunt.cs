using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Flow;

/// <summary>A search for a fault that the verification sees.</summary>
/// <param name="Verification">The last attempt.</param>
/// <param name="FaultSeed">Its fault's seed.</param>
/// <param name="Tried">Faults injected, this one included.</param>
public sealed record FaultHunt(EngineVerification Verification, int FaultSeed, int Tried)
{
    /// <summary>Whether the last fault was seen.</summary>
    public bool Caught => !Verification.Passed;

    /// <summary>
    /// Breaks the Verilog in one place after the other until a fault is seen. A fault that changes nothing from outside
    /// (an operand that is always zero) cannot be seen by anybody, hence the further attempts.
    /// </summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="cases">What it has to compute.</param>
    /// <param name="firstSeed">Seed of the first fault; further ones count up.</param>
    /// <param name="most">Most attempts.</param>
    /// <param name="workDirectory">A directory of this hunt's own.</param>
    /// <param name="stallSeed">As for <see cref="EngineVerification.RunAsync"/>.</param>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<Checked<FaultHunt>> RunAsync(
        Architecture architecture, IReadOnlyList<EngineCase> cases, int firstSeed, int most, string workDirectory,
        int? stallSeed = null, CancellationToken cancellation = default)
    {
        for (var tried = 1; ; tried++)
        {
            var seed = firstSeed + tried - 1;
            var verification = await EngineVerification.RunAsync(
                architecture, cases, Path.Combine(workDirectory, $"fault-{seed}"), seed, stallSeed, cancellation).ConfigureAwait(false);
            if (!verification.IsOk)
            {
                return Checked.Fail<FaultHunt>(verification.Diagnostics);
            }

            if (!verification.Value.Passed || tried == most)
            {
                return Checked.Ok(new FaultHunt(verification.Value, seed, tried));
            }
        }
    }
}
