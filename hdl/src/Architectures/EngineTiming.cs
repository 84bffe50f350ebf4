namespace HwSeed.Hdl.Architectures;

/// <summary>
/// Edges between the dispatch of a command and what other commands wait for. These are the only timing constants of the
/// engine; hdl/docs/engine.md derives them edge by edge. A compute's <em>stream</em> starts at the edge at which it reads its
/// first word.
/// </summary>
public static class EngineTiming
{
    /// <summary>Edges that one command occupies the dispatcher for.</summary>
    public const int DispatchCycles = 1;

    /// <summary>Whether commands pass registers before and behind the dispatcher, and so does what it looks at: for the clock.</summary>
    public static bool IsDispatchRegistered(Architecture arch) => arch.Interconnect == Interconnect.Broadcast;

    /// <summary>Edges from the one at which the first command is accepted to the one at which it is dispatched.</summary>
    public static int CommandCycles(Architecture arch) => StartCycles(arch);

    /// <summary>Edges from the one at which a command is dispatched to the one at which its unit starts.</summary>
    public static int StartCycles(Architecture arch) => IsDispatchRegistered(arch) ? 1 : 0;

    /// <summary>A load of that many beats, with a host that always has one ready, until a command that waits for it.</summary>
    public static long LoadCycles(Architecture arch, long beats) => beats + 1 + (2 * StartCycles(arch));

    /// <summary>Edges from an operand's arrival at the first PE of a core to its arrival at the last.</summary>
    public static int WaveCycles(Architecture arch) => arch.Interconnect == Interconnect.Systolic ? arch.Rows + arch.CoreColumns - 2 : 0;

    /// <summary>Edges that a product spends in registers on its way to the sum.</summary>
    public static int ProductCycles(Architecture arch) => arch.PePipeline + arch.AdderPipeline;

    /// <summary>From a compute's dispatch to the start of its stream when no other is in its way: arrays that keep operands are filled first.</summary>
    public static int FillCycles(Architecture arch) => StartCycles(arch) + (arch.KeepsOperands ? arch.Rows + 1 : 1);

    /// <summary>
    /// From the start of a stream to the dispatch of the next compute, whose operands may then enter the PEs that keep them:
    /// when the last PE has taken over this one's, and when what the accumulators need to know has reached them.
    /// </summary>
    public static int SettleCycles(Architecture arch) =>
        arch.KeepsOperands ? Math.Max(WaveCycles(arch), ProductCycles(arch)) : 0;

    /// <summary>From the start of one stream to the start of the next of a row of computes.</summary>
    public static long StreamCycles(Architecture arch, long length) =>
        arch.KeepsOperands ? Math.Max(length, SettleCycles(arch) + FillCycles(arch)) : Math.Max(length, 1 + StartCycles(arch));

    /// <summary>From the start of the last stream to a dispatch that waits until computes have read all their words.</summary>
    public static long ReadyCycles(Architecture arch, long length) => Math.Max(length - 1 - StartCycles(arch), SettleCycles(arch));

    /// <summary>
    /// From the start of the last stream to the dispatch of a store of its sums. Those of output-stationary arrays are captured
    /// by a signal that follows the last word through the array; accumulator memories are read when they are complete.
    /// </summary>
    public static long FinalCycles(Architecture arch, long length) =>
        arch.KeepsOperands ? length + WaveCycles(arch) + 2 + ProductCycles(arch) : ReadyCycles(arch, length);

    /// <summary>From the dispatch of a store to the capture of sums in the drain chain, less the edge that the chain takes anyway.</summary>
    public static int CaptureCycles(Architecture arch) => arch switch
    {
        { KeepsOperands: true } => 0,
        { Interconnect: Interconnect.Broadcast } => StartCycles(arch) + ProductCycles(arch) + 2,
        _ => ProductCycles(arch) + WaveCycles(arch) + 2,
    };

    /// <summary>
    /// A store, with a sink that is always ready, until the next. Accumulator memories send one result an edge; a drain chain
    /// moves by one PE an edge and so passes unused columns.
    /// </summary>
    /// <param name="arch">The engine.</param>
    /// <param name="rows">Result rows; of accumulator memories words.</param>
    /// <param name="columns">Result columns.</param>
    public static long StoreCycles(Architecture arch, long rows, long columns) =>
        arch.KeepsOperands ? (rows * columns) + 2 : CaptureCycles(arch) + (rows * arch.Columns) + 1 + StartCycles(arch);

    /// <summary>Edges that the output stage puts between array and sink: sums that pass as they are, or requantised results.</summary>
    /// <param name="arch">The engine.</param>
    /// <param name="requantises">Whether its program turns requantisation on.</param>
    public static int OutputCycles(Architecture arch, bool requantises) => arch.Output switch
    {
        null => 0,
        _ when !requantises => 1,
        { } stage => 9 + ArchitectureRules.AdderLevels(stage.FractionBits) + (stage.Table ? 1 : 0) + (stage.Residual ? 1 : 0),
    };

    /// <summary>From the dispatch of a store to the edge at which its last result leaves the array, or is accepted without an output stage.</summary>
    public static long LastResultCycles(Architecture arch, long rows, long columns) =>
        arch.KeepsOperands ? (rows * columns) + 2 : CaptureCycles(arch) + ((rows - 1) * arch.Columns) + columns + 2;
}
