namespace HwSeed.Sim.Lockstep;

/// <summary>Where two simulators first differ.</summary>
/// <param name="Cycle">Cycle of the trace, from 0, reset included.</param>
/// <param name="Port">Output port.</param>
/// <param name="Expected">The compiled simulator's value, hexadecimal.</param>
/// <param name="Got">The other model's value, hexadecimal.</param>
public sealed record Divergence(long Cycle, string Port, string Expected, string Got)
{
    /// <inheritdoc/>
    public override string ToString() => $"in cycle {Cycle} output '{Port}' is {Got}, expected {Expected}";
}

/// <summary>How a lockstep run ended.</summary>
public enum LockstepVerdict
{
    /// <summary>Every output port had the expected value in every cycle.</summary>
    Agreed,

    /// <summary>Some output port differed.</summary>
    Diverged,

    /// <summary>The bench left no complete result of its own for this run: nothing is known.</summary>
    NotVerified,
}

/// <summary>What the replay of a trace on another model, Verilator's or our own, showed.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Reason">One sentence that says why.</param>
/// <param name="Cycles">Cycles that the bench counted by its own observation: for an engine from the first command
/// offered to the last output accepted; for another design all replayed edges.</param>
/// <param name="OutputsRead">Output words that the bench saw accepted; empty without an output stream.</param>
/// <param name="FirstDivergence">The first difference, when there is one.</param>
/// <param name="BuildTime">Building the model.</param>
/// <param name="RunTime">The replay.</param>
/// <param name="Log">What the bench and the model printed; never read for the verdict.</param>
public sealed record LockstepReport(
    LockstepVerdict Verdict,
    string Reason,
    long Cycles,
    ulong[] OutputsRead,
    Divergence? FirstDivergence,
    TimeSpan BuildTime,
    TimeSpan RunTime,
    string Log)
{
    /// <summary>Whether every output port had the expected value in every cycle.</summary>
    public bool Agreed => Verdict == LockstepVerdict.Agreed;
}
