using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>The blocks of an iCE40 that a design will take, counted from the design itself before synthesis.</summary>
/// <param name="Brams">Block memories of 4096 bits.</param>
/// <param name="Dsps">DSP blocks that the design instantiates; without any on the device they become logic.</param>
public sealed record DesignResources(int Brams, int Dsps)
{
    // Yosys: below that share of its bits a block memory is not worth it.
    private const int LeastPercent = 2;

    /// <summary>Counts.</summary>
    public static DesignResources Of(Design design) =>
        new(design.Total(m => m.Memories.Sum(Blocks)), design.Total(m => DspCells.IsBlock(m) ? 1 : 0));

    private static int Blocks(Memory memory)
    {
        // Each read port needs a copy of the memory.
        var blocks = FpgaDevice.BramsOf(memory.Width, memory.Depth);
        return memory.Width * memory.Depth * 100 < LeastPercent * FpgaDevice.BramBits * blocks ? 0 : blocks * Math.Max(1, memory.Reads.Count);
    }
}
