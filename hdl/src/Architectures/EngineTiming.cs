namespace HwSeed.Hdl.Architectures;

/// <summary>
/// Cycles from the edge at which a command is accepted to the first edge at which a command that waits for it may be
/// accepted. These are the only timing constants of the engine; hdl/docs/engine.md derives them edge by edge.
/// </summary>
public static class EngineTiming
{
    /// <summary>A load of that many beats, with a host that always has one ready.</summary>
    public static long LoadCycles(long beats) => beats + 1;

    /// <summary>A compute over that many activation words, besides the words themselves.</summary>
    public static int ComputeOverheadCycles(Architecture arch) => arch.Dataflow switch
    {
        Dataflow.OutputStationary => arch.Rows + arch.Columns + arch.PePipeline,
        _ => (2 * arch.Rows) + arch.Columns + arch.PePipeline + 1,
    };

    /// <summary>A store of that many results, with a sink that is always ready. Its last result is accepted at that edge.</summary>
    public static long StoreCycles(long results) => results + StoreOverheadCycles;

    /// <summary>What a store costs besides its results.</summary>
    public const int StoreOverheadCycles = 2;

    /// <summary>Edges that one command occupies the dispatcher for.</summary>
    public const int DispatchCycles = 1;
}
