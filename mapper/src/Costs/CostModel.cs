using System.Runtime.CompilerServices;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;

namespace HwSeed.Mapper.Costs;

/// <summary>
/// Exact cycles in closed form. A step of the block walk does the same to the engine's <see cref="Times"/> as every other step of
/// its class, where a class says for each dimension whether the block is before the last but one, last but one, or last: that
/// fixes the sizes of this block and of the one that is loaded meanwhile. The loops over blocks are products and powers of at
/// most 27 such <see cref="Delays"/>, whatever the GEMM's size. The walk and the order of commands are the
/// <see cref="Scheduler"/>'s; the cycles of a command are <see cref="EngineTiming"/>'s.
/// </summary>
public static class CostModel
{
    /// <summary>The cost of a mapping, or null when it is infeasible.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="output">What the output stage computes; null: results are the sums.</param>
    public static Cost? Evaluate(Mapping mapping, Requantisation? output = null) =>
        Feasibility.Check(mapping, output) is null ? EvaluateFeasible(mapping, output) : null;

    /// <summary>The cost of a mapping that is known to be feasible.</summary>
    internal static Cost EvaluateFeasible(Mapping mapping, Requantisation? output = null)
    {
        var arch = mapping.Architecture;
        var walk = new Walk(arch, mapping.Order, new(
            new(mapping.Shape.M, mapping.TileM), new(mapping.Shape.N, mapping.TileN), new(mapping.Shape.K, mapping.TileK)));

        // The first block is loaded alone.
        var first = walk.First;
        walk.ActivationBeats += InputWords(arch, first);
        walk.WeightBeats += WeightWords(arch, first);
        var configured = (output?.Commands().Count ?? 0) * EngineTiming.DispatchCycles;
        var start = configured + EngineTiming.CommandCycles(arch) + EngineTiming.LoadCycles(arch, walk.ActivationBeats + walk.WeightBeats)
            + (arch.DoubleBuffering ? EngineTiming.DispatchCycles : 0);
        var times = walk.Loop(0, Position.BeforePenultimate, Position.BeforePenultimate).After(new(start, start));

        // Edges count from 0.
        var cycles = BlockTiming.Of(arch, walk.Last, isFirstK: walk.Dims.K.Count == 1, isLastK: true).LastResult(times)
            + EngineTiming.OutputCycles(arch, output is not null) + 1;
        var macs = mapping.Shape.Macs;
        return new(
            cycles, macs, walk.ActivationBeats, walk.WeightBeats, (long)mapping.Shape.M * mapping.Shape.N,
            (double)macs / (cycles * arch.MacsPerCycle));
    }

    /// <summary>The loops over blocks, but for the very last block.</summary>
    private struct Walk(Architecture arch, EquatableArray<Dimension> order, Splits dims)
    {
        public readonly Splits Dims = dims;
        private readonly Dimension _outer = order[0];
        private readonly Dimension _middle = order[1];
        private readonly Dimension _inner = order[2];

        public long ActivationBeats;
        public long WeightBeats;

        public readonly Sizes First => new(Dims.M.SizeAt(0), Dims.N.SizeAt(0), Dims.K.SizeAt(0));

        public readonly Sizes Last => new(Dims.M.SizeOf(Position.Last), Dims.N.SizeOf(Position.Last), Dims.K.SizeOf(Position.Last));

        /// <summary>All iterations of the loop of a level, where the loops around it stand at the given positions.</summary>
        public Delays Loop(int level, Position outer, Position middle)
        {
            var split = Dims.Of(level switch { 0 => _outer, 1 => _middle, _ => _inner });
            var delays = Delays.Nothing;
            for (var at = Position.BeforePenultimate; at <= Position.Last; at++)
            {
                var count = split.CountOf(at);
                if (count > 0)
                {
                    var iteration = level switch
                    {
                        0 => Loop(1, at, middle),
                        1 => Loop(2, outer, at),
                        _ => Step(outer, middle, at),
                    };
                    delays = delays.Then(iteration.Power(count));
                }
            }

            return delays;
        }

        private Delays Step(Position outer, Position middle, Position inner)
        {
            if (outer == Position.Last && middle == Position.Last && inner == Position.Last)
            {
                return Delays.Nothing;
            }

            var (m, n, k) = (At(Dimension.M, outer, middle, inner), At(Dimension.N, outer, middle, inner), At(Dimension.K, outer, middle, inner));
            var now = new Sizes(Dims.M.SizeOf(m), Dims.N.SizeOf(n), Dims.K.SizeOf(k));
            var (next, newInput, newWeight) = Next([_outer, _middle, _inner], Dims, m, n, k, now);
            var input = newInput ? InputWords(arch, next) : 0;
            var weight = newWeight ? WeightWords(arch, next) : 0;
            var count = Dims.M.CountOf(m) * Dims.N.CountOf(n) * Dims.K.CountOf(k);
            ActivationBeats += count * input;
            WeightBeats += count * weight;

            // Whether sums start anew matters only where it decides which of them are stored together: when K is not split.
            return BlockTiming.Of(arch, now, isFirstK: Dims.K.Count == 1, isLastK: k == Position.Last)
                .Then(EngineTiming.LoadCycles(arch, input + weight));
        }

        private readonly Position At(Dimension dimension, Position outer, Position middle, Position inner) =>
            _outer == dimension ? outer : _middle == dimension ? middle : inner;
    }

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

    internal enum Position
    {
        BeforePenultimate,
        Penultimate,
        Last,
    }

    internal readonly record struct Sizes(int M, int N, int K);

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
