namespace HwSeed.Toolchain;

/// <summary>What a netlist, or one of its cells, takes of a device.</summary>
/// <param name="Luts">Look-up tables, those of carry cells and of memories in look-up tables included.</param>
/// <param name="FlipFlops">Flip-flops.</param>
/// <param name="Brams">Block memories of 18 kbit.</param>
/// <param name="Dsps">DSP blocks.</param>
/// <param name="WideMuxes">Multiplexers behind look-up tables, which join them to functions of more inputs; slices have them for free.</param>
/// <param name="CarryBits">Bits of carry chains.</param>
/// <param name="LutRams">Memories in look-up tables; a limit of their own on Gowin alone.</param>
public sealed record VendorResources(
    int Luts = 0, int FlipFlops = 0, int Brams = 0, int Dsps = 0, int WideMuxes = 0, int CarryBits = 0, int LutRams = 0)
{
    /// <summary>The sum.</summary>
    public static VendorResources operator +(VendorResources left, VendorResources right) => new(
        left.Luts + right.Luts, left.FlipFlops + right.FlipFlops, left.Brams + right.Brams, left.Dsps + right.Dsps,
        left.WideMuxes + right.WideMuxes, left.CarryBits + right.CarryBits, left.LutRams + right.LutRams);

    /// <summary>The same cell several times.</summary>
    public static VendorResources operator *(int count, VendorResources cell) => new(
        count * cell.Luts, count * cell.FlipFlops, count * cell.Brams, count * cell.Dsps,
        count * cell.WideMuxes, count * cell.CarryBits, count * cell.LutRams);
}
