using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Mappings;

/// <summary>A dimension of the GEMM iteration space.</summary>
public enum Dimension
{
    /// <summary>Rows of A and C (tokens).</summary>
    M,

    /// <summary>Columns of B and C (output channels).</summary>
    N,

    /// <summary>The summed dimension.</summary>
    K,
}

/// <summary>
/// How one GEMM runs on one engine: the block that the scratchpads hold at a time, and the order in which the host
/// walks over blocks. Everything below the block (which array tile, which word) is fixed by the dataflow.
/// </summary>
/// <param name="Architecture">The engine.</param>
/// <param name="Shape">The GEMM.</param>
/// <param name="TileM">Rows of A and C in a block; the last block may be smaller.</param>
/// <param name="TileN">Columns of B and C in a block.</param>
/// <param name="TileK">Summed elements in a block.</param>
/// <param name="Order">Block loops, outermost first; a permutation of M, N, K.</param>
public sealed record Mapping(
    Architecture Architecture, GemmShape Shape, int TileM, int TileN, int TileK, EquatableArray<Dimension> Order);
