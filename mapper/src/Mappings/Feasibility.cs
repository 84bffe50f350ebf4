using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Mappings;

/// <summary>Why a mapping cannot run on its engine. An ordinary answer: searches see thousands of them.</summary>
/// <param name="Reason">One sentence with the numbers that collide.</param>
public sealed record Infeasible(string Reason);

/// <summary>Whether a mapping fits its engine.</summary>
public static class Feasibility
{
    /// <summary>Null when the mapping fits, else the first reason why it does not.</summary>
    public static Infeasible? Check(Mapping mapping)
    {
        var (arch, shape) = (mapping.Architecture, mapping.Shape);
        if (arch.AccumulatorBits < arch.AccumulatorBitsFor(shape.K))
        {
            return new($"{arch.AccumulatorBits}-bit accumulators cannot sum K = {shape.K}: {arch.AccumulatorBitsFor(shape.K)} bits needed");
        }

        var tiles = TileGrid.Of(mapping);
        if (tiles.K > 1 && mapping.Order[^1] != Dimension.K && OuterThanSplit(mapping, tiles))
        {
            return new("K is split in blocks but is not the innermost block loop: partial sums have no place to wait");
        }

        var largest = new Block(0, Math.Min(mapping.TileM, shape.M), 0, Math.Min(mapping.TileK, shape.K));
        var inputWords = HostStreams.ActivationWords(arch, largest);
        if (inputWords > arch.InputTileWords)
        {
            return new($"a block of A fills {inputWords} words; the activation scratchpad holds {arch.InputTileWords} a tile");
        }

        var weights = new Block(0, Math.Min(mapping.TileK, shape.K), 0, Math.Min(mapping.TileN, shape.N));
        var weightWords = HostStreams.WeightWords(arch, weights);
        if (weightWords > arch.WeightTileWords)
        {
            return new($"a block of B fills {weightWords} words; the weight scratchpad holds {arch.WeightTileWords} a tile");
        }

        return arch.Dataflow == Dataflow.OutputStationary
            ? CheckSumsInPes(mapping, tiles)
            : CheckAccumulatorMemory(mapping, tiles);
    }

    private static bool OuterThanSplit(Mapping mapping, TileGrid tiles)
    {
        var innermostSplit = mapping.Order.Last(d => tiles.Count(d) > 1);
        return innermostSplit != Dimension.K;
    }

    private static Infeasible? CheckSumsInPes(Mapping mapping, TileGrid tiles)
    {
        var arch = mapping.Architecture;
        var oneArray = Math.Min(mapping.TileM, mapping.Shape.M) <= arch.Rows && Math.Min(mapping.TileN, mapping.Shape.N) <= arch.Columns;
        return tiles.K > 1 && !oneArray
            ? new($"K is split, so the PEs have to keep their sums, but a block has more outputs than the {arch.Rows}x{arch.Columns} array")
            : null;
    }

    private static Infeasible? CheckAccumulatorMemory(Mapping mapping, TileGrid tiles)
    {
        var arch = mapping.Architecture;
        var rows = Math.Min(mapping.TileM, mapping.Shape.M);
        var groups = tiles.K > 1 ? Ceiling.Divide(Math.Min(mapping.TileN, mapping.Shape.N), arch.Columns) : 1;
        var words = rows * groups;
        return words > arch.AccumulatorDepth
            ? new($"a block keeps {words} words of partial sums; the accumulator memory has {arch.AccumulatorDepth}")
            : null;
    }
}
