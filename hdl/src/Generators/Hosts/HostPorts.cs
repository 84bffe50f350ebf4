using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Generators.Hosts;

/// <summary>
/// Engines with ports that small boards have. Each is a new top around <c>gemm_engine</c>, which stays as it is; the bytes
/// are those of <see cref="HostProtocol"/>, hdl/docs/hosts.md describes them.
/// </summary>
public static class HostPorts
{
    /// <summary>Name of the top module with a UART.</summary>
    public const string UartTop = "uart_engine";

    /// <summary>Name of the top module with an SPI slave.</summary>
    public const string SpiTop = "spi_engine";

    /// <summary>Least clock cycles of a UART's bit: sampling has to find its middle.</summary>
    public const int LeastDivider = 4;

    /// <summary>Least clock cycles of a period of SCK.</summary>
    public const int LeastSpiPeriod = 8;

    /// <summary>An engine behind a UART (8N1). Ports: rst, rx; tx, busy, error.</summary>
    /// <param name="architecture">The engine; an illegal one gives its violations, HW1113 one whose results are too wide.</param>
    /// <param name="divider">Clock cycles of a bit, from <see cref="LeastDivider"/> to 65,536.</param>
    /// <param name="identity">What the engine answers to Identify.</param>
    public static Checked<Design> Uart(Architecture architecture, int divider, uint identity = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(divider, LeastDivider);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(divider, 65536);
        return HostedEngine.Generate(architecture).Then(engine =>
        {
            var m = new ModuleBuilder(UartTop);
            var rst = m.Input("rst");
            var receiver = m.Instance("receiver", UartReceiver.Module(divider), ("rst", rst), ("rx", m.Input("rx")));
            var link = m.Instance("link", HostLink.Module(architecture, engine.Top, identity),
                ("rst", rst), ("rx_valid", receiver["valid"]), ("rx_data", receiver["data"]), ("rx_error", receiver["error"]),
                ("tx_ready", new Reference("transmitter_ready", 1)));
            var transmitter = m.Instance("transmitter", UartTransmitter.Module(divider),
                ("rst", rst), ("valid", link["tx_valid"]), ("data", link["tx_data"]));
            m.Output("tx", transmitter["tx"]);
            m.Output("busy", link["busy"]);
            m.Output("error", link["error"]);
            return Checked.Ok(new Design(m.Build()));
        });
    }

    /// <summary>An engine behind an SPI slave (mode 0). Ports: rst, sck, cs_n, mosi; miso, busy, error.</summary>
    /// <param name="architecture">The engine; an illegal one gives its violations, HW1113 one whose results are too wide.</param>
    /// <param name="identity">What the engine answers to Identify.</param>
    public static Checked<Design> Spi(Architecture architecture, uint identity = 0) =>
        HostedEngine.Generate(architecture).Then(engine =>
        {
            var m = new ModuleBuilder(SpiTop);
            var rst = m.Input("rst");
            var (sck, select, mosi) = (m.Input("sck"), m.Input("cs_n"), m.Input("mosi"));
            var link = m.Instance("link", HostLink.Module(architecture, engine.Top, identity),
                ("rst", rst), ("rx_valid", new Reference("slave_received", 1)), ("rx_data", new Reference("slave_received_data", 8)),
                ("rx_error", Expression.FromInteger(0, 1)), ("tx_ready", new Reference("slave_ready", 1)));
            var slave = m.Instance("slave", SpiSlave.Module(),
                ("rst", rst), ("sck", sck), ("cs_n", select), ("mosi", mosi), ("valid", link["tx_valid"]), ("data", link["tx_data"]));
            m.Output("miso", slave["miso"]);
            m.Output("busy", link["busy"]);
            m.Output("error", link["error"]);
            return Checked.Ok(new Design(m.Build()));
        });
}
