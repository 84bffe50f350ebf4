using System.Globalization;
using HwSeed.Sim.Cosimulation;
using HwSeed.Toolchain;

namespace HwSeed.Sim.RoundTrips;

/// <summary>How far a round trip is taken.</summary>
/// <param name="Cycles">Cycles of the first clock on random inputs.</param>
/// <param name="Seed">Seed of the inputs.</param>
public sealed record RoundTripOptions(long Cycles = 10_000, int Seed = 1)
{
    /// <summary>Limits of Yosys' proof.</summary>
    public EquivalenceOptions Proof { get; init; } = EquivalenceOptions.Default;

    /// <summary>Whether Verilator, when it is installed, simulates the original beside our simulation of the printed text.</summary>
    public bool WithVerilator { get; init; } = true;

    /// <summary>Whether Yosys, when it is installed, is asked for a proof.</summary>
    public bool WithProof { get; init; } = true;
}

/// <summary>Where two simulations of one design first differ.</summary>
/// <param name="Step">Step of the inputs, from 0.</param>
/// <param name="Port">Output port.</param>
/// <param name="Original">Value of the original.</param>
/// <param name="Printed">Value of the printed text.</param>
public sealed record RoundTripDifference(long Step, string Port, string Original, string Printed);

/// <summary>What reading, printing and reading again did to a design.</summary>
/// <param name="Top">The top module.</param>
/// <param name="Printed">The printed text of all files.</param>
/// <param name="TreesEqual">Whether the printed text is read back as an equal tree.</param>
/// <param name="Options">How far it was taken.</param>
public sealed record RoundTripReport(string Top, string Printed, bool TreesEqual, RoundTripOptions Options)
{
    /// <summary>Steps in which all outputs of the original and of the printed text were compared.</summary>
    public long Steps { get; init; }

    /// <summary>Whether these steps were all inputs of a design without state.</summary>
    public bool IsExhaustive { get; init; }

    /// <summary>The first difference, or null.</summary>
    public RoundTripDifference? Difference { get; init; }

    /// <summary>The run beside Verilator; null when there was none.</summary>
    public CosimReport? Verilator { get; init; }

    /// <summary>The proof; null when none was tried.</summary>
    public EquivalenceReport? Proof { get; init; }

    /// <summary>Steps that were left out, each with the reason.</summary>
    public Hdl.EquatableArray<string> Notes { get; init; }

    /// <summary>Whether nothing differed.</summary>
    public bool Agreed => TreesEqual && Difference is null && Verilator is null or { Agreed: true } && Proof?.Verdict is not NotEquivalent;

    /// <summary>The level that was earned.</summary>
    public string Level => !Agreed ? "unverified" : Proof?.Verdict switch
    {
        Proved => "proved",
        _ when IsExhaustive => "exhaustive",
        Bounded bound => string.Create(CultureInfo.InvariantCulture, $"bounded({bound.Samples})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"sampled({Steps}, {Options.Seed})"),
    };
}
