using System.Globalization;

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
/// <param name="RegisterRows">Rows of C in the register tile; 1 for weight-stationary plans, whose register rows are
/// summed elements and stand in <paramref name="BlockK"/>.</param>
/// <param name="RegisterColumns">Columns of the register tile, a multiple of 16 (one vector) but for plain plans.</param>
/// <param name="BlockK">Summed elements handled before B is reloaded: the depth of the register tile of B for
/// weight-stationary plans, the unrolled stretch of K for output-stationary ones, whose sums never leave the
/// registers before K is done, as on the chip.</param>
public sealed partial record KernelPlan(KernelDataflow Dataflow, int RegisterRows, int RegisterColumns, int BlockK)
{
    /// <summary>Columns of one vector register: int32 sums of 512 bits.</summary>
    public const int VectorColumns = 16;

    /// <summary>Vectors that a register tile may take. 32 registers of AVX-512 less those that operands pass through.</summary>
    public const int TileVectors = 28;

    /// <summary>The kernel that the agent starts with.</summary>
    public static KernelPlan Plain { get; } = new(KernelDataflow.Plain, 1, 1, 1);

    /// <summary>Vectors that the register tile takes, in its widest packing (two summed elements a lane).</summary>
    public int Vectors => Dataflow switch
    {
        KernelDataflow.OutputStationary => RegisterRows * (RegisterColumns / VectorColumns),
        KernelDataflow.WeightStationary => HeldGroups(2) * (RegisterColumns / VectorColumns),
        _ => 0,
    };

    /// <summary>What makes the plan unusable as a kernel, null when nothing does.</summary>
    public string? Problem => this switch
    {
        { RegisterRows: < 1 } or { RegisterColumns: < 1 } or { BlockK: < 1 } => "every extent must be at least 1",
        { Dataflow: KernelDataflow.Plain } => null,
        { RegisterColumns: var columns } when columns % VectorColumns != 0 =>
            $"{columns} register columns are not whole vectors of {VectorColumns}",
        { Dataflow: KernelDataflow.WeightStationary, RegisterRows: > 1 } =>
            $"a weight-stationary tile has 1 row of C, not {RegisterRows}",
        _ when Vectors > TileVectors => $"the tile takes {Vectors} vectors, the register file has room for {TileVectors}",
        _ => null,
    };

    /// <summary>The plan in a line, as kernels and reports name it.</summary>
    public string Describe() => Dataflow switch
    {
        KernelDataflow.Plain => "plain plan",
        KernelDataflow.OutputStationary => string.Create(
            CultureInfo.InvariantCulture,
            $"output-stationary plan, register tile {RegisterRows} x {RegisterColumns}, K unrolled within {BlockK}"),
        _ => string.Create(
            CultureInfo.InvariantCulture, $"weight-stationary plan, register tile {BlockK} x {RegisterColumns}"),
    };

    /// <summary>Groups of summed elements that a weight-stationary tile holds.</summary>
    internal int HeldGroups(int groupSize) => Math.Max(1, (BlockK + groupSize - 1) / groupSize);
}
