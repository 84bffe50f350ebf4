using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Sim.Stimulus;

/// <summary>What drives a design: a table, a script, or chance.</summary>
public interface IStimulus
{
    /// <summary>Drives the bench to the end of the stimulus, or for a number of cycles where it has no end.</summary>
    /// <param name="bench">A bench at power-up.</param>
    /// <param name="cycles">Cycles at most; null for as many as the stimulus has.</param>
    /// <param name="cancellation">Stops between two cycles.</param>
    StimulusResult Run(TestBench bench, long? cycles, CancellationToken cancellation);
}

/// <summary>What came of a stimulus.</summary>
/// <param name="Cycles">Cycles that were run.</param>
/// <param name="Checks">Values that were compared.</param>
/// <param name="Failed">Comparisons that failed.</param>
/// <param name="Diagnostics">The first of the failures, each at its place.</param>
public sealed record StimulusResult(long Cycles, long Checks, long Failed, EquatableArray<Diagnostic> Diagnostics)
{
    /// <summary>Failures that are shown in full.</summary>
    public const int Shown = 10;

    /// <summary>Whether nothing failed.</summary>
    public bool Passed => Failed == 0 && Diagnostics.Count == 0;
}
