using HwSeed.Hdl;

namespace HwSeed.Sim.Cosimulation.Fuzzing;

/// <summary>A random module on which two readings of it disagree.</summary>
/// <param name="Kind"><c>design</c> for one that was built in the hardware language, <c>program</c> for random source.</param>
/// <param name="Seed">Its seed; the same seed gives the same module and the same inputs.</param>
/// <param name="Against">Whom our simulation of the text disagrees with: Verilator, Icarus, or the design before it was printed.</param>
/// <param name="Reason">The port, step and values, or why there is no comparison.</param>
/// <param name="Text">The module's Verilog.</param>
public sealed record FuzzFailure(string Kind, int Seed, string Against, string Reason, string Text)
{
    /// <summary>What remains of the module when all is taken away without which it still differs; null when that was not tried.</summary>
    public string? Reduced { get; init; }

    /// <summary>The reduced module's first difference.</summary>
    public string? ReducedReason { get; init; }

    /// <summary>File of the reduced module.</summary>
    public string? File { get; init; }
}

/// <summary>What a fuzzing run found.</summary>
/// <param name="Modules">Random modules that were compared.</param>
/// <param name="Cycles">Cycles that each ran.</param>
/// <param name="UnknownBits">Output bits of Icarus that had no known value and were not compared.</param>
/// <param name="Failures">Disagreements, at most one for each module and opponent.</param>
public sealed record FuzzReport(int Modules, long Cycles, long UnknownBits, EquatableArray<FuzzFailure> Failures);
