using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Mappings.Direct;

/// <summary>A part of a range.</summary>
internal readonly record struct Part(int First, int Count);

/// <summary>
/// What is worked on at a time: some output positions of an image, some filters, some channels. Positions that an array takes side
/// by side lie a segment apart, so that one step moves all of them by one.
/// </summary>
internal sealed class DirectBlock
{
    private readonly DirectMapping _mapping;

    public DirectBlock(DirectMapping mapping, int image, Part p, Part q, Part m, Part c, bool isFirstC, bool isLastC)
    {
        (_mapping, Image, P, Q, M, C, IsFirstC, IsLastC) = (mapping, image, p, q, m, c, isFirstC, isLastC);
        var conv = mapping.Convolution;
        var spread = mapping.Spread;
        Segment = Ceiling.Divide(mapping.SpreadsRows ? p.Count : q.Count, spread);
        Rows = new(conv.Height, spread > 1 && mapping.SpreadsRows ? Segment : p.Count);
        Columns = new(conv.Width, spread > 1 && !mapping.SpreadsRows ? Segment : q.Count);
        Chunks = Ceiling.Divide(c.Count, mapping.Chunk);
    }

    public int Image { get; }

    public Part P { get; }

    public Part Q { get; }

    public Part M { get; }

    public Part C { get; }

    public bool IsFirstC { get; }

    public bool IsLastC { get; }

    /// <summary>Outputs from one PE's to the next one's.</summary>
    public int Segment { get; }

    /// <summary>Input rows, of one PE.</summary>
    public AxisTile Rows { get; }

    /// <summary>Input columns, of one PE.</summary>
    public AxisTile Columns { get; }

    /// <summary>Words that hold the channels of one position.</summary>
    public int Chunks { get; }

    /// <summary>Input positions of one PE.</summary>
    public int Slots => Rows.Slots * Columns.Slots;

    /// <summary>Input positions of all PEs: the ones that overlap are there for each.</summary>
    public int Elements => Slots * _mapping.Spread;

    /// <summary>Length of the sums as the engine sees them: each tap's channels fill whole words.</summary>
    public int PaddedDepth => _mapping.Convolution.Taps * Chunks * _mapping.Chunk;

    public int InputWords => HostStreams.ActivationWords(_mapping.Architecture, new Block(0, Elements, 0, C.Count));

    public int WeightWords => HostStreams.WeightWords(_mapping.Architecture, new Block(0, PaddedDepth, 0, M.Count));

    public int FilterTiles => Ceiling.Divide(M.Count, _mapping.Architecture.Columns);

    /// <summary>Positions that a weight-stationary array streams: whole rows of the block, and between them what no output needs.</summary>
    public int StreamLength => ((P.Count - 1) * Columns.Slots) + Q.Count;

    /// <summary>Groups of positions that an array takes side by side.</summary>
    public int PositionTiles => Rows.Outputs * Columns.Outputs;

    /// <summary>How many PEs have an output at a step of the segments: always the first ones.</summary>
    public int Valid(int row, int column)
    {
        var (count, at) = _mapping.SpreadsRows ? (P.Count, row) : (Q.Count, column);
        return Math.Min(_mapping.Spread, Ceiling.Divide(count - at, Segment));
    }

    /// <summary>The output that a PE has at a step.</summary>
    public (int P, int Q) Output(int row, int column, int pe) => _mapping.SpreadsRows
        ? (P.First + row + (pe * Segment), Q.First + column)
        : (P.First + row, Q.First + column + (pe * Segment));

    /// <summary>The input position of an element, which may be padding.</summary>
    public (int Y, int X) Position(int element)
    {
        var (slot, pe) = (element / _mapping.Spread, element % _mapping.Spread);
        var (row, column) = (slot / Columns.Slots, slot % Columns.Slots);
        var (p, q) = Output(0, 0, pe);
        return (Rows.Position(p, row), Columns.Position(q, column));
    }

    /// <summary>The number of a position among those of one PE.</summary>
    public int Slot(int row, int r, int column, int s) => (Rows.Slot(row, r) * Columns.Slots) + Columns.Slot(column, s);
}
