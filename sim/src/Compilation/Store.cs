namespace HwSeed.Sim.Compilation;

/// <summary>A word that a program writes: to a slot of its target buffer, to a memory, to a row of
/// responses, or to the stage for vector code.</summary>
/// <param name="Slot">Slot of the target buffer, or -1.</param>
/// <param name="Index">Node with the memory index, or -1.</param>
/// <param name="Value">Node with the value.</param>
internal readonly record struct Store(int Slot, int Index, int Value)
{
    /// <summary>Node with the one-bit condition under which a memory is written.</summary>
    public int Condition { get; init; } = -1;

    /// <summary>Node with the bits of a memory word that are written, or -1 for all.</summary>
    public int Mask { get; init; } = -1;

    /// <summary>The memory word that has index 0.</summary>
    public int Base { get; private init; }

    /// <summary>Bits of a memory's word that exist.</summary>
    public int Width { get; private init; } = 64;

    /// <summary>Of a memory write, how many words it fills, how far they are apart, and the index at which the memory ends.</summary>
    public (int Words, int Stride, int End) Fill { get; init; } = (1, 0, int.MaxValue);

    /// <summary>First byte of the stage, when the store goes there.</summary>
    public int StageOffset { get; private init; }

    /// <summary>Bytes written to the stage; 0 for other stores.</summary>
    public int StageBytes { get; private init; }

    /// <summary>The word of a row of responses, or -1.</summary>
    public int ResponseWord { get; private init; } = -1;

    public bool IsMemory => Index >= 0;

    /// <summary>The nodes that it reads, in the order in which code reads them.</summary>
    public IEnumerable<int> Operands => new[] { Condition, Index, Mask, Value }.Where(n => n >= 0);

    public static Store Word(int slot, int value) => new(slot, -1, value);

    public static Store Memory(int condition, int index, int memory, int value, int mask = -1, int width = 64) =>
        new(-1, index, value) { Condition = condition, Base = memory, Mask = mask, Width = width };

    public static Store Response(int word, int value) => new(-1, -1, value) { ResponseWord = word };

    public static Store Stage(int offset, int bytes, int value) =>
        new(-1, -1, value) { StageOffset = offset, StageBytes = bytes };
}
