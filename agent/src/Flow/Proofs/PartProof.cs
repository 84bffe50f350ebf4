using HwSeed.Agent.Evaluations;
using HwSeed.Hdl;
using HwSeed.Sim.Properties;

namespace HwSeed.Agent.Flow;

/// <summary>A statement about a part and how far it was shown.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Output">The harness's output that would break it.</param>
/// <param name="Level">How far.</param>
/// <param name="Parameters">What the level rests on, as <c>k=40</c>; empty when it needs nothing.</param>
/// <param name="Engine">What showed it, as <c>pdr</c>.</param>
/// <param name="Elapsed">Time it took.</param>
public sealed record ProvedStatement(
    string Text, string Output, VerificationLevel Level, string Parameters, string Engine, TimeSpan Elapsed)
{
    /// <summary>A run that breaks the statement, in our own simulator; null when none was found.</summary>
    public TraceReplay? Broken { get; init; }

    /// <summary>Why nothing is known; null when something is.</summary>
    public string? Reason { get; init; }

    /// <summary>As reports print it: <c>bounded(k=40)</c>.</summary>
    public string Label => Broken is not null ? "broken" : PartProof.LabelOf(Level, Parameters);
}

/// <summary>A part of an engine: as good as its weakest statement.</summary>
/// <param name="Part">Its name.</param>
/// <param name="Statements">What was claimed of it.</param>
public sealed record PartProof(string Part, EquatableArray<ProvedStatement> Statements)
{
    /// <summary>The statement that was shown least.</summary>
    public ProvedStatement Weakest => Statements.MinBy(s => (s.Broken is null ? 1 : 0, (int)s.Level, Bound(s)))!;

    /// <summary>Time of all its proofs.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Statements.Sum(s => s.Elapsed.Ticks));

    /// <summary>What showed its statements.</summary>
    public string Engines => string.Join(", ", Statements.Select(s => s.Engine).Distinct().Order(StringComparer.Ordinal));

    internal static string LabelOf(VerificationLevel level, string parameters) => new Verified(level, parameters, 0, 0).Label;

    // Of two bounds the smaller is the weaker.
    private static int Bound(ProvedStatement statement) => statement.Level == VerificationLevel.Bounded
        && int.TryParse(statement.Parameters.AsSpan(2), out var cycles) ? cycles : 0;
}

/// <summary>How far an engine was shown to be right: as far as its weakest part.</summary>
/// <param name="Parts">Its parts.</param>
/// <param name="Elapsed">Wall-clock time.</param>
public sealed record EngineProofReport(EquatableArray<PartProof> Parts, TimeSpan Elapsed)
{
    /// <summary>The part that was shown least.</summary>
    public PartProof Weakest => Parts.First(p => p.Weakest == new PartProof("", [.. Parts.Select(q => q.Weakest)]).Weakest);

    /// <summary>Whether no statement was broken.</summary>
    public bool Passed => Parts.All(p => p.Weakest.Broken is null);

    /// <summary>The architecture's level.</summary>
    public VerificationLevel Level => Passed ? Weakest.Weakest.Level : VerificationLevel.Unverified;

    /// <summary>As reports print it; never higher than earned.</summary>
    public string Label => Passed ? Weakest.Weakest.Label : "unverified";
}
