using System.Runtime.CompilerServices;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;

namespace HwSeed.Mapper.Costs;

/// <summary>
/// Exact cycles in closed form. A step of the block walk costs the same as every other step of its class, where a
/// class says for each dimension whether the block is before the last but one, last but one, or last: that fixes the
/// sizes of this block and of the one that is loaded meanwhile. The total is a sum over at most 27 classes, whatever
/// the GEMM's size. The walk and the order of commands are the <see cref="Scheduler"/>'s; the cycles of a command are
/// <see cref="EngineTiming"/>'s.
/// </summary>
public static class CostModel
{
    /// <summary>The cost of a mapping, or null when it is infeasible.</summary>
    public static Cost? Evaluate(Mapping mapping) => Feasibility.Check(mapping) is null ? EvaluateFeasible(mapping) : null;

    /// <summary>The cost of a mapping that is known to be feasible.</summary>
    internal static Cost EvaluateFeasible(Mapping mapping)
    {
        var arch = mapping.Architecture;
        Span<Dimension> order = [mapping.Order[0], mapping.Order[1], mapping.Order[2]];
        var dims = new Splits(
            new(mapping.Shape.M, mapping.TileM), new(mapping.Shape.N, mapping.TileN), new(mapping.Shape.K, mapping.TileK));

        // The first block is loaded alone.
        var first = new Sizes(dims.M.SizeAt(0), dims.N.SizeAt(0), dims.K.SizeAt(0));
        long activationBeats = InputWords(arch, first);
        long weightBeats = WeightWords(arch, first);
        var cycles = EngineTiming.CommandCycles(arch) + EngineTiming.LoadCycles(activationBeats + weightBeats);
        cycles += arch.DoubleBuffering ? EngineTiming.DispatchCycles : 0;

        for (var m = Position.BeforePenultimate; m <= Position.Last; m++)
        {
            for (var n = Position.BeforePenultimate; n <= Position.Last; n++)
            {
                for (var k = Position.BeforePenultimate; k <= Position.Last; k++)
                {
                    var count = dims.M.CountOf(m) * dims.N.CountOf(n) * dims.K.CountOf(k);
                    if (count == 0)
                    {
                        continue;
                    }

                    var now = new Sizes(dims.M.SizeOf(m), dims.N.SizeOf(n), dims.K.SizeOf(k));
                    var execute = ExecuteCycles(arch, now, k == Position.Last);
                    if (m == Position.Last && n == Position.Last && k == Position.Last)
                    {
                        cycles += execute + EngineTiming.StoreTailCycles(arch, LastColumns(arch, now));
                        continue;
                    }

                    var (next, newInput, newWeight) = Next(order, dims, m, n, k, now);
                    var input = newInput ? InputWords(arch, next) : 0;
                    var weight = newWeight ? WeightWords(arch, next) : 0;
                    var load = EngineTiming.LoadCycles(input + weight);
                    cycles += count * (arch.DoubleBuffering
                        ? Math.Max(load, EngineTiming.DispatchCycles + execute) + EngineTiming.DispatchCycles
                        : load + execute);
                    activationBeats += count * input;
                    weightBeats += count * weight;
                }
            }
        }

        var macs = mapping.Shape.Macs;
        var results = (long)mapping.Shape.M * mapping.Shape.N;

        // The last result is accepted at the edge before the store's successor could start; edges count from 0.
        cycles += 1;
        return new(cycles, macs, activationBeats, weightBeats, results, (double)macs / (cycles * arch.MacsPerCycle));
    }

    /// <summary>Cycles of the computes and stores of one block.</summary>
    private static long ExecuteCycles(Architecture arch, Sizes block, bool lastK)
    {
        var columnTiles = Ceiling.Divide(block.N, arch.Columns);
        var overhead = EngineTiming.ComputeOverheadCycles(arch);
        if (arch.Dataflow == Dataflow.OutputStationary)
        {
            var rowTiles = Ceiling.Divide(block.M, arch.Rows);
            return !lastK ? (long)columnTiles * rowTiles * (block.K + overhead)
                : EngineTiming.StoresOverlapComputes(arch) ? OverlappedCycles(arch, columnTiles, rowTiles, block)
                : ((long)columnTiles * rowTiles * (block.K + overhead)) + StoresCycles(arch, columnTiles, rowTiles, block);
        }

        var computes = (long)columnTiles * Ceiling.Divide(block.K, arch.Rows);
        return (computes * (block.M + overhead)) + (lastK ? StoresCycles(arch, columnTiles, 1, block) : 0);
    }

    /// <summary>Stores of all tiles of a block, one after another.</summary>
    private static long StoresCycles(Architecture arch, int columnTiles, int rowTiles, Sizes block)
    {
        return ((columnTiles - 1) * Column(arch.Columns)) + Column(LastColumns(arch, block));

        long Column(int columns) =>
            ((rowTiles - 1) * EngineTiming.StoreCycles(arch, arch.Rows, columns))
            + EngineTiming.StoreCycles(arch, block.M - ((rowTiles - 1) * arch.Rows), columns);
    }

    /// <summary>
    /// Each tile's sums leave while the next tile is computed: the next store waits for the later of both. Rows of tiles
    /// are walked innermost; what a store costs does not depend on the tile's columns.
    /// </summary>
    private static long OverlappedCycles(Architecture arch, int columnTiles, int rowTiles, Sizes block)
    {
        var compute = block.K + EngineTiming.ComputeOverheadCycles(arch);
        var last = EngineTiming.StoreCycles(arch, block.M - ((rowTiles - 1) * arch.Rows), arch.Columns);
        return compute
            + ((long)columnTiles * (rowTiles - 1) * Math.Max(EngineTiming.DispatchCycles + compute, EngineTiming.StoreCycles(arch, arch.Rows, arch.Columns)))
            + ((columnTiles - 1) * Math.Max(EngineTiming.DispatchCycles + compute, last))
            + last;
    }

    private static int LastColumns(Architecture arch, Sizes block) =>
        block.N - ((Ceiling.Divide(block.N, arch.Columns) - 1) * arch.Columns);

    private static (Sizes Next, bool NewInput, bool NewWeight) Next(
        Span<Dimension> order, in Splits dims, Position m, Position n, Position k, Sizes now)
    {
        var next = now;
        var (movedM, movedN, movedK) = (false, false, false);
        for (var i = 2; i >= 0; i--)
        {
            var position = order[i] switch { Dimension.M => m, Dimension.N => n, _ => k };
            var split = dims.Of(order[i]);
            var wraps = position == Position.Last;
            var size = wraps ? split.SizeAt(0) : position == Position.Penultimate ? split.SizeOf(Position.Last) : split.Tile;

            // A loop of one trip wraps onto the same block: nothing moves.
            var moved = !wraps || split.Count > 1;
            switch (order[i])
            {
                case Dimension.M:
                    (next, movedM) = (next with { M = size }, moved);
                    break;
                case Dimension.N:
                    (next, movedN) = (next with { N = size }, moved);
                    break;
                default:
                    (next, movedK) = (next with { K = size }, moved);
                    break;
            }

            if (!wraps)
            {
                break;
            }
        }

        return (next, movedM || movedK, movedN || movedK);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int InputWords(Architecture arch, Sizes block) =>
        HostStreams.ActivationWords(arch, new Block(0, block.M, 0, block.K));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WeightWords(Architecture arch, Sizes block) =>
        HostStreams.WeightWords(arch, new Block(0, block.K, 0, block.N));

    private enum Position
    {
        BeforePenultimate,
        Penultimate,
        Last,
    }

    private readonly record struct Sizes(int M, int N, int K);

    private readonly record struct Splits(Split M, Split N, Split K)
    {
        public Split Of(Dimension dimension) => dimension switch
        {
            Dimension.M => M,
            Dimension.N => N,
            _ => K,
        };
    }

    /// <summary>A dimension cut into blocks.</summary>
    private readonly struct Split(int length, int tile)
    {
        public int Tile { get; } = Math.Min(tile, length);

        public int Count { get; } = Ceiling.Divide(length, tile);

        private readonly int _last = length - ((Ceiling.Divide(length, tile) - 1) * tile);

        public int SizeAt(int index) => index == Count - 1 ? _last : Tile;

        public int SizeOf(Position position) => position == Position.Last ? _last : Tile;

        public long CountOf(Position position) => position switch
        {
            Position.BeforePenultimate => Math.Max(0, Count - 2),
            Position.Penultimate => Count >= 2 ? 1 : 0,
            _ => 1,
        };
    }
}
