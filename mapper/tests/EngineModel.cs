using System.Numerics;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Tests;

/// <summary>
/// An independent model of the engine, command by command: what every command does to the scratchpads and sums, and
/// the edge at which the dispatcher accepts it. The numbers are those of hdl/docs/engine.md, written out again.
/// </summary>
internal sealed class EngineModel(Architecture arch)
{
    private readonly ulong[][] _input = new ulong[arch.InputDepth][];
    private readonly ulong[][] _weight = new ulong[arch.WeightDepth][];
    private readonly Dictionary<(int, int), long> _sums = [];

    public List<ulong> Results { get; } = [];

    public long Cycles { get; private set; }

    private readonly Dictionary<(ConfigureTarget, int), long> _configured = [];
    private Queue<short> _residual = new();

    private bool IsBroadcast => arch.Interconnect == Interconnect.Broadcast;

    private bool IsOutputStationary => arch.Dataflow == Dataflow.OutputStationary;

    public void Run(CommandStream stream, ulong[] beats, IEnumerable<short>? residual = null)
    {
        _residual = new(residual ?? []);
        var limbs = HostStreams.LimbsPerBeat(arch);
        var beat = 0;
        var (r, c, p) = (arch.Rows, arch.Columns, arch.PePipeline + arch.AdderPipeline);

        // First edges at which a command may be dispatched that waits for: loads, room for a compute, words read, sums, the store unit.
        long loaded = 0, room = 0, read = 0, final = 0, stored = 0, streamEnd = 0, lastResult = 0;

        // The first command of a broadcast engine is in its register after edge 0; there, units start an edge behind the dispatch
        // and are seen idle an edge late.
        var edge = IsBroadcast ? 1L : 0;
        foreach (var command in stream.Commands)
        {
            switch (command)
            {
                case Load load:
                    Wait(loaded, arch.DoubleBuffering ? 0 : read);
                    for (var i = 0; i < load.InputWords; i++)
                    {
                        _input[load.InputBase + i] = Beat();
                    }

                    for (var i = 0; i < load.WeightWords; i++)
                    {
                        _weight[load.WeightBase + i] = Beat();
                    }

                    loaded = edge + load.InputWords + load.WeightWords + (IsBroadcast ? 3 : 1);
                    break;
                case Compute compute:
                    Wait(room, arch.DoubleBuffering ? 0 : loaded);
                    Wait(!arch.DoubleBuffering && !IsOutputStationary ? stored : 0);
                    Compute(compute);
                    if (IsOutputStationary)
                    {
                        room = read = final = edge + (IsBroadcast ? Math.Max(2, compute.Length) : compute.Length);
                        break;
                    }

                    var begin = Math.Max(edge + r + 1, streamEnd);
                    streamEnd = begin + compute.Length;
                    room = begin + Math.Max(r + c - 2, p);
                    read = Math.Max(room, streamEnd - 1);
                    final = streamEnd + r + c + p;
                    break;
                case Store store:
                    Wait(final, stored);
                    Store(store);
                    if (IsOutputStationary)
                    {
                        // A chain passes the columns that the tile does not use, behind the last result as before it.
                        var captured = edge + p + (IsBroadcast ? 3 : r + c);
                        stored = captured + (store.Rows * c) + (IsBroadcast ? 2 : 1);
                        lastResult = captured + ((store.Rows - 1) * c) + store.Columns + 2;
                        break;
                    }

                    stored = lastResult = edge + (store.Rows * store.Columns) + 2;
                    break;
                case Configure configure:
                    // Programs configure before anything else: nothing is on its way.
                    Assert.That((loaded, stored), Is.EqualTo((0L, 0L)));
                    _configured[(configure.Target, configure.Address)] = configure.Value;
                    break;
                default:
                    Wait(loaded, read);
                    break;
            }

            edge++;
        }

        var levels = arch.Output is { ScaleBits: 32 } ? 5 : 4;
        Cycles = lastResult + 1 + (arch.Output is not { } stage ? 0
            : _configured.Count == 0 ? 1
            : levels + 9 + (stage.Table ? 1 : 0) + (stage.Residual ? 1 : 0));

        ulong[] Beat() => [.. beats.AsSpan(limbs * beat++, limbs)];

        void Wait(params ReadOnlySpan<long> edges)
        {
            foreach (var one in edges)
            {
                edge = Math.Max(edge, one);
            }
        }
    }

    private void Compute(Compute compute)
    {
        for (var i = 0; i < compute.Length; i++)
        {
            for (var c = 0; c < arch.Columns; c++)
            {
                if (IsOutputStationary)
                {
                    for (var r = 0; r < arch.Rows; r++)
                    {
                        _sums[(r, c)] = _sums.GetValueOrDefault((r, c)) + Dot(_input[compute.InputBase + i], r, arch.InputBits, _weight[compute.WeightBase + i], c, arch.WeightBits);
                    }

                    continue;
                }

                var sum = compute.Accumulate ? _sums[(compute.AccumulatorBase + i, c)] : 0;
                for (var r = 0; r < arch.Rows; r++)
                {
                    var below = arch.Rows - 1 - r;
                    sum += arch.Dataflow == Dataflow.WeightStationary
                        ? Dot(_input[compute.InputBase + i], r, arch.InputBits, _weight[compute.WeightBase + below], c, arch.WeightBits)
                        : Dot(_weight[compute.WeightBase + i], r, arch.WeightBits, _input[compute.InputBase + below], c, arch.InputBits);
                }

                _sums[(compute.AccumulatorBase + i, c)] = sum;
            }
        }
    }

    private void Store(Store store)
    {
        for (var tile = 0; tile * arch.Columns < store.Columns; tile++)
        {
            for (var r = 0; r < store.Rows; r++)
            {
                for (var c = 0; c < Math.Min(arch.Columns, store.Columns - (tile * arch.Columns)); c++)
                {
                    var sum = _sums[(store.AccumulatorBase + (tile * store.Rows) + r, c)];
                    var channel = store.Channel + (arch.Dataflow == Dataflow.InputStationary ? r : (tile * arch.Columns) + c);
                    Results.Add(arch.AccumulatorBits > 32 ? (ulong)sum : (uint)(int)(_configured.Count == 0 ? sum : Requantised(sum, channel)));
                }
            }
        }

        if (IsOutputStationary)
        {
            _sums.Clear();
        }
    }

    /// <summary>The output stage in exact fractions: rounding a half up is the floor of what is a half more.</summary>
    private long Requantised(long sum, int channel)
    {
        var mode = _configured[(ConfigureTarget.Mode, 0)];
        var scale = _configured[(ConfigureTarget.Scale, channel)];
        var shift = arch.Output!.ScaleBits - 1 + (int)(scale % 32);
        var scaled = new BigInteger(sum + _configured[(ConfigureTarget.Bias, channel)]) * (scale / 32);
        var half = BigInteger.One << (shift - 1);
        var rounded = BigInteger.Divide(scaled + half - (((scaled + half) % (2 * half)) + (2 * half)) % (2 * half), 2 * half);
        var value = Saturated((long)rounded + (sbyte)(mode >> 16));
        value = (mode >> 25 & 1) == 1 ? _configured[(ConfigureTarget.Table, (int)value + (1 << (arch.InputBits - 1)))] : value;
        value = (mode >> 26 & 1) == 1 ? Saturated(value + _residual.Dequeue()) : value;
        return Math.Min(Math.Max(value, (sbyte)mode), (sbyte)(mode >> 8));

        long Saturated(long wide) => Math.Clamp(wide, -(1L << (arch.InputBits - 1)), (1L << (arch.InputBits - 1)) - 1);
    }

    /// <summary>The products of PE <paramref name="first"/> of one word with PE <paramref name="second"/> of another.</summary>
    private long Dot(ulong[] left, int first, int leftBits, ulong[] right, int second, int rightBits)
    {
        var sum = 0L;
        for (var lane = 0; lane < arch.Lanes; lane++)
        {
            sum += Operand(left, (first * arch.Lanes) + lane, leftBits) * Operand(right, (second * arch.Lanes) + lane, rightBits);
        }

        return sum;
    }

    private static long Operand(ulong[] word, int index, int bits)
    {
        var bit = index * bits;
        var raw = (long)(word[bit / 64] >> (bit % 64)) & ((1L << bits) - 1);
        return raw >= 1L << (bits - 1) ? raw - (1L << bits) : raw;
    }
}
