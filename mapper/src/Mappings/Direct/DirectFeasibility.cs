using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Mappings.Direct;

/// <summary>Whether a direct convolution's mapping fits its engine.</summary>
public static class DirectFeasibility
{
    private const int LargestField = (1 << CommandEncoding.FieldBits) - 1;

    /// <summary>Null when the mapping fits, else the first reason why it does not.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="output">What the output stage computes; null: results are the sums.</param>
    public static Infeasible? Check(DirectMapping mapping, Requantisation? output = null)
    {
        var (arch, conv) = (mapping.Architecture, mapping.Convolution);
        if (conv.Groups > 1)
        {
            return new($"a direct convolution has one group; each of the {conv.Groups} is mapped alone");
        }

        var bits = arch.AccumulatorBitsFor(conv.SumLength);
        if (bits > arch.AccumulatorBits)
        {
            return new($"{arch.AccumulatorBits}-bit accumulators cannot sum {conv.SumLength} products: {bits} bits needed");
        }

        // Positions of a segment that do not exist need room too: a block is checked as large as its tile says.
        var block = DirectBlocks.Largest(mapping);
        var isSplit = mapping.TileC < conv.C;
        if (block.InputWords > arch.InputTileWords)
        {
            return new($"a block's input positions fill {block.InputWords} words; the activation scratchpad holds {arch.InputTileWords} a tile");
        }

        if (block.WeightWords > arch.WeightTileWords)
        {
            return new($"a block's filters fill {block.WeightWords} words; the weight scratchpad holds {arch.WeightTileWords} a tile");
        }

        if (arch.Dataflow == Dataflow.OutputStationary)
        {
            return isSplit && block.PositionTiles * block.FilterTiles > 1
                ? new($"channels are split, so the PEs have to keep their sums, but a block has {block.PositionTiles * block.FilterTiles} arrays' worth of outputs")
                : CheckOutput(mapping, output);
        }

        var sums = arch.Dataflow == Dataflow.WeightStationary
            ? block.StreamLength * (isSplit ? block.FilterTiles : 1)
            : block.M.Count * (isSplit ? block.PositionTiles : 1);
        return sums > arch.AccumulatorTileWords ? new($"a block keeps {sums} words of partial sums; the accumulator memory holds {arch.AccumulatorTileWords} a tile")
            : sums > LargestField ? new($"a block streams {sums} words; a command counts to {LargestField}")
            : CheckOutput(mapping, output);
    }

    private static Infeasible? CheckOutput(DirectMapping mapping, Requantisation? output) => output is null ? null : Feasibility.CheckOutput(
        new(mapping.Architecture, mapping.Convolution.GroupGemm, 1, 1, 1, [Dimension.M, Dimension.N, Dimension.K]), output);
}
