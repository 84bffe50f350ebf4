using HwSeed.Hdl;

namespace HwSeed.Toolchain;

/// <summary>A family of FPGAs that Yosys synthesises for: its command, and what each of its cells takes.</summary>
/// <param name="Name">ecp5, xilinx7 or gowin.</param>
/// <param name="Lut">The vendor's name of the look-up table.</param>
/// <param name="Dsp">The cell that Yosys infers for a multiplier; null where Yosys infers none.</param>
/// <param name="Synthesis">The Yosys command for an engine without pins, with <c>{0}</c> for its further flags.</param>
public sealed record VendorFamily(string Name, string Lut, string? Dsp, string Synthesis)
{
    /// <summary>How many bits wide a block memory of 18 kbit is at which depth; the three vendors have the same shapes.</summary>
    private static readonly (int Width, int Depth)[] s_bramShapes = [(36, 512), (18, 1024), (9, 2048), (4, 4096), (2, 8192), (1, 16384)];

    private readonly Dictionary<string, VendorResources> _cells = [];

    /// <summary>Lattice ECP5: two look-up tables, two flip-flops and a carry pair a slice.</summary>
    public static VendorFamily Ecp5 { get; } = new VendorFamily("ecp5", "LUT4", "MULT18X18D", "synth_ecp5 {0}")
        .With(new(Luts: 1), "LUT4")
        .With(new(Luts: 2, CarryBits: 2), "CCU2C")
        .With(new(WideMuxes: 1), "PFUMX", "L6MUX21")
        .With(new(Luts: 6, LutRams: 1), "TRELLIS_DPR16X4")
        .With(new(FlipFlops: 1), "TRELLIS_FF")
        .With(new(Brams: 1), "DP16KD", "PDPW16KD")
        .With(new(Dsps: 1), "MULT18X18D");

    /// <summary>Xilinx 7 series: four look-up tables, eight flip-flops and a CARRY4 a slice.</summary>
    public static VendorFamily Xilinx7 { get; } = new VendorFamily("xilinx7", "LUT6", "DSP48E1", "synth_xilinx -family xc7 -flatten -noiopad -noclkbuf {0}")
        .With(new(Luts: 1), "LUT1", "LUT2", "LUT3", "LUT4", "LUT5", "LUT6", "INV", "SRL16E", "SRLC16E", "SRLC32E")
        .With(new(CarryBits: 4), "CARRY4")
        .With(new(WideMuxes: 1), "MUXF7", "MUXF8")
        .With(new(Luts: 1, LutRams: 1), "RAM32X1S", "RAM64X1S")
        .With(new(Luts: 2, LutRams: 1), "RAM32X1D", "RAM64X1D", "RAM128X1S", "RAM32X2S")
        .With(new(Luts: 4, LutRams: 1), "RAM32M", "RAM64M", "RAM128X1D", "RAM256X1S")
        .With(new(FlipFlops: 1), "FDRE", "FDSE", "FDCE", "FDPE")
        .With(new(Brams: 1), "RAMB18E1")
        .With(new(Brams: 2), "RAMB36E1")
        .With(new(Dsps: 1), "DSP48E1");

    /// <summary>Gowin GW1N and GW2A: eight look-up tables and six flip-flops a configurable function unit.</summary>
    public static VendorFamily Gowin { get; } = new VendorFamily("gowin", "LUT4", null, "synth_gowin -noiopads")
        .With(new(Luts: 1), "LUT1", "LUT2", "LUT3", "LUT4")
        .With(new(Luts: 1, CarryBits: 1), "ALU")
        .With(new(WideMuxes: 1), "MUX2_LUT5", "MUX2_LUT6", "MUX2_LUT7", "MUX2_LUT8")
        .With(new(Luts: 6, LutRams: 1), "RAM16SDP1", "RAM16SDP2", "RAM16SDP4")
        .With(new(FlipFlops: 1), [.. ((string[])["", "S", "R", "P", "C"]).SelectMany(f => ((string[])["DFF", "DFFN"]).SelectMany(c => (string[])[$"{c}{f}", $"{c}{f}E"]))])
        .With(new(Brams: 1), "SP", "SPX9", "DP", "DPX9", "SDP", "SDPX9", "DPB", "DPX9B", "SDPB", "SDPX9B")
        .With(new(Dsps: 1), "MULT9X9", "MULT18X18")
        .With(new(), "VCC", "GND");

    /// <summary>Whether Yosys infers DSP blocks for this family.</summary>
    public bool InfersDsps => Dsp is not null;

    /// <summary>Block memories of 18 kbit of one read port of a memory: it is cut into the shape that takes fewest.</summary>
    /// <param name="width">Bits of a word.</param>
    /// <param name="depth">Words.</param>
    public static int BramsOf(int width, int depth) => FpgaDevice.Fewest(s_bramShapes, width, depth);

    /// <summary>What a cell takes; null for one that is none of an engine's.</summary>
    public VendorResources? Of(string cell) => _cells.GetValueOrDefault(cell);

    private VendorFamily With(VendorResources resources, params string[] cells)
    {
        Array.ForEach(cells, c => _cells.Add(c, resources));
        return this;
    }
}
