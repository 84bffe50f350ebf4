using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts.Soc;

/// <summary>
/// An AXI4-Lite slave in front of registers. Every output is a register: an address and its data are held until both are
/// there and the answer before them is taken; a write or a read takes two cycles. The two low bits of an address mean nothing: 32-bit
/// words are what is addressed, and strobes choose their bytes.
/// </summary>
internal static class AxiLiteSlave
{
    /// <summary>Bits of a byte address: the least that Vivado gives to a slave is 4 KiB.</summary>
    public const int AddressBits = SocPorts.WordAddressBits + 2;

    public static Module Module()
    {
        var m = new ModuleBuilder("axi_lite_slave");
        var rst = m.Input("rst");
        var awValid = m.Input("awvalid");
        var awAddress = m.Input("awaddr", AddressBits);
        var wValid = m.Input("wvalid");
        var wData = m.Input("wdata", SocPorts.BusBits);
        var wStrobes = m.Input("wstrb", SocPorts.BusBits / 8);
        var bReady = m.Input("bready");
        var arValid = m.Input("arvalid");
        var arAddress = m.Input("araddr", AddressBits);
        var rReady = m.Input("rready");
        var writeError = m.Input("write_error");
        var readError = m.Input("read_error");
        var readData = m.Input("read_data", SocPorts.BusBits);

        var bValid = m.Register("b_valid", 1);
        var rValid = m.Register("r_valid", 1);
        var write = m.Wire("write_now", new Reference("aw_held", 1) & new Reference("w_held", 1) & (~bValid | bReady));
        var read = m.Wire("read_now", new Reference("ar_held", 1) & (~rValid | rReady));
        var awReady = Hold("aw", awValid, write);
        var wReady = Hold("w", wValid, write);
        var arReady = Hold("ar", arValid, read);
        m.Drive(bValid, write, write | bReady, rst);
        m.Drive(rValid, read, read | rReady, rst);
        m.Wire("unused_low_bits", Expression.Concat(awAddress[0, 2], arAddress[0, 2]));

        m.Output("awready", awReady);
        m.Output("wready", wReady);
        m.Output("bvalid", bValid);
        m.Output("bresp", Response("b_error", writeError, write));
        m.Output("arready", arReady);
        m.Output("rvalid", rValid);
        m.Output("rdata", m.Register("r_data", readData, read));
        m.Output("rresp", Response("r_error", readError, read));
        m.Output("write", write);
        m.Output("write_address", m.Register("write_address_q", Word(awAddress), awReady));
        m.Output("write_data", m.Register("write_data_q", wData, wReady));
        m.Output("write_bytes", m.Register("write_bytes_q", wStrobes, wReady));
        m.Output("read", read);
        m.Output("read_address", m.Register("read_address_q", Word(arAddress), arReady));
        return m.Build();

        // Ready exactly when nothing is held, and low in reset.
        Expression Hold(string channel, Expression valid, Expression done)
        {
            var (held, ready) = (m.Register($"{channel}_held", 1), m.Register($"{channel}_ready", 1));
            var stays = m.Wire($"{channel}_stays", (valid & ready) | (held & ~done));
            m.Drive(held, stays, reset: rst);
            m.Drive(ready, ~stays, reset: rst);
            return ready;
        }

        // OKAY or SLVERR.
        Expression Response(string name, Expression error, Expression now) =>
            Expression.Concat(m.Register(name, error, now, rst), Expression.FromInteger(0, 1));

        static Expression Word(Expression address) => address[2, SocPorts.WordAddressBits];
    }
}
