using System.Numerics;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Mappings.Direct;

/// <summary>A direct convolution as the engine's commands, with the host's side of its streams.</summary>
public sealed class DirectProgram
{
    private readonly EquatableArray<(DirectBlock? Input, DirectBlock? Weights)> _loads;

    internal DirectProgram(
        DirectMapping mapping, CommandStream stream, EquatableArray<(DirectBlock? Input, DirectBlock? Weights)> loads, EquatableArray<int> resultOrder) =>
        (Mapping, Stream, _loads, ResultOrder) = (mapping, stream, loads, resultOrder);

    /// <summary>How the convolution runs.</summary>
    public DirectMapping Mapping { get; }

    /// <summary>The program; its shape is that of the im2col product, which gives the same results.</summary>
    public CommandStream Stream { get; }

    /// <summary>The place in the output, NPQM row-major, of each result in the order in which they leave the engine.</summary>
    public EquatableArray<int> ResultOrder { get; }

    /// <summary>
    /// All input beats, as <see cref="HostStreams.Pack{T}"/> makes them: elements are read where they lie in the tensor, and what lies
    /// outside of it is zero.
    /// </summary>
    /// <typeparam name="T">Any integer type.</typeparam>
    /// <param name="input">NHWC.</param>
    /// <param name="filters">MRSC.</param>
    public ulong[] Pack<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> filters)
        where T : struct, IBinaryInteger<T>
    {
        var beats = new List<ulong>();
        foreach (var (positions, weights) in _loads)
        {
            if (positions is not null)
            {
                var shape = new GemmShape(positions.Elements, positions.C.Count, 1);
                var load = new Load(0, positions.InputWords, 0, 0, new(0, shape.M, 0, shape.K), Block.None);
                beats.AddRange(HostStreams.Pack<T>(Mapping.Architecture, new(shape, [load]), Positions(positions, input), []));
            }

            if (weights is not null)
            {
                var shape = new GemmShape(1, weights.PaddedDepth, weights.M.Count);
                var load = new Load(0, 0, 0, weights.WeightWords, Block.None, new(0, shape.K, 0, shape.N));
                beats.AddRange(HostStreams.Pack<T>(Mapping.Architecture, new(shape, [load]), [], Filters(weights, filters)));
            }
        }

        return [.. beats];
    }

    /// <summary>Input elements that the host sends more than once, or that are padding: those beyond the tensor's own.</summary>
    public long InputElementsSent => _loads.Sum(l => l.Input is null ? 0 : (long)l.Input.Elements * l.Input.C.Count);

    /// <summary>A block's positions: a row for each, a column for each channel.</summary>
    private T[] Positions<T>(DirectBlock block, ReadOnlySpan<T> input)
        where T : struct, IBinaryInteger<T>
    {
        var conv = Mapping.Convolution;
        var rows = new T[block.Elements * block.C.Count];
        for (var element = 0; element < block.Elements; element++)
        {
            var (y, x) = block.Position(element);
            if (y >= 0 && y < conv.Height.Input && x >= 0 && x < conv.Width.Input)
            {
                input.Slice((((((block.Image * conv.Height.Input) + y) * conv.Width.Input) + x) * conv.C) + block.C.First, block.C.Count)
                    .CopyTo(rows.AsSpan(element * block.C.Count));
            }
        }

        return rows;
    }

    /// <summary>A block's filters: a column for each, tap by tap, each tap's channels in whole words.</summary>
    private T[] Filters<T>(DirectBlock block, ReadOnlySpan<T> filters)
        where T : struct, IBinaryInteger<T>
    {
        var (conv, padded) = (Mapping.Convolution, block.Chunks * Mapping.Chunk);
        var matrix = new T[block.PaddedDepth * block.M.Count];
        for (var m = 0; m < block.M.Count; m++)
        {
            for (var tap = 0; tap < conv.Taps; tap++)
            {
                for (var c = 0; c < block.C.Count; c++)
                {
                    matrix[(((tap * padded) + c) * block.M.Count) + m] =
                        filters[((((block.M.First + m) * conv.Taps) + tap) * conv.C) + block.C.First + c];
                }
            }
        }

        return matrix;
    }
}
