using Antlr4.Runtime;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Preprocessing;

namespace HwSeed.Hdl.Verilog.Grammar;

/// <summary>
/// Assertions over time, which the grammar knows only as marked tokens: <c>assert property (...)</c> and its like up to
/// the closing parenthesis, and properties, sequences, clockings and defaults up to their end.
/// </summary>
internal sealed class TimedAssertions
{
    private readonly List<(VerilogToken Token, int Type)> _marked = [];

    /// <summary>Marks all that are complete; what is not closed stays as it is, and is an error of the parser.</summary>
    public TimedAssertions(TokenArrayStream tokens)
    {
        for (var i = 0; i < tokens.Size; i++)
        {
            var type = IsAssertion(tokens, i) ? VerilogGrammar.TIMED_ASSERTION : VerilogGrammar.TIMED_DECLARATION;
            if (End(tokens, i) is not (var end, true))
            {
                continue;
            }

            for (; i <= end; i++, type = VerilogGrammar.TIMED_PART)
            {
                _marked.Add((tokens.At(i), tokens.At(i).Type));
                tokens.At(i).Type = type;
            }

            i = end;
        }
    }

    /// <summary>Takes the marks away, so that the tokens can be read again with other keywords.</summary>
    public void Unmark()
    {
        foreach (var (token, type) in _marked)
        {
            token.Type = type;
        }
    }

    /// <summary>The error of an assertion over time that begins at the current token or the one before it and is not closed; else null.</summary>
    public static Diagnostic? Unclosed(TokenArrayStream tokens)
    {
        if (EndOfUnclosed(tokens) is not { } end)
        {
            return null;
        }

        var start = Start(tokens);
        var (first, open) = (tokens.At(start), tokens.At(start + 2));
        return !IsAssertion(tokens, start)
            ? VerilogDiagnostics.Unclosed(first, Closer(tokens, start), tokens.At(end))
            : open.Type == VerilogGrammar.OPEN_PARENTHESIS
                ? VerilogDiagnostics.UnclosedBracket(open, ")", tokens.At(end))
                : VerilogDiagnostics.Expected(open, "'('", open.Shown);
    }

    /// <summary>The first token that cannot belong to it; null when there is none such.</summary>
    public static int? EndOfUnclosed(TokenArrayStream tokens) => End(tokens, Start(tokens)) is ( > 0 and var end, false) ? end : null;

    private static int Start(TokenArrayStream tokens) => IsAssertion(tokens, tokens.Index - 1) ? tokens.Index - 1 : tokens.Index;

    // The last token of what begins here, or the first that cannot belong to it; (0, false) when nothing begins.
    private static (int End, bool IsClosed) End(TokenArrayStream tokens, int start)
    {
        if (IsAssertion(tokens, start))
        {
            return Parenthesis(tokens, start + 2);
        }

        if (!IsDeclaration(tokens, start))
        {
            return (0, false);
        }

        var closer = Closer(tokens, start);
        var i = start + (IsWord(tokens, start + 1, "clocking") ? 2 : 1);
        while (tokens.At(i).Text != closer || tokens.At(i).Type is not (VerilogGrammar.REFUSED or VerilogGrammar.SEMICOLON))
        {
            if (IsForeign(tokens, i))
            {
                return (i, false);
            }

            i++;
        }

        var hasLabel = closer != ";" && tokens.At(i + 1).Type == VerilogGrammar.COLON && tokens.At(i + 2).Type == VerilogGrammar.IDENTIFIER;
        return (hasLabel ? i + 2 : i, true);
    }

    private static (int End, bool IsClosed) Parenthesis(TokenArrayStream tokens, int start)
    {
        var isOpen = tokens.At(start).Type == VerilogGrammar.OPEN_PARENTHESIS;
        var depth = 0;
        var firstSemicolon = 0;
        for (var i = start; ; i++)
        {
            var type = tokens.At(i).Type;
            depth += TokenSets.Nesting(type);
            if (IsForeign(tokens, i) || (isOpen ? depth <= 0 : type == VerilogGrammar.SEMICOLON))
            {
                return isOpen && depth == 0 ? (i, true) : (firstSemicolon > 0 ? firstSemicolon : i, false);
            }

            firstSemicolon = firstSemicolon == 0 && type == VerilogGrammar.SEMICOLON ? i : firstSemicolon;
        }
    }

    // What stands in no property: a missing end takes no more with it than it must.
    private static bool IsForeign(TokenArrayStream tokens, int i) =>
        tokens.At(i).Type is TokenConstants.EOF or VerilogGrammar.ENDMODULE or VerilogGrammar.MODULE or VerilogGrammar.ENDPACKAGE
            or VerilogGrammar.ASSIGN or VerilogGrammar.INITIAL or VerilogGrammar.ALWAYS_FF or VerilogGrammar.ALWAYS_COMB
        || IsAssertion(tokens, i) || IsDeclaration(tokens, i);

    private static bool IsAssertion(TokenArrayStream tokens, int i) =>
        (tokens.At(i).Type is VerilogGrammar.ASSERT or VerilogGrammar.ASSUME or VerilogGrammar.COVER || IsWord(tokens, i, "restrict"))
        && (IsWord(tokens, i + 1, "property") || IsWord(tokens, i + 1, "sequence"));

    private static bool IsDeclaration(TokenArrayStream tokens, int i)
    {
        var (first, second, third) = (tokens.At(i), tokens.At(i + 1).Type, tokens.At(i + 2).Type);
        return first.Type switch
        {
            VerilogGrammar.DEFAULT => IsWord(tokens, i + 1, "clocking") || (second == VerilogGrammar.DISABLE && third == VerilogGrammar.IFF),
            VerilogGrammar.REFUSED => first.Text switch
            {
                "property" or "sequence" => second == VerilogGrammar.IDENTIFIER && third is VerilogGrammar.SEMICOLON or VerilogGrammar.OPEN_PARENTHESIS,
                "clocking" => second == VerilogGrammar.AT || (second == VerilogGrammar.IDENTIFIER && third == VerilogGrammar.AT),
                "global" => IsWord(tokens, i + 1, "clocking"),
                _ => false,
            },
            _ => false,
        };
    }

    // 'default clocking name;' and 'default disable iff (...);' are short; all others have a word of their own at the end.
    private static string Closer(TokenArrayStream tokens, int start) => tokens.At(start).Text switch
    {
        "property" or "sequence" => $"end{tokens.At(start).Text}",
        "default" when tokens.At(start + 1).Type == VerilogGrammar.DISABLE || tokens.At(start + 3).Type == VerilogGrammar.SEMICOLON => ";",
        _ => "endclocking",
    };

    private static bool IsWord(TokenArrayStream tokens, int i, string word) =>
        tokens.At(i).Type == VerilogGrammar.REFUSED && tokens.At(i).Text == word;
}
