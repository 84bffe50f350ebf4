using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;

namespace HwSeed.Mapper.Costs;

/// <summary>
/// The computes and stores of one block. Without stores, only the reads matter. With them, each store waits for the sums of its
/// group of computes and for the store before, and the next group is dispatched behind it.
/// </summary>
/// <param name="Arch">The engine.</param>
/// <param name="Group">Edges from the first compute's dispatch to the store's, or without stores until all words are read.</param>
/// <param name="Others">Edges from the first store's dispatch to the last's.</param>
/// <param name="Store">Edges of the last store until the next may be dispatched; 0 when the block stores nothing.</param>
/// <param name="LastResultCycles">Edges from the last store's dispatch to its last result.</param>
internal readonly record struct BlockTiming(Architecture Arch, long Group, long Others, long Store, long LastResultCycles)
{
    /// <summary>Whether a compute waits until the store before is done: the accumulators have one half only.</summary>
    private bool ComputesWaitForStores => Arch is { KeepsOperands: true, DoubleBuffering: false };

    /// <summary>The timing of a block.</summary>
    /// <param name="arch">The engine.</param>
    /// <param name="block">Its sizes.</param>
    /// <param name="isFirstK">Whether it begins its sums.</param>
    /// <param name="isLastK">Whether it ends them, so that they are stored.</param>
    public static BlockTiming Of(Architecture arch, CostModel.Sizes block, bool isFirstK, bool isLastK) =>
        arch.KeepsOperands ? Kept(arch, block, isFirstK, isLastK) : OutputStationary(arch, block, isLastK);

    /// <summary>The block, then (single-buffered) or meanwhile (double-buffered) the load of the next.</summary>
    /// <param name="load">Edges of the load.</param>
    public Delays Then(long load)
    {
        // Double-buffered: load, computes and stores, sync. Single-buffered: computes and stores, load.
        var first = (Arch.DoubleBuffering ? EngineTiming.DispatchCycles : 0) + Group;
        var end = Arch.DoubleBuffering ? EngineTiming.DispatchCycles : load;
        var least = Arch.DoubleBuffering ? load + EngineTiming.DispatchCycles : Delays.None;
        var fromStore = ComputesWaitForStores ? Group : 0;
        return Store == 0
            ? new(Math.Max(first + end, least), ComputesWaitForStores ? fromStore + end : Delays.None, Delays.None, 0)
            : new(
                Math.Max(first + Others + EngineTiming.DispatchCycles + end, least),
                fromStore + Others + EngineTiming.DispatchCycles + end,
                first + Others + Store,
                fromStore + Others + Store);
    }

    /// <summary>The edge at which the last result of the last block is accepted.</summary>
    /// <param name="before">Times at its first compute.</param>
    public long LastResult(Times before) =>
        Math.Max(before.Dispatch + Group, before.StoreFree + (ComputesWaitForStores ? Group : 0)) + Others + LastResultCycles;

    /// <summary>A compute and a store a tile; rows of tiles are walked innermost. What a store costs does not depend on columns.</summary>
    private static BlockTiming OutputStationary(Architecture arch, CostModel.Sizes block, bool isLastK)
    {
        var words = Ceiling.Divide(block.K, arch.Lanes);
        var (rowTiles, columnTiles) = (Ceiling.Divide(block.M, arch.Rows), Ceiling.Divide(block.N, arch.Columns));
        var toRead = EngineTiming.FillCycles(arch) + EngineTiming.ReadyCycles(arch, words);
        if (!isLastK)
        {
            // A split K has one tile.
            return new(arch, toRead, 0, 0, 0);
        }

        var group = EngineTiming.FillCycles(arch) + EngineTiming.FinalCycles(arch, words);
        var lastRows = block.M - ((rowTiles - 1) * arch.Rows);
        var last = EngineTiming.StoreCycles(arch, lastRows, arch.Columns);
        var others = ((long)columnTiles * (rowTiles - 1) * Math.Max(EngineTiming.DispatchCycles + group, EngineTiming.StoreCycles(arch, arch.Rows, arch.Columns)))
            + ((columnTiles - 1) * Math.Max(EngineTiming.DispatchCycles + group, last));
        return new(arch, group, others, last, EngineTiming.LastResultCycles(arch, lastRows, block.N - ((columnTiles - 1) * arch.Columns)));
    }

    /// <summary>
    /// A store a tile when the block has all of K: each tile's computes run stream behind stream. Else the last block of K ends
    /// with one store of all tiles.
    /// </summary>
    private static BlockTiming Kept(Architecture arch, CostModel.Sizes block, bool isFirstK, bool isLastK)
    {
        var (streamed, spread) = arch.Dataflow == Dataflow.InputStationary ? (block.N, block.M) : (block.M, block.N);
        var (tiles, tilesK) = (Ceiling.Divide(spread, arch.Columns), Ceiling.Divide(block.K, arch.Rows * arch.Lanes));
        var isWhole = isFirstK && isLastK;
        var computes = isWhole ? tilesK : (long)tiles * tilesK;
        var toLastStream = EngineTiming.FillCycles(arch) + ((computes - 1) * EngineTiming.StreamCycles(arch, streamed));
        if (!isLastK)
        {
            return new(arch, toLastStream + EngineTiming.ReadyCycles(arch, streamed), 0, 0, 0);
        }

        var group = toLastStream + EngineTiming.FinalCycles(arch, streamed);
        if (!isWhole)
        {
            return new(arch, group, 0, EngineTiming.StoreCycles(arch, streamed, spread), EngineTiming.LastResultCycles(arch, streamed, spread));
        }

        var full = EngineTiming.StoreCycles(arch, streamed, arch.Columns);
        var next = arch.DoubleBuffering ? Math.Max(EngineTiming.DispatchCycles + group, full) : full + group;
        var lastColumns = spread - ((tiles - 1) * arch.Columns);
        return new(arch, group, (tiles - 1) * next,
            EngineTiming.StoreCycles(arch, streamed, lastColumns), EngineTiming.LastResultCycles(arch, streamed, lastColumns));
    }
}
