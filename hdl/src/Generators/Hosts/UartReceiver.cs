using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts;

/// <summary>
/// Eight data bits, no parity, one stop bit, lowest bit first. The line is sampled in the middle of each bit, counted from
/// the falling edge of the start bit; a start bit that is over by then was noise. Without a stop bit the byte is dropped
/// and reported, and the line has to rise before the next one.
/// </summary>
internal static class UartReceiver
{
    public static Module Module(int divider)
    {
        var m = new ModuleBuilder("uart_receiver");
        var rst = m.Input("rst");
        var line = m.Input("rx");
        var first = m.Register("rx_first", line, reset: rst, resetValue: 1);
        var rx = m.Register("rx_q", first, reset: rst, resetValue: 1);

        var width = EngineSizes.AddressBits(divider);
        var bits = m.Register("bits", 4);
        var elapsed = m.Register("elapsed", width);
        var awaitHigh = m.Register("await_high", 1);
        var idle = m.Wire("idle", ~Expression.ReduceOr(bits));
        var start = m.Wire("start", idle & ~rx & ~awaitHigh);
        var tick = m.Register("tick", 1);
        var sample = m.Wire("sample", ~idle & tick);

        // The start bit is seen two edges late and is sampled half a bit after it began; ten samples in all. The counter starts
        // anew through its reset, and that it has arrived comes from a register: no logic follows a carry chain.
        var half = Math.Max(0, (divider / 2) - 2);
        m.Drive(elapsed, elapsed + Expression.FromInteger(1, width), reset: start | sample);
        var arrives = Expression.Mux(Expression.Equal(bits, 10),
            half == 0 ? Expression.FromInteger(0, 1) : Expression.Equal(elapsed, half - 1), Expression.Equal(elapsed, divider - 2));
        m.Drive(tick, Expression.Mux(start, Expression.FromInteger(half == 0 ? 1 : 0, 1), ~sample & arrives));
        var noise = m.Wire("noise", sample & Expression.Equal(bits, 10) & rx);
        m.Drive(bits, Expression.Mux(start, Expression.FromInteger(10, 4), bits - Expression.FromInteger(1, 4)),
            start | sample, rst | noise);
        var stop = m.Wire("stop", sample & Expression.Equal(bits, 1));
        var data = m.Register("data_q", 8);
        m.Drive(data, Expression.Concat(rx, data[1, 7]), sample & ~stop);
        m.Drive(awaitHigh, ~rx, stop | rx, rst);
        m.Output("valid", m.Register("valid_q", stop & rx, reset: rst));
        m.Output("error", m.Register("error_q", stop & ~rx, reset: rst));
        m.Output("data", data);
        return m.Build();
    }
}
