namespace HwSeed.Toolchain;

/// <summary>How far two Verilog texts were shown to be the same circuit.</summary>
public abstract record EquivalenceVerdict;

/// <summary>The same outputs for all inputs at all times, from power-up on.</summary>
public sealed record Proved : EquivalenceVerdict;

/// <summary>The same outputs for all inputs during the first samples after power-up; nothing is known of later ones.</summary>
/// <param name="Samples">Moments at which inputs may change; a clock is an input, so a cycle takes two of them.</param>
public sealed record Bounded(int Samples) : EquivalenceVerdict;

/// <summary>Some inputs lead to different outputs.</summary>
/// <param name="Counterexample">The ports at each sample, as a table; the last sample differs.</param>
public sealed record NotEquivalent(string Counterexample) : EquivalenceVerdict;

/// <summary>Nothing is known.</summary>
/// <param name="Reason">What stood in the way: a limit, or a construct that the tool does not read.</param>
public sealed record GaveUp(string Reason) : EquivalenceVerdict;

/// <summary>A verdict and how it came about.</summary>
/// <param name="Verdict">How far.</param>
/// <param name="Note">Why it did not get further; null when there is nothing to add.</param>
/// <param name="Elapsed">Time of all tool runs.</param>
/// <param name="Sandboxed">Whether all of them ran inside bubblewrap.</param>
public sealed record EquivalenceReport(EquivalenceVerdict Verdict, string? Note, TimeSpan Elapsed, bool Sandboxed);

/// <summary>Limits of an equivalence check.</summary>
/// <param name="TimeLimit">For all runs together.</param>
/// <param name="Samples">How far the bounded check looks, at least 1.</param>
public sealed record EquivalenceOptions(TimeSpan TimeLimit, int Samples = 20)
{
    /// <summary>One minute.</summary>
    public static readonly EquivalenceOptions Default = new(TimeSpan.FromMinutes(1));

    /// <summary>Address space of the tool, in bytes.</summary>
    public long MemoryLimitBytes { get; init; } = 3L << 30;
}
