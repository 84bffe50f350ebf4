namespace HwSeed.Kernels;

/// <summary>Which operand the inner loops keep in registers, after the chip's dataflow.</summary>
public enum KernelDataflow
{
    /// <summary>One thread an output, operands straight from memory: the honest start kernel.</summary>
    Plain,

    /// <summary>A tile of C stays in registers while K streams.</summary>
    OutputStationary,

    /// <summary>A tile of B stays in registers while rows of A stream; C is accumulated in memory over K blocks.</summary>
    WeightStationary,
}

/// <summary>
/// The same loop nest as a chip mapping, for a processor: what the PE array is on the chip is a register tile here.
/// </summary>
/// <param name="Dataflow">What stays in registers.</param>
/// <param name="RegisterRows">Rows of the register tile.</param>
/// <param name="RegisterColumns">Columns of the register tile, a multiple of the vector width for vector kernels.</param>
/// <param name="BlockK">Summed elements handled before the tile is written back or B is reloaded.</param>
public sealed record KernelPlan(KernelDataflow Dataflow, int RegisterRows, int RegisterColumns, int BlockK)
{
    /// <summary>The kernel that the agent starts with.</summary>
    public static KernelPlan Plain { get; } = new(KernelDataflow.Plain, 1, 1, 1);
}
