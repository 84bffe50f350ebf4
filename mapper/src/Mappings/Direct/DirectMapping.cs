using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Workloads.Convolutions;

namespace HwSeed.Mapper.Mappings.Direct;

/// <summary>
/// How one convolution runs on one engine without im2col: the scratchpad holds input positions, each once, and every filter tap is
/// a compute that begins at another of them. mapper/docs/convolutions.md shows the layouts.
/// </summary>
/// <param name="Architecture">The engine.</param>
/// <param name="Convolution">The convolution; of several groups each is mapped alone.</param>
/// <param name="TileP">Output rows of a block; the last block may be smaller.</param>
/// <param name="TileQ">Output columns of a block.</param>
/// <param name="TileM">Filters of a block.</param>
/// <param name="TileC">Channels of a block.</param>
/// <param name="SpreadsRows">Whether the PEs that take positions have rows of their own, or columns; weight-stationary arrays take one
/// position after another and look at neither.</param>
/// <param name="FiltersOuter">Whether all positions are walked for some filters, or all filters for some positions.</param>
public sealed record DirectMapping(
    Architecture Architecture, Conv2D Convolution, int TileP, int TileQ, int TileM, int TileC, bool SpreadsRows, bool FiltersOuter)
{
    /// <summary>Array sides' worth of positions that are worked on at a time: 1 when they stream.</summary>
    internal int Spread => Architecture.Dataflow switch
    {
        Dataflow.OutputStationary => Architecture.Rows,
        Dataflow.InputStationary => Architecture.Columns,
        _ => 1,
    };

    /// <summary>Channels of a scratchpad word.</summary>
    internal int Chunk => Architecture.KeepsOperands ? Architecture.Rows * Architecture.Lanes : Architecture.Lanes;
}
