using System.Numerics;
using HwSeed.Agent.Seeds;

namespace HwSeed.Agent.Simulations;

/// <summary>What a simulation of a design is to do and to keep.</summary>
public sealed record SimulationRequest
{
    /// <summary>The clock input; null to find it.</summary>
    public string? Clock { get; init; }

    /// <summary>The reset input, for random stimulus; null to find it.</summary>
    public string? Reset { get; init; }

    /// <summary>Cycles; null for as many as the stimulus has.</summary>
    public long? Cycles { get; init; }

    /// <summary>Decides random inputs, and what a script draws.</summary>
    public Seed Seed { get; init; } = new(1);

    /// <summary>A table (<c>.csv</c>) or a script (<c>.csx</c>); null for random inputs.</summary>
    public string? Stimulus { get; init; }

    /// <summary>Time that a script may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Patterns of the signals that waves show; empty for the ports in text and for all in files.</summary>
    public IReadOnlyList<string> Signals { get; init; } = [];

    /// <summary>Cycles that are kept to be shown as text; null for none.</summary>
    public (long From, int Count)? Window { get; init; }

    /// <summary>Where a VCD file goes.</summary>
    public string? Vcd { get; init; }

    /// <summary>Where an FST file goes.</summary>
    public string? Fst { get; init; }

    /// <summary>Whether coverage is counted.</summary>
    public bool Covers { get; init; }

    /// <summary>Where a script prints.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>The name of a value from module, signal and value; null where it has none.</summary>
    public Func<string, string, BigInteger, string?> NameOf { get; init; } = (_, _, _) => null;
}
