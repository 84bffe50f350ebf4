namespace HwSeed.Hdl.Architectures;

/// <summary>
/// Cycles from the edge at which a command is dispatched to the first edge at which a command that waits for it may be
/// dispatched. These are the only timing constants of the engine; hdl/docs/engine.md derives them edge by edge.
/// </summary>
public static class EngineTiming
{
    /// <summary>A load of that many beats, with a host that always has one ready.</summary>
    public static long LoadCycles(long beats) => beats + 1;

    /// <summary>A compute over that many activation words, besides the words themselves.</summary>
    public static int ComputeOverheadCycles(Architecture arch) => arch switch
    {
        { Interconnect: Interconnect.Broadcast } => 2 + arch.PePipeline,
        { Dataflow: Dataflow.OutputStationary } => arch.Rows + arch.Columns + arch.PePipeline,
        _ => (2 * arch.Rows) + arch.Columns + arch.PePipeline + 1,
    };

    /// <summary>
    /// A store of a block of results, with a sink that is always ready, until a command that waits for the store unit. A
    /// systolic array's store sends one result an edge; a drain chain moves by one PE an edge and so passes unused columns.
    /// </summary>
    /// <param name="arch">The engine.</param>
    /// <param name="rows">Result rows.</param>
    /// <param name="columns">Result columns.</param>
    public static long StoreCycles(Architecture arch, long rows, long columns) =>
        arch.Interconnect == Interconnect.Broadcast ? (rows * arch.Columns) + 1 : (rows * columns) + 2;

    /// <summary>Edges from the one at which a command that waits for a store may be dispatched to the one at which its last
    /// result is accepted; negative when the result is first.</summary>
    public static int StoreTailCycles(Architecture arch, int columns) =>
        arch.Interconnect == Interconnect.Broadcast ? columns + 1 - arch.Columns : 0;

    /// <summary>Whether a compute may follow a store at once, since the sums have left the PEs.</summary>
    public static bool StoresOverlapComputes(Architecture arch) =>
        arch is { Interconnect: Interconnect.Broadcast, DoubleBuffering: true };

    /// <summary>Edges from the one at which the first command is accepted to the one at which it is dispatched.</summary>
    public static int CommandCycles(Architecture arch) => arch.Interconnect == Interconnect.Broadcast ? 1 : 0;

    /// <summary>Edges that one command occupies the dispatcher for.</summary>
    public const int DispatchCycles = 1;
}
