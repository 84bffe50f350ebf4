using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Reads the scratchpads for the array, one word an edge and stream after stream without a gap. Output-stationary: both
/// scratchpads together. Arrays that keep operands: those first, into registers behind the ones in use, while the stream of
/// the compute before may still run. <c>ready</c>: another compute may come; <c>done</c>: all words are read; <c>sums_final</c>: all
/// sums are in the accumulator memories.
/// </summary>
internal static class ComputeUnit
{
    public static Module Module(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var m = new ModuleBuilder("compute_unit");
        var rst = m.Input("rst");
        var start = m.Input("start");
        var inputBase = m.Input("input_base", sizes.InputAddress);
        var length = m.Input("length", arch.Dataflow == Dataflow.InputStationary ? sizes.WeightCount : sizes.InputCount);
        var weightBase = m.Input("weight_base", sizes.WeightAddress);
        if (arch.KeepsOperands)
        {
            var isInput = arch.Dataflow == Dataflow.InputStationary;
            var (streamed, kept) = isInput ? ("weight", "input") : ("input", "weight");
            Kept(m, arch, rst, start, streamed, isInput ? weightBase : inputBase, kept, isInput ? inputBase : weightBase, length);
        }
        else
        {
            Streamed(m, arch, rst, start, inputBase, weightBase, length);
        }

        return m.Build();
    }

    private static void Streamed(
        ModuleBuilder m, Architecture arch, Expression rst, Expression start, Expression inputBase, Expression weightBase, Expression length)
    {
        var (streaming, last, left) = Stream(m, rst, start, length);
        Expression done;
        if (EngineTiming.IsDispatchRegistered(arch))
        {
            // A dispatch arrives as a start an edge later: it may come while the last word but one is read.
            var follows = m.Register("may_follow", 1);
            m.Drive(
                follows, ~m.Input("dispatched") & Expression.Mux(start, m.Input("is_short"), follows | Expression.Equal(left, 3)),
                reset: rst, resetValue: 1);
            done = follows;
        }
        else
        {
            done = m.Wire("may_follow", ~streaming | last);
        }

        m.Output("input_read", streaming);
        m.Output("input_address", Address(m, "input_next", inputBase, start, streaming));
        m.Output("input_valid", m.Register("input_valid_q", streaming, reset: rst));
        m.Output("weight_read", streaming);
        m.Output("weight_address", Address(m, "weight_next", weightBase, start, streaming));
        m.Output("ready", done);
        m.Output("done", done);
    }

    private static void Kept(
        ModuleBuilder m, Architecture arch, Expression rst, Expression start,
        string streamed, Expression streamedBase, string kept, Expression keptBase, Expression length)
    {
        // The words that PEs keep come first.
        var filling = m.Register("filling", 1);
        var rowsLeft = Countdown(m, "rows_left", arch.Rows - 1, start, filling);
        var filled = m.Wire("filled", filling & Expression.Equal(rowsLeft, 0));
        m.Drive(filling, start, start | filled, rst);

        // The stream begins when they are there and the stream before has read its last word.
        var waiting = m.Register("waiting", 1);
        var streaming = new Reference("streaming_q", 1);
        var last = new Reference("last", 1);
        var begin = m.Wire("begins", (filled | waiting) & (~streaming | last));
        m.Drive(waiting, (filled | waiting) & ~begin, reset: rst);
        var nextBase = m.Register("next_base", streamedBase, start);
        Stream(m, rst, begin, m.Register("next_length", length, start));

        // No other operands may follow before the last PE has taken these, and the accumulators know what comes.
        var settleCycles = EngineTiming.SettleCycles(arch);
        Expression settling = Expression.FromInteger(0, 1);
        if (settleCycles > 0)
        {
            settling = Delay(m, "settling", "settle_left", settleCycles, begin, rst);
        }

        // Sums are final some edges after the last word was read.
        var tail = Delay(m, "tail", "tail_left", (int)(EngineTiming.FinalCycles(arch, 1) - 1), last, rst);
        var ready = m.Wire("may_follow", ~(filling | waiting | settling));
        var done = m.Wire("all_read", ready & (~streaming | last));
        m.Output($"{kept}_read", filling);
        m.Output($"{kept}_address", Address(m, $"{kept}_next", keptBase, start, filling));
        m.Output($"{kept}_valid", m.Register($"{kept}_valid_q", filling, reset: rst));
        m.Output($"{streamed}_read", streaming);
        m.Output($"{streamed}_address", Address(m, $"{streamed}_next", nextBase, begin, streaming));
        m.Output($"{streamed}_valid", m.Register($"{streamed}_valid_q", streaming, reset: rst));
        m.Output("stream_begin", begin);
        m.Output("streaming", streaming);
        m.Output("ready", ready);
        m.Output("done", done);
        m.Output("sums_final", ~(filling | waiting | streaming | tail));
    }

    /// <summary>High while words are read, and in the cycle of the last one.</summary>
    private static (Expression Streaming, Expression Last, Expression Left) Stream(ModuleBuilder m, Expression rst, Expression begin, Expression length)
    {
        var streaming = m.Register("streaming_q", 1);
        var left = m.Register("left", length.Width);
        m.Drive(left, Expression.Mux(begin, length, left - Expression.FromInteger(1, left.Width)), begin | streaming);

        // Known an edge ahead: what follows the last word waits for no comparison.
        var isLast = m.Register(
            "is_last", Expression.Mux(begin, Expression.Equal(length, 1), Expression.Equal(left, 2)), begin | streaming);
        var last = m.Wire("last", streaming & isLast);
        m.Drive(streaming, begin, begin | last, rst);
        return (streaming, last, left);
    }

    /// <summary>A flag that stays for a number of cycles after it was set.</summary>
    private static Expression Delay(ModuleBuilder m, string flag, string counter, int cycles, Expression set, Expression rst)
    {
        var isHigh = m.Register(flag, 1);
        var left = Countdown(m, counter, cycles - 1, set, isHigh);
        m.Drive(isHigh, set, set | Expression.Equal(left, 0), rst);
        return isHigh;
    }

    /// <summary>A counter that is set to its first value and then falls by one an edge.</summary>
    private static Reference Countdown(ModuleBuilder m, string name, int first, Expression set, Expression run)
    {
        var width = EngineSizes.AddressBits(first + 1);
        var counter = m.Register(name, width);
        m.Drive(counter, Expression.Mux(set, Expression.FromInteger(first, width), counter - Expression.FromInteger(1, width)), set | run);
        return counter;
    }

    private static Reference Address(ModuleBuilder m, string name, Expression first, Expression set, Expression run)
    {
        var next = m.Register(name, first.Width);
        m.Drive(next, Expression.Mux(set, first, next + Expression.FromInteger(1, next.Width)), set | run);
        return next;
    }
}
