using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators.Hosts;
using HwSeed.Hdl.Rtl;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>Which port the host talks to.</summary>
public enum HostPort
{
    /// <summary>A UART, 8N1.</summary>
    Uart,

    /// <summary>An SPI slave, mode 0.</summary>
    Spi,
}

/// <summary>An engine that is wanted on a board.</summary>
/// <param name="Architecture">The engine.</param>
/// <param name="Board">The board.</param>
/// <param name="Port">Its host port.</param>
/// <param name="Baud">The UART's bits a second.</param>
public sealed record BoardRequest(Architecture Architecture, Board Board, HostPort Port, int Baud)
{
    /// <summary>What the chip answers when it is asked which engine it is: the start of the SHA-256 of the engine's Verilog.</summary>
    public uint Identity => EngineHosts.Identity(Architecture);

    /// <summary>Clock cycles of a UART's bit.</summary>
    public int Divider(double clockMhz) => BaudRates.Nearest(clockMhz, Baud);

    /// <summary>The engine with its port for a clock. HW5117: the clock cannot make the baud rate.</summary>
    public Checked<Design> Design(double clockMhz) => Design(clockMhz, Identity);

    /// <summary>The same with an identity that is known, or does not matter: to find it the whole engine is written.</summary>
    internal Checked<Design> Design(double clockMhz, uint identity) => Port == HostPort.Spi
        ? HostPorts.Spi(Architecture, identity)
        : EngineHosts.Uart(Architecture, Baud, clockMhz, identity);
}
