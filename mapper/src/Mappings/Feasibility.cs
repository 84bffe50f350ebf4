using System.Diagnostics;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Mappings;

/// <summary>Why a mapping cannot run on its engine. An ordinary answer: searches see thousands of them.</summary>
/// <param name="Reason">One sentence with the numbers that collide.</param>
public sealed record Infeasible(string Reason);

/// <summary>Whether a mapping fits its engine.</summary>
public static class Feasibility
{
    private const int LargestField = (1 << CommandEncoding.FieldBits) - 1;

    /// <summary>Null when the mapping fits, else the first reason why it does not.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="output">What the output stage computes; null: results are the sums.</param>
    public static Infeasible? Check(Mapping mapping, Requantisation? output = null) =>
        Find(mapping) is { Limit: not Limit.None } shortfall ? new(Describe(shortfall, mapping))
        : output is null ? null
        : CheckOutput(mapping, output);

    internal static Infeasible? CheckOutput(Mapping mapping, Requantisation output) => mapping.Architecture.Output switch
    {
        null => new("results are to be requantised, but the engine has no output stage"),
        { } stage when mapping.Shape.N > stage.Channels => new(
            $"the product has {mapping.Shape.N} columns, but the output stage holds biases and scales of {stage.Channels}; raise output.channels"),
        { Table: false } when output.Table is not null => new("results are to be looked up, but the output stage has no table"),
        { Residual: false } when output.HasResidual => new("a residual is to be added, but the output stage has no stream for it"),
        _ => null,
    };

    /// <summary>What runs short first; made without text, since searches ask thousands of times.</summary>
    internal static Shortfall Find(Mapping mapping)
    {
        var (arch, shape) = (mapping.Architecture, mapping.Shape);
        var bits = arch.AccumulatorBitsFor(shape.K);
        if (bits > arch.AccumulatorBits)
        {
            return new(Limit.AccumulatorBits, bits, arch.AccumulatorBits);
        }

        var tiles = TileGrid.Of(mapping);
        if (tiles.K > 1 && InnermostSplit(mapping.Order, tiles) != Dimension.K)
        {
            return new(Limit.SplitKNotInnermost, 0, 0);
        }

        var (m, n, k) = (Math.Min(mapping.TileM, shape.M), Math.Min(mapping.TileN, shape.N), Math.Min(mapping.TileK, shape.K));
        var inputWords = HostStreams.ActivationWords(arch, new Block(0, m, 0, k));
        if (inputWords > arch.InputTileWords)
        {
            return new(Limit.ActivationWords, inputWords, arch.InputTileWords);
        }

        var weightWords = HostStreams.WeightWords(arch, new Block(0, k, 0, n));
        if (weightWords > arch.WeightTileWords)
        {
            return new(Limit.WeightWords, weightWords, arch.WeightTileWords);
        }

        if (arch.Dataflow == Dataflow.OutputStationary)
        {
            return tiles.K > 1 && (m > arch.Rows || n > arch.Columns)
                ? new(Limit.SumsInPes, m * n, arch.Rows * arch.Columns)
                : default;
        }

        var (streamed, spread) = arch.Dataflow == Dataflow.InputStationary ? (n, m) : (m, n);
        var sums = streamed * (tiles.K > 1 ? Ceiling.Divide(spread, arch.Columns) : 1);
        return sums > arch.AccumulatorTileWords ? new(Limit.AccumulatorWords, sums, arch.AccumulatorTileWords)
            : tiles.K > 1 && spread > LargestField ? new(Limit.StoreColumns, spread, LargestField)
            : default;
    }

    internal static string Describe(Shortfall shortfall, Mapping mapping) => shortfall.Limit switch
    {
        Limit.AccumulatorBits =>
            $"{shortfall.Has}-bit accumulators cannot sum K = {mapping.Shape.K}: {shortfall.Needs} bits needed",
        Limit.SplitKNotInnermost =>
            "K is split in blocks but is not the innermost block loop: partial sums have no place to wait",
        Limit.ActivationWords =>
            $"a block of A fills {shortfall.Needs} words; the activation scratchpad holds {shortfall.Has} a tile",
        Limit.WeightWords =>
            $"a block of B fills {shortfall.Needs} words; the weight scratchpad holds {shortfall.Has} a tile",
        Limit.SumsInPes =>
            $"K is split, so the PEs have to keep their sums, but a block has {shortfall.Needs} outputs and the array {shortfall.Has} PEs",
        Limit.AccumulatorWords =>
            $"a block keeps {shortfall.Needs} words of partial sums; the accumulator memory holds {shortfall.Has} a tile",
        Limit.StoreColumns =>
            $"a block has {shortfall.Needs} results a row; one store sends at most {shortfall.Has}",
        _ => throw new UnreachableException($"limit {shortfall.Limit}"),
    };

    private static Dimension InnermostSplit(HwSeed.Hdl.EquatableArray<Dimension> order, TileGrid tiles)
    {
        var i = order.Count - 1;
        while (i > 0 && tiles.Count(order[i]) == 1)
        {
            i--;
        }

        return order[i];
    }
}

/// <summary>What can run short.</summary>
internal enum Limit
{
    None,
    AccumulatorBits,
    SplitKNotInnermost,
    ActivationWords,
    WeightWords,
    SumsInPes,
    AccumulatorWords,
    StoreColumns,
}

/// <summary>How much of something is needed and how much there is.</summary>
internal readonly record struct Shortfall(Limit Limit, int Needs, int Has);
