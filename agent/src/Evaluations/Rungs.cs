using HwSeed.Hdl;

namespace HwSeed.Agent.Evaluations;

/// <summary>How sure we are that a design computes what it should; never printed higher than earned.</summary>
public enum VerificationLevel
{
    /// <summary>Nothing was compared.</summary>
    Unverified,

    /// <summary>Random stimuli.</summary>
    Sampled,

    /// <summary>All behaviours up to a number of cycles, formally.</summary>
    Bounded,

    /// <summary>All inputs, simulated.</summary>
    Exhaustive,

    /// <summary>Formally, without bound.</summary>
    Proved,
}

/// <summary>A rung of the ladder, cheapest first.</summary>
public enum Rung
{
    /// <summary>Legality rules and constraints.</summary>
    Rules,

    /// <summary>The cost model's cycles.</summary>
    Mapped,

    /// <summary>The compiled simulator's cycles.</summary>
    Simulated,

    /// <summary>Comparison with Verilator.</summary>
    Verified,

    /// <summary>Place and route.</summary>
    Synthesised,

    /// <summary>The kernel on this machine.</summary>
    Kernel,
}

/// <summary>Why a design went no further.</summary>
/// <param name="At">The rung that refused it.</param>
/// <param name="Reasons">Coded messages, at least one.</param>
public sealed record Rejected(Rung At, EquatableArray<string> Reasons);

/// <summary>What the cost model predicts.</summary>
/// <param name="Cycles">Cycles of one pass.</param>
/// <param name="Macs">Multiply-accumulates of one pass.</param>
/// <param name="Utilisation">Share of PE cycles that do work, 0 to 1.</param>
/// <param name="PredictedLuts">Area estimate, where there is one.</param>
/// <param name="PredictedFmaxMhz">Clock estimate, where there is one.</param>
public sealed record Mapped(
    long Cycles, long Macs, double Utilisation, double? PredictedLuts = null, double? PredictedFmaxMhz = null);

/// <summary>What the compiled simulator counted.</summary>
/// <param name="Cycles">Cycles.</param>
/// <param name="OutputsMatch">Whether all outputs equal the integer reference.</param>
/// <param name="Toggles">Bits that changed, all signals and cycles.</param>
public sealed record Simulated(long Cycles, bool OutputsMatch, long Toggles);

/// <summary>What was compared with Verilator or proved.</summary>
/// <param name="Level">The level earned.</param>
/// <param name="Parameters">What the level rests on, as <c>n=50, seed=7</c>; empty when unverified.</param>
/// <param name="Mismatches">Differences found; any one means <see cref="VerificationLevel.Unverified"/>.</param>
/// <param name="Cycles">Verilator's cycles.</param>
public sealed record Verified(VerificationLevel Level, string Parameters, int Mismatches, long Cycles)
{
    /// <summary>As reports print it: <c>sampled(n=50, seed=7)</c>.</summary>
    public string Label =>
        Level.ToString().ToLowerInvariant() + (Parameters.Length > 0 ? $"({Parameters})" : "");
}

/// <summary>What place and route gave.</summary>
/// <param name="Device">The chip.</param>
/// <param name="Luts">Logic cells.</param>
/// <param name="Brams">Block RAMs.</param>
/// <param name="FmaxMhz">Routed clock.</param>
/// <param name="BitstreamSha256">Hash of the packed file.</param>
public sealed record Synthesised(string Device, int Luts, int Brams, double FmaxMhz, string BitstreamSha256);

/// <summary>What the design's kernel did on this machine; the times are kept apart in <see cref="KernelTiming"/>.</summary>
/// <param name="Backend">Where it ran.</param>
/// <param name="Plan">Its tiling, as text.</param>
/// <param name="OutputsIdentical">Whether the model's outputs stayed the same.</param>
public sealed record KernelResult(string Backend, string Plan, bool OutputsIdentical);

/// <summary>Measured times, which differ from run to run and are left out when runs are compared.</summary>
/// <param name="TokensPerSecond">The model's rate with the kernel, median.</param>
/// <param name="AgainstTokensPerSecond">The rate with the kernel it was paired with, median.</param>
/// <param name="Adopted">Whether it replaced that kernel.</param>
/// <param name="Samples">Raw times in seconds, interleaved: new, old, new, old.</param>
public sealed record KernelTiming(
    double TokensPerSecond, double AgainstTokensPerSecond, bool Adopted, EquatableArray<double> Samples);
