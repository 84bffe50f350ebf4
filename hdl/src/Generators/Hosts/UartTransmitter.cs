using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts;

/// <summary>Sends a byte in ten bits: start, eight data bits, lowest first, stop.</summary>
internal static class UartTransmitter
{
    public static Module Module(int divider)
    {
        var m = new ModuleBuilder("uart_transmitter");
        var rst = m.Input("rst");
        var valid = m.Input("valid");
        var data = m.Input("data", 8);

        var width = EngineSizes.AddressBits(divider);
        var bits = m.Register("bits", 4);
        var elapsed = m.Register("elapsed", width);
        var idle = m.Wire("idle", ~Expression.ReduceOr(bits));
        var load = m.Wire("load", idle & valid);
        var over = m.Register("over", 1);
        var begins = m.Wire("begins", load | over);
        m.Drive(elapsed, elapsed + Expression.FromInteger(1, width), reset: begins);
        m.Drive(over, ~begins & Expression.Equal(elapsed, divider - 2));
        m.Drive(bits, Expression.Mux(load, Expression.FromInteger(10, 4), bits - Expression.FromInteger(1, 4)), load | (~idle & over), rst);
        var shift = m.Register("shift", 9);
        m.Drive(shift,
            Expression.Mux(load, Expression.Concat(data, Expression.FromInteger(0, 1)),
                Expression.Concat(Expression.FromInteger(1, 1), shift[1, 8])),
            load | (~idle & over), rst, 511);
        m.Output("ready", idle);
        m.Output("tx", shift[0, 1]);
        return m.Build();
    }
}
