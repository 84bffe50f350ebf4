namespace HwSeed.Sim.Checkpoints;

/// <summary>The state, memories and inputs of a simulator at one moment.</summary>
public sealed class SimulationSnapshot
{
    internal SimulationSnapshot(long cycles, bool hasStarted, ulong[] state, ulong[] inputs, ulong[] memories) =>
        (Cycles, HasStarted, State, Inputs, Memories) = (cycles, hasStarted, state, inputs, memories);

    /// <summary>Cycles since power-up.</summary>
    public long Cycles { get; }

    internal bool HasStarted { get; }

    internal ulong[] State { get; }

    internal ulong[] Inputs { get; }

    internal ulong[] Memories { get; }

    internal bool Fits(int state, int inputs, int memories) =>
        (State.Length, Inputs.Length, Memories.Length) == (state, inputs, memories);
}
