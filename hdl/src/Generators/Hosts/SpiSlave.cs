using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts;

/// <summary>
/// SPI mode 0, highest bit first, sampled with the system clock: SCK may be an eighth of it. While the select line is low
/// each byte that comes in is matched by one that goes out, zero when there is none. A byte that is to leave stays offered
/// until its eighth bit is taken, so a transfer that breaks off loses none.
/// </summary>
internal static class SpiSlave
{
    public static Module Module()
    {
        var m = new ModuleBuilder("spi_slave");
        var rst = m.Input("rst");
        var sck = Synchronised("sck", 0);
        var select = m.Wire("selected", ~Synchronised("cs_n", 1));
        var mosi = Synchronised("mosi", 0);
        var valid = m.Input("valid");
        var data = m.Input("data", 8);

        var before = m.Register("sck_before", sck, reset: rst);
        var rise = m.Wire("rise", select & sck & ~before);
        var fall = m.Wire("fall", select & ~sck & before);
        var bits = m.Register("bits", 3);
        m.Drive(bits, bits + Expression.FromInteger(1, 3), rise, rst | ~select);
        var last = m.Wire("last", rise & Expression.Equal(bits, 7));

        var taken = m.Register("taken", 8);
        m.Drive(taken, Expression.Concat(taken[0, 7], mosi), rise);

        // A byte is put in place while nothing is selected, and on the fall after a byte's last rise.
        var load = m.Wire("load", ~select | (fall & ~Expression.ReduceOr(bits)));
        var shift = m.Register("shift", 8);
        m.Drive(shift, Expression.Mux(load, Expression.Mux(valid, data, Expression.FromInteger(0, 8)),
            Expression.Concat(shift[0, 7], Expression.FromInteger(0, 1))), load | fall, rst);
        var loaded = m.Register("loaded", valid, load, rst);
        m.Output("received", m.Register("received_q", last, reset: rst));
        m.Output("received_data", taken);
        m.Output("ready", last & loaded);
        m.Output("miso", shift[7, 1]);
        return m.Build();

        Reference Synchronised(string pin, int idle)
        {
            var port = m.Input(pin);
            return m.Register($"{pin}_q", m.Register($"{pin}_first", port, reset: rst, resetValue: idle), reset: rst, resetValue: idle);
        }
    }
}
