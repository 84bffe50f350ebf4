using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Verilog.Syntax;

/// <summary>A source file or include file as it was read, for positions and carets.</summary>
/// <param name="Path">Path as the user gave it.</param>
/// <param name="Lines">Its lines without line ends.</param>
public sealed record SourceText(string Path, IReadOnlyList<string> Lines);

/// <summary>
/// Where a node stands. All origins are equal, so that trees compare by what they say and not by where they say it.
/// </summary>
/// <param name="Text">The file; null for a node that was made by the program.</param>
/// <param name="Line">First line, from 1.</param>
/// <param name="Column">First column, from 1.</param>
/// <param name="EndLine">Line of the last character.</param>
/// <param name="EndColumn">Column after the last character.</param>
public readonly record struct Origin(SourceText? Text, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>Always true.</summary>
    public bool Equals(Origin other) => true;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <summary>The place for a diagnostic: the first line of the node; null for a node that was made by the program.</summary>
    public SourceSpan? Span
    {
        get
        {
            if (Text is null)
            {
                return null;
            }

            var line = Line <= Text.Lines.Count ? Text.Lines[Line - 1] : "";
            var end = EndLine == Line ? EndColumn : line.Length + 1;
            return new(Text.Path, Line, Column, Math.Max(1, end - Column), line.Length <= 1000 ? line : "");
        }
    }
}

/// <summary>A node of the tree that the reader makes of Verilog text after preprocessing, and that the printer prints.</summary>
public abstract record SyntaxNode
{
    /// <summary>Where it stands; does not take part in equality.</summary>
    public Origin Origin { get; init; }

    /// <summary>The comments before it, each with its marks: <c>// text</c> or <c>/* text */</c>.</summary>
    public EquatableArray<string> Comments { get; init; }
}

/// <summary>An attribute: <c>(* name = value *)</c>.</summary>
public sealed record AttributeSyntax(string Name, ExpressionSyntax? Value) : SyntaxNode;

/// <summary>A dimension: <c>[left:right]</c>, or <c>[size]</c> when there is no right side.</summary>
public sealed record DimensionSyntax(ExpressionSyntax Left, ExpressionSyntax? Right) : SyntaxNode;

/// <summary>A declared name: its unpacked dimensions and its initial value or default.</summary>
public sealed record DeclaratorSyntax(string Name, EquatableArray<DimensionSyntax> Dimensions, ExpressionSyntax? Value) : SyntaxNode;
