using HwSeed.Hdl;

namespace HwSeed.Sim.Cosimulation;

/// <summary>Where our simulator and another one first differ.</summary>
/// <param name="Step">Step of the stimulus, from 0.</param>
/// <param name="Cycle">Cycle of the first clock.</param>
/// <param name="Port">Output port, with the element's number when it is an array.</param>
/// <param name="Expected">The other simulator's value, hexadecimal; x where it knows none.</param>
/// <param name="Got">Our value, hexadecimal.</param>
public sealed record CosimDifference(long Step, long Cycle, string Port, string Expected, string Got);

/// <summary>How a run of our simulator beside another one went.</summary>
/// <param name="Simulator">The other one's name.</param>
/// <param name="Cycles">Cycles of the first clock that were compared.</param>
/// <param name="Steps">Steps that were compared, two for each half of a cycle.</param>
/// <param name="Difference">The first difference, or null.</param>
/// <param name="UnknownBits">Bits that were not compared, because the other simulator knew no value.</param>
/// <param name="BuildTime">The other simulator's build.</param>
/// <param name="TheirTime">The other simulator's run.</param>
/// <param name="OurTime">Our run.</param>
public sealed record CosimReport(
    string Simulator, long Cycles, long Steps, CosimDifference? Difference, long UnknownBits, TimeSpan BuildTime, TimeSpan TheirTime, TimeSpan OurTime)
{
    /// <summary>Whether all known bits of all outputs were equal in all steps.</summary>
    public bool Agreed => Difference is null;

    /// <summary>The first difference of each port, by time; only the very first when no more were asked for.</summary>
    public EquatableArray<CosimDifference> Differences { get; init; }

    /// <summary>The signals that explain the difference, nearest to the port first; empty when none was asked for.</summary>
    public EquatableArray<ConeSignal> Cone { get; init; }
}

/// <summary>A signal that a differing output depends on.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Depth">How many signals stand between it and the port.</param>
/// <param name="Ours">Our value at the step of the difference, hexadecimal.</param>
/// <param name="Theirs">The other simulator's value, hexadecimal; null when it does not show the signal.</param>
/// <param name="FirstDifference">The first step of those that were looked at in which both differ, or null.</param>
public sealed record ConeSignal(string Path, int Depth, string Ours, string? Theirs, long? FirstDifference)
{
    /// <summary>Whether the difference began here: the signal differs, and none of what it follows did at that time.</summary>
    public bool IsOrigin { get; init; }
}
