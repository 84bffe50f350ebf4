namespace HwSeed.Kernels.OpenCl;

/// <summary>How a tiled OpenCL kernel multiplies one 32-bit lane of packed operands.</summary>
public enum OpenClInstructions
{
    /// <summary>Two products a lane in plain OpenCL C, of operands widened to 16 bits; activations offset by 128.</summary>
    Portable,

    /// <summary>Four int8 products a lane by inline x86 assembly (AVX-512 VNNI vpdpbusd), activations offset by 128.</summary>
    Vnni512,
}

/// <summary>What the instructions ask of the packing.</summary>
internal static class OpenClInstructionsExtensions
{
    /// <summary>Summed elements in one 32-bit lane.</summary>
    public static int GroupSize(this OpenClInstructions instructions) =>
        instructions == OpenClInstructions.Vnni512 ? 4 : 2;
}
