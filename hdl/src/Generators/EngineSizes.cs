using System.Numerics;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Hdl.Generators;

/// <summary>Widths of the engine's counters and addresses.</summary>
internal sealed record EngineSizes(Architecture Arch)
{
    /// <summary>Bits of an activation word's address.</summary>
    public int InputAddress => AddressBits(Arch.InputDepth);

    /// <summary>Bits of a number of activation words.</summary>
    public int InputCount => InputAddress + 1;

    /// <summary>Bits of a weight word's address.</summary>
    public int WeightAddress => AddressBits(Arch.WeightDepth);

    /// <summary>Bits of a number of weight words.</summary>
    public int WeightCount => WeightAddress + 1;

    /// <summary>Results are read by array row (output-stationary) or by accumulator word (weight-stationary).</summary>
    public int ResultAddress => AddressBits(
        Arch.Dataflow == Dataflow.OutputStationary ? Arch.Rows : Arch.AccumulatorDepth);

    /// <summary>Bits of a number of result rows.</summary>
    public int ResultRows => ResultAddress + 1;

    /// <summary>Bits of an array column's index.</summary>
    public int ColumnIndex => AddressBits(Arch.Columns);

    /// <summary>Bits of a number of result columns.</summary>
    public int ResultColumns => ColumnIndex + 1;

    /// <summary>Bits to count to a value, that is to address value words.</summary>
    public static int AddressBits(int words) => Math.Max(1, 32 - BitOperations.LeadingZeroCount((uint)(words - 1)));
}
