namespace HwSeed.Sim.Compilation;

/// <summary>A word that a program writes: to a slot of its target buffer, or to a memory.</summary>
/// <param name="Slot">Slot of the target buffer, or -1 for a memory write.</param>
/// <param name="Index">Node with the memory index, or -1.</param>
/// <param name="Value">Node with the value.</param>
internal readonly record struct Store(int Slot, int Index, int Value)
{
    public static Store Word(int slot, int value) => new(slot, -1, value);

    public static Store Memory(int index, int value) => new(-1, index, value);
}
