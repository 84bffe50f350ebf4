using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Tests;

/// <summary>
/// An independent model of the engine, command by command: what every command does to the scratchpads and sums, and
/// the edge at which the dispatcher accepts it.
/// </summary>
internal sealed class EngineModel(Architecture arch)
{
    private readonly ulong[][] _input = new ulong[arch.InputDepth][];
    private readonly ulong[][] _weight = new ulong[arch.WeightDepth][];
    private readonly Dictionary<(int, int), long> _sums = [];

    public List<uint> Results { get; } = [];

    public long Cycles { get; private set; }

    public void Run(CommandStream stream, ulong[] beats)
    {
        var limbs = HostStreams.LimbsPerBeat(arch);
        var beat = 0;
        long loadFree = 0, computeFree = 0, storeFree = 0, lastResult = 0;
        var isBroadcast = arch.Interconnect == Interconnect.Broadcast;

        // The first command of a broadcast engine is in its register after edge 0.
        var edge = isBroadcast ? 1L : 0;
        foreach (var command in stream.Commands)
        {
            var executeFree = Math.Max(computeFree, storeFree);
            var all = Math.Max(loadFree, executeFree);
            switch (command)
            {
                case Load load:
                    edge = Math.Max(edge, arch.DoubleBuffering ? loadFree : all);
                    for (var i = 0; i < load.InputWords; i++)
                    {
                        _input[load.InputBase + i] = Beat();
                    }

                    for (var i = 0; i < load.WeightWords; i++)
                    {
                        _weight[load.WeightBase + i] = Beat();
                    }

                    loadFree = edge + load.InputWords + load.WeightWords + 1;
                    break;
                case Compute compute:
                    edge = Math.Max(edge, !arch.DoubleBuffering ? all : isBroadcast ? computeFree : executeFree);
                    Compute(compute);
                    computeFree = edge + compute.Length + EngineTiming.ComputeOverheadCycles(arch);
                    break;
                case Store store:
                    edge = Math.Max(edge, arch.DoubleBuffering ? executeFree : all);
                    for (var r = 0; r < store.Rows; r++)
                    {
                        for (var c = 0; c < store.Columns; c++)
                        {
                            Results.Add((uint)(int)_sums[(store.AccumulatorBase + r, c)]);
                        }
                    }

                    // A drain chain passes the columns that the tile does not use, behind the last result as before it.
                    storeFree = edge + (isBroadcast ? (store.Rows * arch.Columns) + 1 : (store.Rows * store.Columns) + 2);
                    lastResult = edge + (isBroadcast ? ((store.Rows - 1) * arch.Columns) + store.Columns : store.Rows * store.Columns) + 2;
                    break;
                default:
                    edge = Math.Max(edge, all);
                    break;
            }

            edge++;
        }

        Cycles = lastResult + 1;

        ulong[] Beat() => [.. beats.AsSpan(limbs * beat++, limbs)];
    }

    private void Compute(Compute compute)
    {
        for (var i = 0; i < compute.Length; i++)
        {
            for (var c = 0; c < arch.Columns; c++)
            {
                if (arch.Dataflow == Dataflow.OutputStationary)
                {
                    for (var r = 0; r < arch.Rows; r++)
                    {
                        var before = i > 0 || compute.Accumulate ? _sums[(r, c)] : 0;
                        _sums[(r, c)] = before + (Lane(_input[compute.InputBase + i], r) * Lane(_weight[compute.WeightBase + i], c));
                    }

                    continue;
                }

                var sum = compute.Accumulate ? _sums[(compute.AccumulatorBase + i, c)] : 0;
                for (var r = 0; r < arch.Rows; r++)
                {
                    sum += Lane(_input[compute.InputBase + i], r) * Lane(_weight[compute.WeightBase + arch.Rows - 1 - r], c);
                }

                _sums[(compute.AccumulatorBase + i, c)] = sum;
            }
        }
    }

    private long Lane(ulong[] word, int lane)
    {
        var bit = lane * arch.OperandBits;
        var raw = (long)(word[bit / 64] >> (bit % 64)) & ((1L << arch.OperandBits) - 1);
        return raw >= 1L << (arch.OperandBits - 1) ? raw - (1L << arch.OperandBits) : raw;
    }
}
