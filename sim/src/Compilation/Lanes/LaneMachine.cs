using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>The widest vectors that compiled code may use.</summary>
/// <param name="VectorBytes">64, 32, or 0 for none.</param>
internal readonly record struct LaneMachine(int VectorBytes)
{
    /// <summary>Scalar code only.</summary>
    public static LaneMachine Off { get; } = new(0);

    /// <summary>AVX2.</summary>
    public static LaneMachine Narrow { get; } = new(32);

    /// <summary>What this processor has: AVX-512 with its byte and quadword parts, AVX2, or nothing that we use.</summary>
    public static LaneMachine Best { get; } =
        HasAvx512 && Vector512.IsHardwareAccelerated ? new(64) : Avx2.IsSupported ? Narrow : Off;

    /// <summary>Whether narrowing conversions and byte permutations of AVX-512 may be used.</summary>
    public bool UsesAvx512 => VectorBytes == 64;

    /// <summary>Whether code may use vectors at all.</summary>
    public bool IsOn => VectorBytes > 0;

    /// <summary>Whether lanes of two vectors can be put together in any order.</summary>
    public bool PermutesTwo(int element) => UsesAvx512 && (element > 1 || Avx512Vbmi.VL.IsSupported);

    private static bool HasAvx512 =>
        Avx512F.VL.IsSupported && Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported;
}
