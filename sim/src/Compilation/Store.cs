namespace HwSeed.Sim.Compilation;

/// <summary>A word that a program writes: to a slot of its target buffer, or to a memory.</summary>
/// <param name="Slot">Slot of the target buffer, or -1 for a memory write.</param>
/// <param name="Index">Node with the memory index, or -1.</param>
/// <param name="Value">Node with the value.</param>
internal readonly record struct Store(int Slot, int Index, int Value)
{
    /// <summary>Node with the one-bit condition under which a memory is written.</summary>
    public int Condition { get; init; } = -1;

    /// <summary>Node with the bits of a memory word that are written, or -1 for all.</summary>
    public int Mask { get; init; } = -1;

    public bool IsMemory => Index >= 0;

    /// <summary>The nodes that it reads, in the order in which code reads them.</summary>
    public IEnumerable<int> Operands => new[] { Condition, Index, Mask, Value }.Where(n => n >= 0);

    public static Store Word(int slot, int value) => new(slot, -1, value);

    public static Store Memory(int condition, int index, int value, int mask = -1) =>
        new(-1, index, value) { Condition = condition, Mask = mask };
}
