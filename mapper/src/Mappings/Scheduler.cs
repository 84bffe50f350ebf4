using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Mappings;

/// <summary>
/// Lowers a mapping to the engine's commands. Blocks are walked in the mapping's order; a block of A or B is loaded
/// only when its index changed. With double buffering the next block's load is issued before this block's computes,
/// and a sync ends each step; sums that lie in accumulator memories alternate between the halves, so that one is stored while
/// the other is summed into. Without, loads and computes follow one another.
/// </summary>
public static class Scheduler
{
    /// <summary>The program; throws <see cref="ArgumentException"/> when the mapping is infeasible.</summary>
    /// <param name="mapping">How the product runs.</param>
    /// <param name="output">What the output stage computes; null: results are the sums.</param>
    public static CommandStream Lower(Mapping mapping, Requantisation? output = null)
    {
        if (Feasibility.Check(mapping, output) is { } infeasible)
        {
            throw new ArgumentException(infeasible.Reason, nameof(mapping));
        }

        var commands = new List<Command>(output?.Commands() ?? []);
        var steps = Steps(mapping).ToList();
        var doubleBuffering = mapping.Architecture.DoubleBuffering;
        var buffers = new BufferState(mapping.Architecture);
        var sums = new SumsState(mapping.Architecture);
        commands.Add(buffers.Load(steps[0]));
        if (doubleBuffering)
        {
            commands.Add(new Sync());
        }

        for (var i = 0; i < steps.Count; i++)
        {
            var (inputBase, weightBase) = (buffers.InputBase, buffers.WeightBase);
            var next = i + 1 < steps.Count ? buffers.Load(steps[i + 1]) : null;
            if (doubleBuffering && next is not null)
            {
                commands.Add(next);
            }

            commands.AddRange(Execute(mapping, steps[i], inputBase, weightBase, sums));
            if (next is not null)
            {
                commands.Add(doubleBuffering ? new Sync() : next);
            }
        }

        return new(mapping.Shape, [.. output is null ? commands : commands.Select(WithChannel)]);
    }

    private static Command WithChannel(Command command) => command is Store store ? store with { Channel = store.Results.Column } : command;

    /// <summary>One block: its part of each dimension.</summary>
    private readonly record struct Step(int M, int Rows, int N, int Columns, int K, int Depth, bool FirstK, bool LastK)
    {
        public Block Activations => new(M, Rows, K, Depth);

        public Block Weights => new(K, Depth, N, Columns);
    }

    private static IEnumerable<Step> Steps(Mapping mapping)
    {
        var (shape, grid) = (mapping.Shape, TileGrid.Of(mapping));
        var order = mapping.Order;
        var index = new int[3];
        for (index[0] = 0; index[0] < grid.Count(order[0]); index[0]++)
        {
            for (index[1] = 0; index[1] < grid.Count(order[1]); index[1]++)
            {
                for (index[2] = 0; index[2] < grid.Count(order[2]); index[2]++)
                {
                    var m = At(Dimension.M) * mapping.TileM;
                    var n = At(Dimension.N) * mapping.TileN;
                    var k = At(Dimension.K) * mapping.TileK;
                    yield return new(
                        m, Math.Min(mapping.TileM, shape.M - m),
                        n, Math.Min(mapping.TileN, shape.N - n),
                        k, Math.Min(mapping.TileK, shape.K - k),
                        At(Dimension.K) == 0, At(Dimension.K) == grid.K - 1);
                }
            }
        }

        int At(Dimension dimension) => order[0] == dimension ? index[0] : order[1] == dimension ? index[1] : index[2];
    }

    private static IEnumerable<Command> Execute(Mapping mapping, Step step, int inputBase, int weightBase, SumsState sums) =>
        mapping.Architecture.KeepsOperands
            ? ExecuteKept(mapping.Architecture, step, inputBase, weightBase, sums)
            : ExecuteOutputStationary(mapping.Architecture, step, inputBase, weightBase);

    private static IEnumerable<Command> ExecuteOutputStationary(Architecture arch, Step step, int inputBase, int weightBase)
    {
        var words = Ceiling.Divide(step.Depth, arch.Lanes);
        for (var n = 0; n < step.Columns; n += arch.Columns)
        {
            var columns = Math.Min(arch.Columns, step.Columns - n);
            for (var m = 0; m < step.Rows; m += arch.Rows)
            {
                var rows = Math.Min(arch.Rows, step.Rows - m);
                yield return new Compute(
                    inputBase + (m / arch.Rows * words), weightBase + (n / arch.Columns * words), words, 0, !step.FirstK);
                if (step.LastK)
                {
                    yield return new Store(0, rows, columns, new(step.M + m, rows, step.N + n, columns));
                }
            }
        }
    }

    private static IEnumerable<Command> ExecuteKept(Architecture arch, Step step, int inputBase, int weightBase, SumsState sums)
    {
        var isInput = arch.Dataflow == Dataflow.InputStationary;
        var (streamed, spread) = isInput ? (step.Columns, step.Rows) : (step.Rows, step.Columns);
        var (streamBase, keptBase) = isInput ? (weightBase, inputBase) : (inputBase, weightBase);
        var tilesK = Ceiling.Divide(step.Depth, arch.Rows * arch.Lanes);
        var isWhole = step.FirstK && step.LastK;
        for (var first = 0; first < spread; first += arch.Columns)
        {
            var tile = first / arch.Columns;
            var at = sums.Base + (isWhole ? 0 : tile * streamed);
            for (var k = 0; k < tilesK; k++)
            {
                var (stream, kept) = (streamBase + (k * streamed), keptBase + (((tile * tilesK) + k) * arch.Rows));
                yield return new Compute(isInput ? kept : stream, isInput ? stream : kept, streamed, at, !step.FirstK || k > 0);
            }

            if (isWhole)
            {
                yield return Store(first, Math.Min(arch.Columns, spread - first));
            }
        }

        if (step.LastK && !isWhole)
        {
            yield return Store(0, spread);
        }

        Store Store(int first, int columns) => new(sums.Take(), streamed, columns, isInput
            ? new(step.M + first, columns, step.N, streamed)
            : new(step.M, streamed, step.N + first, columns));
    }

    /// <summary>Where sums lie: after each store in the other half.</summary>
    private sealed class SumsState(Architecture arch)
    {
        public int Base { get; private set; }

        public int Take()
        {
            var taken = Base;
            Base = arch.DoubleBuffering ? arch.AccumulatorTileWords - Base : 0;
            return taken;
        }
    }

    /// <summary>Which blocks lie where in the scratchpads; a load goes to the half that is not in use.</summary>
    private sealed class BufferState(Architecture arch)
    {
        private Block? _activations;
        private Block? _weights;

        public int InputBase { get; private set; }

        public int WeightBase { get; private set; }

        public Load Load(Step step)
        {
            var (newInput, newWeight) = (step.Activations != _activations, step.Weights != _weights);
            if (newInput)
            {
                InputBase = _activations is null || !arch.DoubleBuffering ? 0 : arch.InputTileWords - InputBase;
                _activations = step.Activations;
            }

            if (newWeight)
            {
                WeightBase = _weights is null || !arch.DoubleBuffering ? 0 : arch.WeightTileWords - WeightBase;
                _weights = step.Weights;
            }

            return new(
                InputBase, newInput ? HostStreams.ActivationWords(arch, step.Activations) : 0,
                WeightBase, newWeight ? HostStreams.WeightWords(arch, step.Weights) : 0,
                newInput ? step.Activations : Block.None, newWeight ? step.Weights : Block.None);
        }
    }
}
