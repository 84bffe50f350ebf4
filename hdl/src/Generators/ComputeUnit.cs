using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators;

/// <summary>
/// Reads the scratchpads for the array and stays busy until the last sum is final. Output-stationary: both
/// scratchpads together, one word an edge. Weight-stationary: first the weights, then the activations.
/// </summary>
internal static class ComputeUnit
{
    public static Module Module(EngineSizes sizes)
    {
        var arch = sizes.Arch;
        var weightStationary = arch.Dataflow == Dataflow.WeightStationary;
        var m = new ModuleBuilder("compute_unit");
        var rst = m.Input("rst");
        var start = m.Input("start");
        var inputBase = m.Input("input_base", sizes.InputAddress);
        var length = m.Input("length", sizes.InputCount);
        var weightBase = m.Input("weight_base", sizes.WeightAddress);

        var streaming = m.Register("streaming_q", 1);
        var left = m.Register("left", sizes.InputCount);
        var last = m.Wire("last", streaming & Expression.Equal(left, 1));

        // Weight-stationary arrays are filled first; output-stationary ones stream at once.
        Expression begin = start;
        Expression filling = Expression.FromInteger(0, 1);
        if (weightStationary)
        {
            var fill = m.Register("filling", 1);
            var rowsLeft = Countdown(m, "rows_left", arch.Rows - 1, start, fill);
            begin = m.Wire("filled", fill & Expression.Equal(rowsLeft, 0));
            m.Drive(fill, start, start | begin, rst);
            filling = fill;
        }

        m.Drive(streaming, begin, begin | last, rst);
        m.Drive(left, Expression.Mux(start, length, left - Expression.FromInteger(1, left.Width)), start | streaming);

        // Sums are final some edges after the last word was read: the tail (EngineTiming.ComputeOverheadCycles less
        // the rows that were filled and the edge at which the next command is accepted).
        var fillCycles = weightStationary ? arch.Rows : 0;
        var tailCycles = EngineTiming.ComputeOverheadCycles(arch) - fillCycles - 1;
        var tail = m.Register("tail", 1);
        var tailLeft = Countdown(m, "tail_left", tailCycles - 1, last, tail);
        m.Drive(tail, last, last | Expression.Equal(tailLeft, 0), rst);

        var inputNext = Address(m, "input_next", inputBase, start, streaming);
        var weightReading = weightStationary ? filling : streaming;
        var weightNext = Address(m, "weight_next", weightBase, start, weightReading);
        m.Output("input_read", streaming);
        m.Output("input_address", inputNext);
        m.Output("input_valid", m.Register("input_valid_q", streaming, reset: rst));
        m.Output("weight_read", weightReading);
        m.Output("weight_address", weightNext);
        if (weightStationary)
        {
            m.Output("weight_valid", m.Register("weight_valid_q", filling, reset: rst));
            m.Output("streaming", streaming);
        }

        m.Output("busy", m.Wire("busy_now", streaming | tail | filling));
        return m.Build();
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
