using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>Where the reference clock of a PLL comes from.</summary>
public enum PllInput
{
    /// <summary>From the fabric: <c>SB_PLL40_CORE</c>, any clock pin.</summary>
    Core,

    /// <summary>From the PLL's own pad: <c>SB_PLL40_PAD</c>.</summary>
    Pad,
}

/// <summary>The pins of an SPI slave.</summary>
/// <param name="Select">Chip select, low while a transfer runs.</param>
/// <param name="In">Data to the FPGA.</param>
/// <param name="Out">Data from it.</param>
/// <param name="Clock">SCK.</param>
public sealed record SpiPins(string Select, string In, string Out, string Clock);

/// <summary>A development board as data. Pins are those of the makers' own pin files, seen from the FPGA.</summary>
/// <param name="Name">The name that the command line uses.</param>
/// <param name="Title">The maker's name.</param>
/// <param name="Device">The FPGA in its package.</param>
/// <param name="ClockPin">Pin of the oscillator.</param>
/// <param name="ClockMhz">Its frequency.</param>
/// <param name="PllInput">How the clock reaches a PLL.</param>
/// <param name="Rx">UART pin on which the FPGA receives.</param>
/// <param name="Tx">UART pin on which it sends.</param>
/// <param name="Spi">Pins of a header, in the order of a Pmod of type 2 where it is one.</param>
/// <param name="BusyLed">A light for work under way.</param>
/// <param name="ErrorLed">A light for an error; null when the board has one light only.</param>
/// <param name="LedsLightLow">Whether a light is on while its pin is low.</param>
/// <param name="ResetPin">A button that pulls low, or null.</param>
/// <param name="LowPins">Pins that have to be driven low, as a pull-up that would announce a USB device.</param>
/// <param name="Flash">The command that loads <c>board.bin</c>.</param>
/// <param name="Wiring">Where the host is connected, in a sentence.</param>
public sealed record Board(
    string Name, string Title, FpgaDevice Device, string ClockPin, double ClockMhz, PllInput PllInput, string Rx, string Tx,
    SpiPins Spi, string BusyLed, string? ErrorLed, bool LedsLightLow, string? ResetPin, EquatableArray<string> LowPins,
    string Flash, string Wiring);

/// <summary>The boards that HwSeed knows.</summary>
public static class Boards
{
    /// <summary>All of them.</summary>
    public static EquatableArray<Board> All { get; } =
    [
        new("icebreaker", "1BitSquared iCEBreaker", FpgaDevices.Up5k, "35", 12, PllInput.Pad, "6", "9",
            new("4", "2", "47", "45"), "37", "11", LedsLightLow: true, "10", [], "iceprog board.bin",
            "UART: the second port of the USB cable (FT2232H). SPI: Pmod 1A, pins 1 to 4."),
        new("icesugar", "MuseLab iCESugar", FpgaDevices.Up5k, "35", 12, PllInput.Pad, "4", "6",
            new("46", "44", "42", "37"), "41", "40", LedsLightLow: true, null, [], "icesprog board.bin",
            "UART: the iCELink's USB serial port. SPI: Pmod 2, pins 1 to 4."),
        new("alchitry-cu", "Alchitry Cu", FpgaDevices.Hx8kCb132, "P7", 100, PllInput.Core, "P14", "M9",
            new("M1", "L1", "J1", "J3"), "J11", "K11", LedsLightLow: false, "P8", [], "iceprog board.bin",
            "UART: the second port of the USB cable (FT2232H). SPI: bank A, M1 (select), L1, J1, J3."),
        new("hx8k-breakout", "Lattice iCE40-HX8K breakout board", FpgaDevices.Hx8k, "J3", 12, PllInput.Core, "B10", "B12",
            new("R15", "P16", "P15", "N16"), "B5", "B4", LedsLightLow: false, null, [], "iceprog -S board.bin",
            "UART: the second port of the USB cable (FT2232H). SPI: header J2, R15 (select), P16, P15, N16."),
        new("icestick", "Lattice iCEstick", FpgaDevices.Hx1k, "21", 12, PllInput.Core, "9", "8",
            new("78", "79", "80", "81"), "95", "99", LedsLightLow: false, null, [], "iceprog board.bin",
            "UART: the second port of the USB plug (FT2232H). SPI: the Pmod, pins 1 to 4."),
        new("tinyfpga-bx", "TinyFPGA BX", FpgaDevices.Lp8k, "B2", 16, PllInput.Core, "A1", "A2",
            new("G2", "H1", "J1", "H2"), "B3", null, LedsLightLow: false, null, ["A3"], "tinyprog -p board.bin",
            "UART: pins 1 (to the host) and 2 (from it), 3.3 V, with an adapter. SPI: pins 10 (select), 11, 12, 13."),
    ];

    /// <summary>The board of a name, in any letter case. HW3211: there is none.</summary>
    public static Checked<Board> Find(string name) =>
        All.FirstOrDefault(b => b.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } board
            ? Checked.Ok(board)
            : Checked.Fail<Board>(ToolDiagnostics.UnknownBoard(name, All));
}
