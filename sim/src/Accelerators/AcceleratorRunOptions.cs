using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Accelerators;

/// <summary>How a run is driven and what is kept of it.</summary>
public sealed record AcceleratorRunOptions
{
    /// <summary>Full speed, nothing kept but outputs and cycles.</summary>
    public static AcceleratorRunOptions Default { get; } = new();

    /// <summary>Whether nothing but outputs and cycles is asked for.</summary>
    internal bool IsPlain => !RecordPorts && !CountToggles && Waves.Count == 0 && StallSeed is null;

    /// <summary>Keep every port in every cycle, for a lockstep replay.</summary>
    public bool RecordPorts { get; init; }

    /// <summary>Count the register bits that change.</summary>
    public bool CountToggles { get; init; }

    /// <summary>Where waveforms go, such as a <see cref="VcdWriter"/>; disposed at the end of the run.</summary>
    public IReadOnlyList<IWaveSink> Waves { get; init; } = [];

    /// <summary>Signals of the waveform by path; null for all.</summary>
    public IReadOnlyList<string>? WaveSignals { get; init; }

    /// <summary>
    /// Makes both sources hesitate and the sink refuse at random, by this seed; null for sources and sink that are
    /// always ready. The first command is offered in cycle 0 all the same.
    /// </summary>
    public int? StallSeed { get; init; }

    /// <summary>Share of cycles, 0..1 and below 1, in which a stream stalls when <see cref="StallSeed"/> is given.</summary>
    public double StallProbability { get; init; } = 0.4;
}
