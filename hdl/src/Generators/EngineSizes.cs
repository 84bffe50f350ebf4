using System.Numerics;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Hdl.Generators;

/// <summary>Widths of the engine's words, counters and addresses.</summary>
internal sealed record EngineSizes(Architecture Arch)
{
    /// <summary>Bits that stream into one PE: its lanes' activations, or weights past activations that stay.</summary>
    public int Streamed => Arch.Lanes * Arch.StreamedBits;

    /// <summary>Bits of what one PE takes of the other word: weights, or the operands that it keeps.</summary>
    public int Kept => Arch.Lanes * Arch.KeptBits;

    /// <summary>Bits of an activation word.</summary>
    public int InputWord => Arch.InputWordBits;

    /// <summary>Bits of a weight word.</summary>
    public int WeightWord => Arch.WeightWordBits;

    /// <summary>Bits of an activation word's address.</summary>
    public int InputAddress => AddressBits(Arch.InputDepth);

    /// <summary>Bits of a number of activation words.</summary>
    public int InputCount => InputAddress + 1;

    /// <summary>Bits of a weight word's address.</summary>
    public int WeightAddress => AddressBits(Arch.WeightDepth);

    /// <summary>Bits of a number of weight words.</summary>
    public int WeightCount => WeightAddress + 1;

    /// <summary>Bits of an accumulator word's address, or of a PE row's index where sums stay in the PEs.</summary>
    public int ResultAddress => AddressBits(Arch.KeepsOperands ? Arch.AccumulatorDepth : Arch.Rows);

    /// <summary>Bits of a number of result rows.</summary>
    public int ResultRows => ResultAddress + 1;

    /// <summary>Bits of an array column's index.</summary>
    public int ColumnIndex => AddressBits(Arch.Columns);

    /// <summary>Bits of a number of result columns: of one tile, or of all tiles that accumulator memories hold.</summary>
    public int ResultColumns => Arch.KeepsOperands
        ? Math.Min(CommandEncoding.FieldBits, AddressBits(Arch.AccumulatorDepth * Arch.Columns) + 1)
        : ColumnIndex + 1;

    /// <summary>Bits of an output channel's number; 0 without an output stage.</summary>
    public int Channel => Arch.Output is { } stage ? AddressBits(stage.Channels) : 0;

    /// <summary>Bits to count to a value, that is to address value words.</summary>
    public static int AddressBits(int words) => Math.Max(1, 32 - BitOperations.LeadingZeroCount((uint)(words - 1)));
}
