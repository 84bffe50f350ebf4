namespace HwSeed.Sim.Compilation;

/// <summary>A word that a program writes: to a slot of its target buffer, to a memory, or to the stage for vector code.</summary>
/// <param name="Slot">Slot of the target buffer, or -1.</param>
/// <param name="Index">Node with the memory index, or -1.</param>
/// <param name="Value">Node with the value.</param>
internal readonly record struct Store(int Slot, int Index, int Value)
{
    /// <summary>First byte of the stage, when the store goes there.</summary>
    public int StageOffset { get; private init; }

    /// <summary>Bytes written to the stage; 0 for other stores.</summary>
    public int StageBytes { get; private init; }

    public static Store Word(int slot, int value) => new(slot, -1, value);

    public static Store Memory(int index, int value) => new(-1, index, value);

    public static Store Stage(int offset, int bytes, int value) =>
        new(-1, -1, value) { StageOffset = offset, StageBytes = bytes };
}
