using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding;

/// <summary>A design that was read from Verilog.</summary>
/// <param name="Design">The modules.</param>
/// <param name="Signals">Where each signal of each module was declared, in the order of the source.</param>
/// <param name="Ports">The ports of the top module as the source has them.</param>
/// <param name="Findings">What the lint passes may want to say.</param>
public sealed record VerilogDesign(
    Design Design, EquatableArray<SignalDeclaration> Signals, EquatableArray<SourcePort> Ports, EquatableArray<BindingFinding> Findings)
{
    /// <summary>The places in the files of what was left out with HW2402.</summary>
    public EquatableArray<Origin> LeftOut { get; init; }
}

/// <summary>A declared net, variable or port of a module.</summary>
/// <param name="Module">Name of the module in the design.</param>
/// <param name="SourceModule">Name of the module in the source.</param>
/// <param name="Path">Its name in the source, with generate blocks: <c>g[0].x</c>.</param>
/// <param name="Names">Its names in the module: one, or those of the elements of an array from the lowest index on; one for a memory.</param>
/// <param name="Width">Bits of an element.</param>
/// <param name="IsSigned">Whether it is signed.</param>
/// <param name="IsMemory">Whether it became a memory.</param>
/// <param name="Span">Where it was declared.</param>
public sealed record SignalDeclaration(
    string Module, string SourceModule, string Path, EquatableArray<string> Names, int Width, bool IsSigned, bool IsMemory, SourceSpan? Span)
{
    /// <summary>The names of its values when it is an enumeration.</summary>
    public EquatableArray<EnumName> Enum { get; init; }

    /// <summary>Left and right bound of its outermost packed range; null for a bit without a range.</summary>
    public (int Left, int Right)? Range { get; init; }

    /// <summary>Lowest index of the array whose elements are <see cref="Names"/>.</summary>
    public int FirstIndex { get; init; }
}

/// <summary>A name of a value of an enumeration.</summary>
public sealed record EnumName(string Name, BitVector Value);

/// <summary>A port of the top module as the source has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Direction"><c>input</c>, <c>output</c> or <c>inout</c>.</param>
/// <param name="Width">Bits of an element.</param>
/// <param name="Names">
/// The ports of the design: one; the elements of an array from the lowest index on; for an inout its input, and after it
/// the value and the mask that the design drives.
/// </param>
/// <param name="IsSigned">Whether it is signed.</param>
public sealed record SourcePort(string Name, string Direction, int Width, EquatableArray<string> Names, bool IsSigned);
