using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>A board that has a device, for the pins of a project that places it: clock and UART.</summary>
/// <param name="Title">Its maker's name.</param>
/// <param name="Programmer">Its name at openFPGALoader.</param>
/// <param name="ClockMhz">Its oscillator.</param>
/// <param name="ClockPin">The oscillator's pin.</param>
/// <param name="Rx">Pin from the host.</param>
/// <param name="Tx">Pin to the host.</param>
public sealed record VendorBoard(string Title, string Programmer, double ClockMhz, string ClockPin, string Rx, string Tx);

/// <summary>A device that Yosys synthesises for and other tools than ours place, as data.</summary>
/// <param name="Name">The name that the command line uses.</param>
/// <param name="Title">The vendor's name.</param>
/// <param name="Part">The part that the project is for: device, package and speed.</param>
/// <param name="Family">The family.</param>
/// <param name="Luts">Look-up tables.</param>
/// <param name="FlipFlops">Flip-flops of the slices.</param>
/// <param name="Brams">Block memories of 18 kbit.</param>
/// <param name="Dsps">Multipliers of 18x18 bits, or DSP48E1 slices.</param>
/// <param name="Source">The vendor's data sheet with these figures.</param>
public sealed record VendorDevice(
    string Name, string Title, string Part, VendorFamily Family, int Luts, int FlipFlops, int Brams, int Dsps, string Source)
{
    /// <summary>Memories of 64 bits in look-up tables, where they are fewer than the look-up tables suffice for; else null.</summary>
    public int? LutRams { get; init; }

    /// <summary>The board whose pins the project has; null for a project without pins.</summary>
    public VendorBoard? Board { get; init; }

    /// <summary>How the place-and-route tool names the device.</summary>
    public string Chip { get; init; } = "";
}

/// <summary>
/// The devices of other vendors. ECP5: look-up tables are the data sheet's bits of distributed RAM over 8 (it rounds look-up tables to thousands), which
/// is what Project Trellis has; one flip-flop each. Gowin: three flip-flops for four look-up tables.
/// </summary>
public static class VendorDevices
{
    private const string Lattice = "Lattice FPGA-DS-02012, ECP5 and ECP5-5G Family Data Sheet, table 1.1";
    private const string Artix = "Xilinx DS180, 7 Series FPGAs Data Sheet: Overview, table 4 (Artix-7)";
    private const string Zynq = "Xilinx DS190, Zynq-7000 SoC Data Sheet: Overview, table 1";
    private const string Gw1n = "Gowin DS100, GW1N series of FPGA Products Data Sheet, table 1-1";
    private const string Gw2a = "Gowin DS102, GW2A series of FPGA Products Data Sheet, table 1-1";

    private static readonly VendorBoard s_ulx3s = new("Radiona ULX3S", "ulx3s", 25, "G2", "M1", "L4");

    /// <summary>All of them.</summary>
    public static EquatableArray<VendorDevice> All { get; } =
    [
        new("ecp5-25f", "LFE5U-25F", "LFE5U-25F-6BG381C", VendorFamily.Ecp5, 24_288, 24_288, 56, 28, Lattice) { Board = s_ulx3s, Chip = "25k" },
        new("ecp5-45f", "LFE5U-45F", "LFE5U-45F-6BG381C", VendorFamily.Ecp5, 43_848, 43_848, 108, 72, Lattice) { Board = s_ulx3s, Chip = "45k" },
        new("ecp5-85f", "LFE5U-85F", "LFE5U-85F-6BG381C", VendorFamily.Ecp5, 83_640, 83_640, 208, 156, Lattice) { Board = s_ulx3s, Chip = "85k" },
        new("xc7a35t", "XC7A35T", "xc7a35tcpg236-1", VendorFamily.Xilinx7, 20_800, 41_600, 100, 90, Artix),
        new("xc7a100t", "XC7A100T", "xc7a100tcsg324-1", VendorFamily.Xilinx7, 63_400, 126_800, 270, 240, Artix),
        new("xc7z020", "XC7Z020", "xc7z020clg400-1", VendorFamily.Xilinx7, 53_200, 106_400, 280, 220, Zynq),
        new("gw1n-9", "GW1N-9", "GW1NR-LV9QN88PC6/I5", VendorFamily.Gowin, 8_640, 6_480, 26, 20, Gw1n)
        {
            LutRams = 270,
            Board = new("Sipeed Tang Nano 9K", "tangnano9k", 27, "52", "18", "17"),
            Chip = "GW1N-9C",
        },
        new("gw2a-18", "GW2A-18", "GW2A-LV18PG256C8/I7", VendorFamily.Gowin, 20_736, 15_552, 46, 48, Gw2a)
        {
            LutRams = 648,
            Board = new("Sipeed Tang Primer 20K", "tangprimer20k", 27, "H11", "T13", "M11"),
            Chip = "GW2A-18",
        },
    ];

    /// <summary>The device of a name, in any letter case; null when it is none of these.</summary>
    public static VendorDevice? Find(string name) => All.FirstOrDefault(d => d.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>HW3202 with the names of every device that can be synthesised for, placed by us or not.</summary>
    public static Diagnostic Unknown(string name)
    {
        string[] known = [.. FpgaDevices.All.Select(d => d.Name), .. All.Select(d => d.Name)];
        var near = known.MinBy(k => EditDistance.WithSwaps(k, name.ToLowerInvariant()))!;
        return ToolDiagnostics.UnknownDevice(name, EditDistance.WithSwaps(near, name.ToLowerInvariant()) <= 3 ? near : null, known);
    }
}
