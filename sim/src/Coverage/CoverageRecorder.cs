using System.Numerics;

namespace HwSeed.Sim.Coverage;

/// <summary>
/// Watches what a run exercises: toggles of every bit, statements of the source, states and transitions of state
/// machines. It compiles code of its own, so a simulator without a recorder runs as before.
/// </summary>
public sealed class CoverageRecorder
{
    private readonly Simulator _simulator;
    private readonly ToggleCounter _toggles;
    private readonly StatementCounter _statements;
    private readonly StateMachineCounter _machines;

    /// <summary>A recorder for a simulator.</summary>
    /// <param name="simulator">What is watched.</param>
    /// <param name="nameOf">The name of a state from module, register and value; null where it has none.</param>
    public CoverageRecorder(Simulator simulator, Func<string, string, BigInteger, string?>? nameOf = null)
    {
        (_simulator, _toggles, _statements) = (simulator, new(simulator), new(simulator));
        _machines = new(simulator, nameOf ?? ((_, _, _) => null));
    }

    /// <summary>Cycles that were counted.</summary>
    public long Cycles { get; private set; }

    /// <summary>
    /// Inputs were poked and the design has not settled: edges among them are about to execute clocked statements. Call
    /// it before <see cref="Simulator.Evaluate"/> in designs whose clocks are ports.
    /// </summary>
    public void Changing() => _statements.Changing();

    /// <summary>The design has settled: once a cycle, or in both halves of a cycle where the clock is a port.</summary>
    /// <param name="beginsCycle">Whether this is a new cycle.</param>
    public void Settled(bool beginsCycle = true)
    {
        Cycles += beginsCycle ? 1 : 0;
        _toggles.Settled();
        _statements.Settled();
        _machines.Settled(beginsCycle);
    }

    /// <summary>What was seen up to now, as one run.</summary>
    public CoverageReport Report() => new(
        _simulator.Netlist.Design.Top.Name, 1, Cycles, _toggles.Report(), _statements.Report(), _machines.Report());
}
