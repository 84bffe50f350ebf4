using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mappings.Direct;
using HwSeed.Mapper.Workloads.Convolutions;

namespace HwSeed.Mapper.Mapspaces;

/// <summary>
/// Every direct mapping of one convolution on one engine worth telling apart: for each dimension, for each number of blocks, the
/// smallest block that gives that number; which axis the PEs divide; and which loop is outside where both go round. Channels are
/// innermost, since partial sums cannot leave the chip. Capacity is <see cref="DirectFeasibility"/>'s business.
/// </summary>
/// <param name="Convolution">A convolution of one group.</param>
/// <param name="Architecture">A legal architecture.</param>
public sealed record DirectMapspace(Conv2D Convolution, Architecture Architecture)
{
    /// <summary>The mappings, all distinct.</summary>
    public IEnumerable<DirectMapping> Mappings()
    {
        var (conv, arch) = (Convolution, Architecture);
        var spread = new DirectMapping(arch, conv, 1, 1, 1, 1, false, false).Spread;
        var tilesM = Mapspace.TileSizes(conv.M, arch.Dataflow == Dataflow.InputStationary ? 1 : arch.Columns);
        var tilesC = Mapspace.TileSizes(conv.C, arch.KeepsOperands ? arch.Rows * arch.Lanes : arch.Lanes);
        foreach (var spreadsRows in spread > 1 ? new[] { false, true } : [false])
        {
            foreach (var p in Mapspace.TileSizes(conv.P, spreadsRows ? spread : 1))
            {
                foreach (var q in Mapspace.TileSizes(conv.Q, spreadsRows ? 1 : spread))
                {
                    foreach (var m in tilesM)
                    {
                        foreach (var c in tilesC)
                        {
                            var mapping = new DirectMapping(arch, conv, p, q, m, c, spreadsRows, false);
                            yield return mapping;
                            if (m < conv.M && (conv.N > 1 || p < conv.P || q < conv.Q))
                            {
                                yield return mapping with { FiltersOuter = true };
                            }
                        }
                    }
                }
            }
        }
    }
}
