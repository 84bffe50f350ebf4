using System.Numerics;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Coverage;

/// <summary>Which bits of a signal have risen and which have fallen.</summary>
/// <param name="Path">The signal.</param>
/// <param name="Rose">A bit is set when it went from 0 to 1.</param>
/// <param name="Fell">A bit is set when it went from 1 to 0.</param>
public sealed record ToggleCover(string Path, BitVector Rose, BitVector Fell)
{
    /// <summary>Bits of the signal.</summary>
    public int Width => Rose.Width;

    /// <summary>Directions of bits that were seen, of <see cref="Points"/>.</summary>
    public int Covered => Ones(Rose) + Ones(Fell);

    /// <summary>Two directions a bit.</summary>
    public int Points => 2 * Width;

    private static int Ones(BitVector bits) => bits.Unsigned.ToByteArray(isUnsigned: true).Sum(b => BitOperations.PopCount(b));
}

/// <summary>How often a statement of a source was executed, in all instances of its module together.</summary>
/// <param name="File">The source.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Hits">Edges at which it was executed, or settled states for a combinational one.</param>
public sealed record StatementCover(string File, int Line, int Column, long Hits);

/// <summary>A state of a state machine.</summary>
/// <param name="Value">The register's value.</param>
/// <param name="Name">Its name in the source; null when it has none.</param>
/// <param name="Visits">Cycles that began with the machine in it.</param>
public sealed record StateCover(BigInteger Value, string? Name, long Visits)
{
    /// <summary>The name, or the value.</summary>
    public string Label => Name ?? Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A change from one state to another.</summary>
/// <param name="From">Value of the state before.</param>
/// <param name="To">Value of the state after.</param>
/// <param name="Count">How often it was seen.</param>
/// <param name="Expected">Whether the logic of the machine has it; a reset does not count as logic.</param>
public sealed record TransitionCover(BigInteger From, BigInteger To, long Count, bool Expected);

/// <summary>States and transitions of a state machine.</summary>
/// <param name="Register">Path of the register that holds the state.</param>
/// <param name="States">All states that its logic knows, by value.</param>
/// <param name="Transitions">All that its logic has or that were seen, by value.</param>
public sealed record StateMachineCover(
    string Register, EquatableArray<StateCover> States, EquatableArray<TransitionCover> Transitions);

/// <summary>A share of things that were covered.</summary>
/// <param name="Covered">How many were.</param>
/// <param name="Points">How many there are.</param>
public readonly record struct CoverShare(int Covered, int Points)
{
    /// <summary>0..1; 1 when there is nothing to cover.</summary>
    public double Share => Points == 0 ? 1 : (double)Covered / Points;
}

/// <summary>What the runs of a design have exercised.</summary>
/// <param name="Top">Name of the top module.</param>
/// <param name="Runs">Runs that were added up.</param>
/// <param name="Cycles">Cycles of all runs.</param>
/// <param name="Toggles">One entry a signal, in the order of the design.</param>
/// <param name="Statements">One entry a statement, in the order of the source.</param>
/// <param name="StateMachines">One entry a state machine that was found.</param>
public sealed record CoverageReport(
    string Top,
    int Runs,
    long Cycles,
    EquatableArray<ToggleCover> Toggles,
    EquatableArray<StatementCover> Statements,
    EquatableArray<StateMachineCover> StateMachines)
{
    /// <summary>Directions of bits.</summary>
    public CoverShare ToggleShare => new(Toggles.Sum(t => t.Covered), Toggles.Sum(t => t.Points));

    /// <summary>Statements.</summary>
    public CoverShare StatementShare => new(Statements.Count(s => s.Hits > 0), Statements.Count);

    /// <summary>States of all machines.</summary>
    public CoverShare StateShare => Of(StateMachines.SelectMany(m => m.States), s => s.Visits > 0);

    /// <summary>Transitions that the logic of the machines has.</summary>
    public CoverShare TransitionShare =>
        Of(StateMachines.SelectMany(m => m.Transitions).Where(t => t.Expected), t => t.Count > 0);

    /// <summary>Both together. HW1061: they are not of one design.</summary>
    public Checked<CoverageReport> Merge(CoverageReport other)
    {
        var same = Top == other.Top
            && Toggles.Select(t => (t.Path, t.Width)).SequenceEqual(other.Toggles.Select(t => (t.Path, t.Width)))
            && Statements.Select(s => s with { Hits = 0 }).SequenceEqual(other.Statements.Select(s => s with { Hits = 0 }))
            && StateMachines.Select(m => m.Register).SequenceEqual(other.StateMachines.Select(m => m.Register));
        return same
            ? Checked.Ok(new CoverageReport(
                Top,
                Runs + other.Runs,
                Cycles + other.Cycles,
                Toggles.Zip(other.Toggles, (a, b) => new ToggleCover(a.Path, a.Rose | b.Rose, a.Fell | b.Fell)).ToEquatableArray(),
                Statements.Zip(other.Statements, (a, b) => a with { Hits = a.Hits + b.Hits }).ToEquatableArray(),
                StateMachines.Zip(other.StateMachines, Merge).ToEquatableArray()))
            : Checked.Fail<CoverageReport>(CoverageDiagnostics.OtherDesign(Top, other.Top));
    }

    private static StateMachineCover Merge(StateMachineCover a, StateMachineCover b) => new(
        a.Register,
        a.States.Concat(b.States).GroupBy(s => s.Value).OrderBy(g => g.Key)
            .Select(g => new StateCover(g.Key, g.First().Name, g.Sum(s => s.Visits))).ToEquatableArray(),
        a.Transitions.Concat(b.Transitions).GroupBy(t => (t.From, t.To)).OrderBy(g => g.Key)
            .Select(g => new TransitionCover(g.Key.From, g.Key.To, g.Sum(t => t.Count), g.Any(t => t.Expected))).ToEquatableArray());

    private static CoverShare Of<T>(IEnumerable<T> items, Func<T, bool> covered)
    {
        var all = items.ToList();
        return new(all.Count(covered), all.Count);
    }
}
