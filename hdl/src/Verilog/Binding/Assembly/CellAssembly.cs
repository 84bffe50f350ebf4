using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Hierarchy;
using HwSeed.Hdl.Verilog.Binding.Names;

namespace HwSeed.Hdl.Verilog.Binding.Assembly;

/// <summary>How a stretch of a cell's bits comes to its value.</summary>
internal enum SegmentKind
{
    /// <summary>A value at all times.</summary>
    Wire,

    /// <summary>A register.</summary>
    Register,

    /// <summary>A value that is held without a clock.</summary>
    Latch,
}

/// <summary>A stretch of bits of a cell with one driver, or none.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Low">Lowest bit.</param>
/// <param name="Value">Its value; the next value of a register.</param>
/// <param name="Kind">How it comes to it.</param>
/// <param name="Source">What drives it.</param>
internal sealed record Segment(Cell Cell, int Low, Expression Value, SegmentKind Kind, DriverSource? Source)
{
    /// <summary>The name of the signal that holds it.</summary>
    public string Name { get; init; } = "";

    public int Width => Value.Width;

    public int Top => Low + Width;
}
