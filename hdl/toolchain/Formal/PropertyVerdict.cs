using HwSeed.Hdl;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Toolchain;

/// <summary>What became of a claim that an output of a design is never high, whatever the inputs do from power-up on.</summary>
public abstract record PropertyVerdict;

/// <summary>It is never high.</summary>
/// <param name="Engine">What proved it, as <c>pdr</c>.</param>
public sealed record Holds(string Engine) : PropertyVerdict;

/// <summary>It is high in the last cycle of a run.</summary>
/// <param name="Trace">The inputs of that run.</param>
public sealed record Violated(InputTrace Trace) : PropertyVerdict;

/// <summary>It is not high during the first cycles; nothing is known of later ones.</summary>
/// <param name="Cycles">Cycles from power-up.</param>
public sealed record HoldsFor(int Cycles) : PropertyVerdict;

/// <summary>Nothing is known: the time ended before the first cycle was examined, or a tool gave up.</summary>
/// <param name="Reason">Which of them.</param>
public sealed record Undecided(string Reason) : PropertyVerdict;

/// <summary>The inputs of a run, cycle by cycle from power-up.</summary>
/// <param name="Ports">Input ports.</param>
/// <param name="Cycles">For each cycle the value of each port, in the same order.</param>
public sealed record InputTrace(EquatableArray<Port> Ports, EquatableArray<EquatableArray<BitVector>> Cycles);

/// <summary>A claim and what became of it.</summary>
/// <param name="Output">The output that should never be high.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Elapsed">Time of the tools for this claim; lowering the design is not in it.</param>
public sealed record PropertyAnswer(string Output, PropertyVerdict Verdict, TimeSpan Elapsed);

/// <summary>Limits of a model check.</summary>
/// <param name="TimeLimit">For each claim.</param>
public sealed record ModelCheckOptions(TimeSpan TimeLimit)
{
    /// <summary>Cycles after which the design has forgotten its inputs: induction over so many and one more with an SMT solver is tried too; null when it never forgets.</summary>
    public int? Memory { get; init; }

    /// <summary>Address space of a tool, in bytes.</summary>
    public long MemoryLimitBytes { get; init; } = 3L << 30;
}
