using HwSeed.Hdl.Architectures;

namespace HwSeed.Sim.Accelerators;

/// <summary>
/// Commands for <see cref="StressRun"/>: first loads that fill both scratchpads and sums over all their words, each once more
/// with the largest number that its counter holds, where addresses wrap; then short ones, anywhere.
/// </summary>
internal sealed class StressCommands
{
    private readonly Architecture _arch;
    private readonly Random _random;
    private readonly Queue<Command> _first;

    public StressCommands(Architecture architecture, Random random)
    {
        (_arch, _random) = (architecture, random);
        _first = new(
        [
            new Load(0, architecture.InputDepth, 0, architecture.WeightDepth, Block.None, Block.None),
            new Sync(),
            new Compute(0, 0, LongestCompute, 0, false),
            new Store(0, ResultRows, 1, Block.None),
            new Load(0, Most(architecture.InputDepth), 0, Most(architecture.WeightDepth), Block.None, Block.None),
            new Sync(),
            new Compute(0, 0, Most(StreamDepth), 0, true),
            new Store(0, ResultRows, 1, Block.None),
            .. architecture.KeepsOperands ? new[] { new Store(0, 1, MostColumns, Block.None) } : [],
        ]);
        FillCycles = (5 * architecture.InputDepth) + (3 * architecture.WeightDepth) + (3 * StreamDepth) + (2 * ResultRows)
            + (2 * EngineTiming.FillCycles(architecture)) + (int)EngineTiming.FinalCycles(architecture, 1)
            + (2 * EngineTiming.CaptureCycles(architecture)) + (architecture.KeepsOperands ? MostColumns + 2 : 0);
    }

    /// <summary>Cycles in which the first commands end when nothing stalls; a bound.</summary>
    public int FillCycles { get; }

    private int ResultRows => _arch.KeepsOperands ? _arch.AccumulatorDepth : _arch.Rows;

    /// <summary>One row over all words of the accumulator memories.</summary>
    private int MostColumns => Math.Min(_arch.AccumulatorDepth * _arch.Columns, (1 << CommandEncoding.FieldBits) - 1);

    private int StreamDepth => _arch.Dataflow == Dataflow.InputStationary ? _arch.WeightDepth : _arch.InputDepth;

    private int LongestCompute => _arch.KeepsOperands
        ? Math.Min(StreamDepth, _arch.AccumulatorDepth)
        : Math.Min(_arch.InputDepth, _arch.WeightDepth);

    /// <summary>The largest number of words that a counter for a memory holds and a command can name.</summary>
    private static int Most(int depth) => Math.Min((2 * depth) - 1, (1 << CommandEncoding.FieldBits) - 1);

    /// <summary>The next command's word.</summary>
    public ulong Next() => _first.TryDequeue(out var first) ? CommandEncoding.Encode(first)
        : _arch.Output is not null && _random.Next(3) == 0 ? CommandEncoding.Encode(Configure())
        : _random.Next(12) switch
        {
            < 3 => CommandEncoding.Encode(Load()),
            < 7 => CommandEncoding.Encode(Compute()),
            < 10 => CommandEncoding.Encode(Store()),
            10 => CommandEncoding.Encode(new Sync()),
            // Mostly opcodes without a meaning, which wait as Sync does, and their fields mean nothing.
            _ => ((ulong)_random.Next(5, 17) % 16 << CommandEncoding.OpcodeLow) | (ulong)_random.NextInt64(1L << CommandEncoding.OpcodeLow),
        };

    private Load Load()
    {
        var (inputs, weights) = (Length(_arch.InputDepth, least: 0), Length(_arch.WeightDepth, least: 0));
        return new(Base(_arch.InputDepth, inputs), inputs, Base(_arch.WeightDepth, weights), weights, Block.None, Block.None);
    }

    private Compute Compute()
    {
        var length = Length(LongestCompute);
        var inputs = _arch.Dataflow == Dataflow.InputStationary ? _arch.Rows : length;
        var weights = _arch.Dataflow == Dataflow.WeightStationary ? _arch.Rows : length;
        return new(Base(_arch.InputDepth, inputs), Base(_arch.WeightDepth, weights), length,
            _arch.KeepsOperands ? Base(_arch.AccumulatorDepth, length) : 0, _random.Next(6) > 0);
    }

    /// <summary>Anywhere, but for a mode that requantises more often than not; the largest scales and biases are as likely as any.</summary>
    private Configure Configure()
    {
        var target = (ConfigureTarget)_random.Next(4);
        var value = _random.Next(4) switch { 0 => 0, 1 => -1, _ => _random.NextInt64(1L << CommandEncoding.ValueBits) };
        return target == ConfigureTarget.Mode && _random.Next(3) > 0
            ? new(target, 0, (value & ~0xffffL) | 0x7f80L | (1L << CommandEncoding.RequantisesBit))
            : new(target, _random.Next(1 << CommandEncoding.FieldBits), value);
    }

    private Store Store()
    {
        var rows = Length(ResultRows);
        var columns = _arch.KeepsOperands ? 3 * _arch.Columns : _arch.Columns;
        return new(Base(ResultRows, rows), rows, 1 + _random.Next(columns), Block.None, _arch.Output is null ? 0 : _random.Next(_arch.Output.Channels));
    }

    /// <summary>Mostly short, so that commands follow each other.</summary>
    private int Length(int most, int least = 1) => Math.Min(most, least + _random.Next(_random.Next(8) == 0 ? 24 : 6));

    /// <summary>The first of some words: the lowest, the highest possible, or any.</summary>
    private int Base(int words, int length) => _random.Next(4) switch
    {
        0 => 0,
        1 => words - length,
        _ => _random.Next(words - length + 1),
    };
}
