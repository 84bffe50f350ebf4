using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Types;

namespace HwSeed.Hdl.Verilog.Binding.Expressions;

/// <summary>An offset of a constant and, for an index that is not constant, an unsigned value that is added.</summary>
/// <param name="Fixed">The constant.</param>
/// <param name="Varying">The value, or null.</param>
internal readonly record struct Offset(long Fixed, Expression? Varying)
{
    /// <summary>What is counted by the one index that is not constant: the offset is Step times it, plus Fixed; 0 for several.</summary>
    public int Step { get; init; }

    /// <summary>The one index that is not constant.</summary>
    public Expression? Count { get; init; }

    /// <summary>Values that the one index may have inside of its range.</summary>
    public int Most { get; init; }
}

/// <summary>Where a select reads or writes: an element of a signal and bits inside of it.</summary>
/// <param name="Signal">The signal; null for a value that is not stored.</param>
/// <param name="Element">Position of the (first) element.</param>
/// <param name="Elements">Elements, more than one for an array or a part of it.</param>
/// <param name="Bit">Lowest bit inside of the element.</param>
/// <param name="Width">Bits inside of the element.</param>
/// <param name="Valid">Whether the indices are inside of their ranges, where the offsets do not show it; null for yes.</param>
internal sealed record Place(Signal? Signal, Offset Element, int Elements, Offset Bit, int Width, Expression? Valid);

/// <summary>A step of a select.</summary>
internal abstract record SelectStep;

/// <summary>A bit, or an element of an array: an index in a range, each step of it some bits or elements.</summary>
internal sealed record IndexStep(Bound Index, Bounds Range, int Stride, bool IsUnpacked) : SelectStep;

/// <summary>A constant part: bits or elements from an offset on; <paramref name="IsInside"/> false outside of the range.</summary>
internal sealed record PartStep(int Low, bool IsUnpacked, bool IsInside) : SelectStep;

/// <summary><c>[start +: count]</c> or <c>[start -: count]</c>.</summary>
internal sealed record WindowStep(Bound Start, Bounds Range, int Stride, int Count, bool IsUp, bool IsUnpacked) : SelectStep;
