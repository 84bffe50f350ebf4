using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// The compute unit reads exactly the words of its commands, one stream at a time. Environment: a compute of at least one word
/// comes only when the unit is ready, through the dispatcher's registers where there are some.
/// </summary>
internal static class ComputeProperties
{
    private static readonly string[] s_counters = ["streaming_q", "left", "is_last", "may_follow"];
    private static readonly string[] s_keptCounters = ["filling", "rows_left", "waiting"];

    public static PropertyHarness Harness(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var h = new HarnessBuilder("compute unit", "compute");
        var m = h.M;
        var rst = m.Input("rst");
        var isInput = arch.Dataflow == Dataflow.InputStationary;
        var inputBase = m.Input("input_base", sizes.InputAddress);
        var weightBase = m.Input("weight_base", sizes.WeightAddress);
        var length = m.Input("length", isInput ? sizes.WeightCount : sizes.InputCount);
        var ready = new Reference("unit_ready", 1);
        var dispatched = m.Wire("dispatched", m.Input("command") & ready & Expression.ReduceOr(length));
        Expression start = dispatched;
        var unitInputs = new List<(string, Expression)>();
        if (EngineTiming.IsDispatchRegistered(arch))
        {
            var isShort = Expression.LessThanUnsigned(length, Expression.FromInteger(3, length.Width));
            unitInputs.AddRange([("dispatched", dispatched), ("is_short", m.Register("is_short", isShort))]);
            (inputBase, weightBase, length) = (m.Register("input_base_q", inputBase), m.Register("weight_base_q", weightBase), m.Register("length_q", length));
            start = m.Register("start_q", dispatched, reset: rst);
        }

        var unit = m.Instance("unit", ModuleView.Show(ComputeUnit.Module(sizes), [.. s_counters, .. arch.KeepsOperands ? s_keptCounters : []]),
            [.. unitInputs, ("rst", rst), ("start", start), ("input_base", inputBase), ("length", length), ("weight_base", weightBase)]);
        if (arch.KeepsOperands)
        {
            Kept(h, arch, rst, start, inputBase, weightBase, length, unit);
            return h.Build();
        }

        var stream = StreamMonitor.Follow(h, "stream", start, length, rst,
            ("input", unit["input_read"], unit["input_address"], inputBase), ("weight", unit["weight_read"], unit["weight_address"], weightBase));
        h.Always("valid", "a word is called valid in the cycle after it was read, and no other",
            Expression.Equal(unit["input_valid"], m.Register("was_read", stream.Running, reset: rst)));
        Counters(h, unit, stream);
        if (EngineTiming.IsDispatchRegistered(arch))
        {
            var follows = unit[ModuleView.Shown("may_follow")];
            h.Lemma(~start | Expression.ReduceOr(length));
            h.Lemma(~(start & stream.Running) | stream.Last);
            h.Lemma(HarnessBuilder.EqualWhen(
                start, new Reference("is_short", 1), Expression.LessThanUnsigned(length, Expression.FromInteger(3, length.Width))));
            h.Lemma(HarnessBuilder.EqualWhen(stream.Running | start, follows,
                ~start & Expression.LessThanUnsigned(stream.Left, Expression.FromInteger(3, stream.Left.Width))));
            h.Lemma(follows | stream.Running | start);
        }

        h.Never("ready", "it is ready whenever nothing is read and nothing comes",
            ~(stream.Running | start) & ~ready);
        return h.Build();
    }

    /// <summary>The unit counts down, the monitor up.</summary>
    private static void Counters(HarnessBuilder h, IReadOnlyDictionary<string, Expression> unit, StreamMonitor stream)
    {
        var left = unit[ModuleView.Shown("left")];
        h.Lemma(Expression.Equal(unit[ModuleView.Shown("streaming_q")], stream.Running));
        h.Lemma(HarnessBuilder.EqualWhen(stream.Running, left, stream.Left));
        h.Lemma(HarnessBuilder.EqualWhen(stream.Running, unit[ModuleView.Shown("is_last")], Expression.Equal(left, 1)));
        h.Lemma(~stream.Running | Expression.ReduceOr(stream.Left));
    }

    private static void Kept(
        HarnessBuilder h, Architecture arch, Expression rst, Expression start, Expression inputBase, Expression weightBase,
        Expression length, IReadOnlyDictionary<string, Expression> unit)
    {
        var m = h.M;
        var isInput = arch.Dataflow == Dataflow.InputStationary;
        var (streamed, kept) = isInput ? ("weight", "input") : ("input", "weight");
        var (streamedBase, keptBase) = isInput ? (weightBase, inputBase) : (inputBase, weightBase);
        var rows = Expression.FromInteger(arch.Rows, EngineSizes.AddressBits(arch.Rows + 1));
        var fill = StreamMonitor.Follow(h, "fill", start, rows, rst, (kept, unit[$"{kept}_read"], unit[$"{kept}_address"], keptBase));

        // A compute's stream waits until its operands are there; it begins once, at the moment the one before allows.
        var begin = unit["stream_begin"];
        var owed = h.Flag("owed", start, begin, rst);
        var heldBase = m.Register("held_base", streamedBase, start);
        var heldLength = m.Register("held_length", length, start);
        var stream = StreamMonitor.Follow(h, "stream", begin, heldLength, rst,
            (streamed, unit[$"{streamed}_read"], unit[$"{streamed}_address"], heldBase));
        var filled = m.Wire("is_filled", ~fill.Running | fill.Last);
        var mayBegin = m.Wire("may_begin", owed & filled & (~stream.Running | stream.Last));
        h.Always("begin", "a compute's stream begins exactly once, when its operands are there and the last word before is read",
            Expression.Equal(begin, mayBegin));
        h.Never("lost", "no compute comes before the stream of the last one has begun", start & owed & ~begin);
        Counters(h, unit, stream);
        var rowsLeft = unit[ModuleView.Shown("rows_left")];
        var filling = unit[ModuleView.Shown("filling")];
        var width = Math.Max(rowsLeft.Width, fill.Left.Width) + 1;
        h.Lemma(Expression.Equal(filling, fill.Running));
        h.Lemma(Expression.Equal(filling | unit[ModuleView.Shown("waiting")], owed));
        h.Lemma(HarnessBuilder.EqualWhen(fill.Running, Expression.ZeroExtend(rowsLeft, width) + Expression.FromInteger(1, width), Expression.ZeroExtend(fill.Left, width)));
        h.Lemma(~fill.Running | ~unit[ModuleView.Shown("waiting")]);
        h.Always($"{kept}_valid", $"{kept} words are called valid in the cycle after they were read, and no others",
            Expression.Equal(unit[$"{kept}_valid"], m.Register("was_filled", fill.Running, reset: rst)));
        h.Always($"{streamed}_valid", $"{streamed} words are called valid in the cycle after they were read, and no others",
            Expression.Equal(unit[$"{streamed}_valid"], m.Register("was_read", stream.Running, reset: rst)));

        // The edges after the last word until its sum is written: none of them may be called final.
        var edges = (int)(EngineTiming.FinalCycles(arch, 1) - 1);
        var after = m.Wire("after_0", stream.Last & ~rst);
        var tail = after;
        for (var i = 1; i <= edges; i++)
        {
            after = m.Register($"after_{i}", after, reset: rst);
            tail = m.Wire($"tail_{i}", i == 1 ? after : tail | after);
        }

        h.Never("final", "sums are called final only when nothing is owed and the last of them was written",
            unit["sums_final"] & (owed | stream.Running | (edges > 0 ? tail : Expression.FromInteger(0, 1))));
    }
}
