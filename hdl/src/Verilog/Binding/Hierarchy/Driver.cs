using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog.Binding.Names;
using HwSeed.Hdl.Verilog.Binding.Processes;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Binding.Hierarchy;

/// <summary>What drives some bits of a cell.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Pieces">The bits that it drives, from the lowest on, without gaps or with.</param>
/// <param name="Source">The assignment, process or instance.</param>
internal sealed record Driver(Cell Cell, IReadOnlyList<Piece> Pieces, DriverSource Source)
{
    /// <summary>For each piece which bits it drives rather than leaves at z; null for all.</summary>
    public IReadOnlyList<Expression>? Drives { get; init; }

    /// <summary>Where it is assigned.</summary>
    public Syntax.SyntaxNode? Where { get; init; }

    public int Low => Pieces[0].Low;

    public int Top => Pieces[^1].Top;
}

/// <summary>An assignment, process, gate or instance that drives.</summary>
internal sealed class DriverSource(SyntaxNode syntax)
{
    public SyntaxNode Syntax { get; } = syntax;

    /// <summary>The edges of a clocked process; null for what drives at all times.</summary>
    public EquatableArray<ClockEdge>? Edges { get; init; }

    /// <summary>Whether it is a process, which may hold a value.</summary>
    public bool IsProcess { get; init; }

    /// <summary>Names that its values read, where that had to be known.</summary>
    public HashSet<string>? Reads { get; set; }
}
