using Antlr4.Runtime;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Preprocessing;

/// <summary>A comment between two tokens.</summary>
/// <param name="Text">With its marks.</param>
/// <param name="IsTrailing">Whether it stands behind a token on the same line and ends the line.</param>
internal readonly record struct Comment(string Text, bool IsTrailing);

/// <summary>A token, where it stands, and the comments before it.</summary>
internal sealed class VerilogToken(SourceText source, int type, string text, int line, int column) : IToken
{
    /// <summary>A directive or macro use: a backtick and a name; the text is the name.</summary>
    public const int Directive = -10;

    /// <summary>Two backticks in a macro's text: the neighbours become one token.</summary>
    public const int Paste = -11;

    /// <summary>A backtick and a quote in a macro's text: what stands between two of them becomes a string.</summary>
    public const int Quote = -12;

    /// <summary>A backtick, backslash, backtick and quote: an escaped quote inside of such a string.</summary>
    public const int EscapedQuote = -13;

    public SourceText Source { get; } = source;

    public int Type { get; set; } = type;

    public string Text { get; set; } = text;

    public int Line { get; } = line;

    /// <summary>From 1, unlike the columns that ANTLR counts.</summary>
    public int Column { get; } = column;

    public int EndLine { get; set; } = line;

    public int EndColumn { get; set; } = column + text.Length;

    public int TokenIndex { get; set; }

    /// <summary>The macro whose expansion this token comes from; null for one that stands in the file.</summary>
    public string? Macro { get; init; }

    public List<Comment>? Comments { get; set; }

    public bool HasSpaceBefore { get; init; }

    public bool IsFirstOnLine { get; init; }

    public bool IsEscaped { get; init; }

    /// <summary>Whether it is a name or a keyword.</summary>
    public bool IsWord { get; } = text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] == '_');

    /// <summary>Whether <c>`begin_keywords</c> says that only the words of Verilog-2005 are keywords here.</summary>
    public bool IsOldKeywordRegion { get; set; }

    public int Channel => 0;

    public int StartIndex => 0;

    public int StopIndex => 0;

    public ITokenSource TokenSource => null!;

    public ICharStream InputStream => null!;

    /// <summary>The same token, seen at the place of a macro use.</summary>
    public VerilogToken At(VerilogToken use, string macro) =>
        new(use.Source, Type, Text, use.Line, use.Column)
        {
            EndLine = use.EndLine,
            EndColumn = use.EndColumn,
            Macro = use.Macro ?? macro,
            HasSpaceBefore = HasSpaceBefore,
            IsFirstOnLine = IsFirstOnLine,
            IsEscaped = IsEscaped,
        };

    /// <summary>Where it stands.</summary>
    public SourceSpan Span => new Origin(Source, Line, Column, EndLine, EndColumn).Span!;

    /// <summary>As it was written, for messages.</summary>
    public string Shown => Type switch
    {
        TokenConstants.EOF => "the end of the file",
        Directive => $"'`{Text}'",
        _ when IsEscaped => $"'\\{Text}'",
        _ when Text.Length > 40 => $"'{Text[..37]}...'",
        _ => $"'{Text}'",
    };

    public override string ToString() => Text;
}
