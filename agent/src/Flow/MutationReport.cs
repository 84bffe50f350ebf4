using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Agent.Flow;

/// <summary>A fault and what became of it.</summary>
/// <param name="Number">Its number in the sample, from 0.</param>
/// <param name="Kind">The kind of mistake.</param>
/// <param name="Description">Its place and what it does.</param>
/// <param name="Seen">Where the bench saw it, as "4x4x4: in cycle 12 output ..."; null when it did not.</param>
/// <param name="Equivalence">Of one that was not seen: how far it was shown to change nothing; null when nothing is known.</param>
public sealed record MutantVerdict(int Number, FaultKind Kind, string Description, string? Seen, MutantEquivalence? Equivalence = null)
{
    /// <summary>Whether the bench saw it.</summary>
    public bool IsCaught => Seen is not null;

    /// <summary>Whether it was proved to change no output of the engine.</summary>
    public bool IsEquivalent => Equivalence is { Proved: true };

    /// <summary>Neither seen nor proved to be equivalent.</summary>
    public bool IsOpen => !IsCaught && !IsEquivalent;
}

/// <summary>How far a fault was shown to change nothing.</summary>
/// <param name="Proved">For all inputs at all times.</param>
/// <param name="Words">As "proved: store_unit is the same circuit".</param>
public sealed record MutantEquivalence(bool Proved, string Words);

/// <summary>The same fault under Verilator.</summary>
/// <param name="Mutant">The compiled simulator's verdict.</param>
/// <param name="Seen">Where Verilator saw it; null when it did not.</param>
public sealed record VerilatorMutant(MutantVerdict Mutant, string? Seen)
{
    /// <summary>Whether both say the same, at the same place.</summary>
    public bool Agrees => Seen == Mutant.Seen;
}

/// <summary>How many single faults of an engine our bench sees.</summary>
/// <param name="Architecture">The engine.</param>
/// <param name="Mutants">Every fault of the sample.</param>
/// <param name="Verilator">A few of them under Verilator; empty when it is not installed.</param>
/// <param name="Possible">Single faults that the injector knows of this engine.</param>
/// <param name="Elapsed">Time of all simulations.</param>
public sealed record MutationReport(
    Architecture Architecture, EquatableArray<MutantVerdict> Mutants, EquatableArray<VerilatorMutant> Verilator, int Possible,
    TimeSpan Elapsed)
{
    /// <summary>The share that must be caught or proved equivalent.</summary>
    public const double LeastShare = 0.98;

    /// <summary>Faults that the bench saw.</summary>
    public int Caught => Mutants.Count(m => m.IsCaught);

    /// <summary>Faults that were proved to change nothing.</summary>
    public int Equivalent => Mutants.Count(m => m.IsEquivalent);

    /// <summary>The share that was caught or proved equivalent.</summary>
    public double Share => (Caught + Equivalent) / (double)Mutants.Count;

    /// <summary>Whether enough was caught, and Verilator says the same as our simulator.</summary>
    public bool Passed => Share >= LeastShare && Verilator.All(v => v.Agrees);
}
