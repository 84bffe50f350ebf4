using HwSeed.Sim.Compilation;

namespace HwSeed.Sim;

/// <summary>
/// One cycle of the implicit clock as a single compiled call: outputs are taken and the edge is made together, from input
/// words that stand ready. For loops that decide in every cycle what to do in the next one.
/// </summary>
internal sealed unsafe class ClockedCycle(Simulator simulator, WordProgram program, PinnedWords outputs)
{
    // Nothing else keeps the words alive to whose address compiled code writes.
    private readonly PinnedWords _outputs = outputs;

    /// <summary>The input words, where each port's begin at its slot; bits above a port's width have to be zero.</summary>
    public ulong* Inputs { get; } = simulator.InputWords.Address;

    /// <summary>The words of the chosen outputs, in their order, as they were before the edge.</summary>
    public ulong* Outputs => _outputs.Address;

    /// <summary>The words from which and to which the next cycle goes.</summary>
    public (PinnedWords Now, PinnedWords Next) Buffers => simulator.Buffers;

    /// <summary>A cycle between two state buffers.</summary>
    public void Run(ulong* now, ulong* next) => program.Run(now, next, Inputs, simulator.MemoryAddress, Outputs, 1);

    /// <summary>Tells the simulator how many cycles were run since <see cref="Buffers"/> was asked for.</summary>
    public void Ran(long cycles) => simulator.Moved(cycles);
}
