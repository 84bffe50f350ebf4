using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using Antlr4.Runtime.Tree;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Preprocessing;

namespace HwSeed.Hdl.Verilog.Grammar;

/// <summary>What a syntax error means to a person.</summary>
internal static class ErrorWording
{
    private static readonly Dictionary<string, string> Ends = new()
    {
        ["class"] = "endclass",
        ["program"] = "endprogram",
        ["checker"] = "endchecker",
        ["clocking"] = "endclocking",
        ["property"] = "endproperty",
        ["sequence"] = "endsequence",
        ["covergroup"] = "endgroup",
        ["specify"] = "endspecify",
        ["primitive"] = "endprimitive",
        ["config"] = "endconfig",
        ["table"] = "endtable",
        ["randsequence"] = "endsequence",
        ["randcase"] = "endcase",
    };

    /// <summary>The word that ends a refused construct; null when it ends with a semicolon.</summary>
    public static string? EndOfRefused(VerilogToken token, VerilogToken next) =>
        Ends.GetValueOrDefault(token.Text is "virtual" or "default" ? next.Text : token.Text);

    /// <summary>The diagnostic of an error that has no recovery of its own.</summary>
    public static Diagnostic Of(ParserRuleContext context, TokenArrayStream tokens, IntervalSet? expected)
    {
        if (tokens.Previous is { Type: VerilogGrammar.IDENTIFIER } edge && Has(context, VerilogGrammar.RULE_eventControl)
            && Spelling.Nearest(edge.Text, ["posedge", "negedge"]) is { } meant)
        {
            return VerilogDiagnostics.Misspelt(edge, meant);
        }

        if (expected?.Count == 1 && Bracket(context, tokens, expected.MinElement) is { } bracket)
        {
            return bracket;
        }

        if (expected?.Count == 1 && expected.MinElement == VerilogGrammar.IDENTIFIER)
        {
            return Unexpected(context, tokens, "a name");
        }

        var wanted = Wanted(context.RuleIndex);
        return Unexpected(context, tokens, wanted ?? (expected is { Count: > 0 and <= 4 } ? Listed(expected) : "something else"));
    }

    /// <summary>What stands at the current token where something else is expected.</summary>
    public static Diagnostic Unexpected(RuleContext context, TokenArrayStream tokens, string expected)
    {
        var found = tokens.Current;
        var next = tokens.LT(2);
        if (TimedAssertions.Unclosed(tokens) is { } unclosed)
        {
            return unclosed;
        }

        if (Outside(found, tokens.Previous, next) is { } outside)
        {
            return outside;
        }

        if (found.Type == VerilogGrammar.REFUSED)
        {
            return VerilogDiagnostics.Unsupported(found, Refused(found, next));
        }

        if (found.Type is VerilogGrammar.EQUALS or VerilogGrammar.LESS_EQUAL && Has(context, VerilogGrammar.RULE_identifierItem))
        {
            return VerilogDiagnostics.LooseAssignment(found);
        }

        if (found.Type == VerilogGrammar.STRING_LITERAL && context.RuleIndex == VerilogGrammar.RULE_importTerm)
        {
            return VerilogDiagnostics.Unsupported(found, "import of C functions (DPI)");
        }

        if (tokens.Previous?.Type == VerilogGrammar.OPEN_BRACKET && Has(context, VerilogGrammar.RULE_dimension)
            && found.Type is VerilogGrammar.CLOSE_BRACKET or VerilogGrammar.DOLLAR or VerilogGrammar.STAR)
        {
            return VerilogDiagnostics.Unsupported(found, found.Type switch
            {
                VerilogGrammar.DOLLAR => "queue [$]",
                VerilogGrammar.STAR => "associative array [*]",
                _ => "dynamic array []",
            });
        }

        if (tokens.Previous?.Type == VerilogGrammar.APOSTROPHE && found.Type == VerilogGrammar.IDENTIFIER)
        {
            return VerilogDiagnostics.MalformedNumber(found, $"'{found.Text[0]} is no base; write 'b, 'o, 'd or 'h");
        }

        if (found.Type == VerilogGrammar.ELSE)
        {
            return VerilogDiagnostics.Syntax(found, "'else' without an 'if' before it");
        }

        if (Words.IsKeyword(found.Text) && found.Type != VerilogGrammar.IDENTIFIER && expected is "a name" or "a type or a name")
        {
            return VerilogDiagnostics.Expected(found, expected, $"the keyword {found.Shown}");
        }

        if (found.Type == VerilogGrammar.BASED_NUMBER && char.IsAsciiLetter(found.Text[^1]) && found.Text.Length <= 3)
        {
            return VerilogDiagnostics.MalformedNumber(found, $"{found.Shown} has no digits");
        }

        return VerilogDiagnostics.Expected(found, expected, found.Shown);
    }

    /// <summary>The diagnostic of a missing semicolon, behind the token before it.</summary>
    public static Diagnostic MissingSemicolon(VerilogToken previous)
    {
        var line = previous.Source.Lines[previous.EndLine - 1];
        return VerilogDiagnostics.MissingSemicolon(
            new(previous.Source.Path, previous.EndLine, previous.EndColumn, 1, line), previous.Shown);
    }

    /// <summary>The word that opens what a rule reads.</summary>
    public static VerilogToken Opening(ParserRuleContext context) =>
        (VerilogToken)(context is VerilogGrammar.CaseStatementContext or VerilogGrammar.BlockContext ? context.Start : context.Start);

    /// <summary>The closing word that is missing.</summary>
    public static string Closer(IntervalSet expected) =>
        VerilogGrammar.DefaultVocabulary.GetLiteralName(expected.MinElement).Trim('\'');

    /// <summary>The first word of the construct when it is almost a keyword.</summary>
    public static (VerilogToken First, string Keyword)? Misspelt(ParserRuleContext context, TokenArrayStream tokens)
    {
        for (RuleContext? at = context; at is not null; at = at.Parent)
        {
            if (at.RuleIndex is not (VerilogGrammar.RULE_item or VerilogGrammar.RULE_statement))
            {
                continue;
            }

            var first = (VerilogToken)((ParserRuleContext)at).Start;
            var starts = at.RuleIndex == VerilogGrammar.RULE_item ? TokenSets.ItemStarts : TokenSets.StatementStarts;
            if (first.Type != VerilogGrammar.IDENTIFIER || first.IsEscaped || tokens.Index - first.TokenIndex > 12)
            {
                return null;
            }

            var words = Words.Keywords
                .Where(k => k.Value != VerilogGrammar.REFUSED && (starts[k.Value + 1] || TokenSets.Closers[k.Value + 1]))
                .Select(k => k.Key);
            return Spelling.Nearest(first.Text, words) is { } keyword ? (first, keyword) : null;
        }

        return null;
    }

    // Constructs outside of the subset whose words are known.
    private static Diagnostic? Outside(VerilogToken found, VerilogToken? previous, VerilogToken next) => found.Type switch
    {
        VerilogGrammar.ASSERT or VerilogGrammar.ASSUME or VerilogGrammar.COVER
            when next.Type is VerilogGrammar.OPEN_PARENTHESIS or VerilogGrammar.HASH or VerilogGrammar.FINAL =>
            VerilogDiagnostics.WrongPlace(found, "an assertion outside of a process; put it into always or initial"),
        VerilogGrammar.DEFAULT when next.Type is VerilogGrammar.REFUSED or VerilogGrammar.DISABLE =>
            VerilogDiagnostics.Unsupported(found, $"default {next.Text}"),
        VerilogGrammar.OPEN_PARENTHESIS when next.Type == VerilogGrammar.REFUSED => VerilogDiagnostics.Unsupported(next, Refused(next, next)),
        VerilogGrammar.FORK when previous?.Type is VerilogGrammar.DISABLE or VerilogGrammar.WAIT =>
            VerilogDiagnostics.Unsupported(previous, $"{previous.Text} fork"),
        VerilogGrammar.REPEAT => VerilogDiagnostics.Unsupported(found, "repeat inside of an assignment"),
        VerilogGrammar.INCREMENT or VerilogGrammar.DECREMENT =>
            VerilogDiagnostics.Unsupported(found, $"{found.Text} inside of an expression"),
        _ => null,
    };

    private static string Refused(VerilogToken token, VerilogToken next) => token.Text switch
    {
        "class" or "program" or "checker" or "covergroup" or "property" or "sequence" or "primitive" or "config"
            when next.Type == VerilogGrammar.IDENTIFIER => $"{token.Text} '{next.Text}'",
        "virtual" when next.Type == VerilogGrammar.INTERFACE => "virtual interface",
        "primitive" => "user-defined primitive",
        "pmos" or "nmos" or "cmos" or "rpmos" or "rnmos" or "rcmos" or "tran" or "rtran" or "tranif0" or "tranif1"
            or "rtranif0" or "rtranif1" => $"switch {token.Text}",
        "strong0" or "strong1" or "pull0" or "pull1" or "weak0" or "weak1" or "highz0" or "highz1" => $"drive strength {token.Text}",
        "##" => "cycle delay ##",
        "&&&" => "pattern &&&",
        _ => token.Text,
    };

    private static bool Has(RuleContext? context, int rule)
    {
        for (; context is not null; context = context.Parent)
        {
            if (context.RuleIndex == rule)
            {
                return true;
            }
        }

        return false;
    }

    // A bracket that is not closed before something that cannot stand inside of it.
    private static Diagnostic? Bracket(ParserRuleContext context, TokenArrayStream tokens, int expected)
    {
        var opener = expected switch
        {
            VerilogGrammar.CLOSE_PARENTHESIS => VerilogGrammar.OPEN_PARENTHESIS,
            VerilogGrammar.CLOSE_BRACKET => VerilogGrammar.OPEN_BRACKET,
            VerilogGrammar.CLOSE_BRACE => VerilogGrammar.OPEN_BRACE,
            _ => 0,
        };
        var found = tokens.Current;
        if (opener == 0 || found.Type == VerilogGrammar.REFUSED)
        {
            return null;
        }

        var opening = context.children?.OfType<ITerminalNode>().Select(n => (VerilogToken)n.Symbol)
            .LastOrDefault(t => TokenSets.Nesting(t.Type) > 0) ?? (VerilogToken)context.Start;
        var closer = Listed(IntervalSet.Of(expected)).Trim('\'');
        if (found.Type is TokenConstants.EOF or VerilogGrammar.SEMICOLON or VerilogGrammar.BEGIN
            || TokenSets.Closers[found.Type + 1] || TokenSets.Nesting(found.Type) < 0
            || (found.IsFirstOnLine && TokenSets.IsWord(found.Type)))
        {
            return VerilogDiagnostics.UnclosedBracket(opening, closer, found);
        }

        if (found.Type == VerilogGrammar.DOT && Has(context, VerilogGrammar.RULE_portList))
        {
            return null;
        }

        var between = context.RuleIndex is VerilogGrammar.RULE_portList or VerilogGrammar.RULE_connections
            or VerilogGrammar.RULE_headerParameters or VerilogGrammar.RULE_arguments or VerilogGrammar.RULE_concatenation
            or VerilogGrammar.RULE_pattern or VerilogGrammar.RULE_innerList
            ? $"',' or '{closer}'" : $"an operator or '{closer}'";
        return VerilogDiagnostics.Expected(found, between, found.Shown);
    }

    private static string? Wanted(int rule) => rule switch
    {
        VerilogGrammar.RULE_expression or VerilogGrammar.RULE_binary or VerilogGrammar.RULE_operand or VerilogGrammar.RULE_primary
            or VerilogGrammar.RULE_valueRange or VerilogGrammar.RULE_bound or VerilogGrammar.RULE_patternItem
            or VerilogGrammar.RULE_eventTerm or VerilogGrammar.RULE_concatenation => "an expression",
        VerilogGrammar.RULE_statement or VerilogGrammar.RULE_statementBody => "a statement",
        VerilogGrammar.RULE_item or VerilogGrammar.RULE_itemBody => "a declaration, 'assign', a process or an instance",
        VerilogGrammar.RULE_typedDeclarator or VerilogGrammar.RULE_functionName => "a type or a name",
        VerilogGrammar.RULE_dataType or VerilogGrammar.RULE_keywordType or VerilogGrammar.RULE_enumBase => "a type",
        VerilogGrammar.RULE_declarator or VerilogGrammar.RULE_instance or VerilogGrammar.RULE_scopedName
            or VerilogGrammar.RULE_target or VerilogGrammar.RULE_anyTarget or VerilogGrammar.RULE_netAssignment => "a name",
        VerilogGrammar.RULE_port or VerilogGrammar.RULE_portList => "a port",
        VerilogGrammar.RULE_delay => "a delay",
        VerilogGrammar.RULE_eventControl => "a name, '*' or '(' after '@'",
        VerilogGrammar.RULE_nameStatement => "'=', '<=' or ';'",
        VerilogGrammar.RULE_parameterValues => "'(' after '#'",
        VerilogGrammar.RULE_caseItem => "a value, 'default' or 'endcase'",
        _ => null,
    };

    private static string Listed(IntervalSet expected) => string.Join(" or ", expected.ToList().Select(Named));

    private static string Named(int type) => type switch
    {
        TokenConstants.EOF => "the end of the file",
        VerilogGrammar.IDENTIFIER => "a name",
        VerilogGrammar.NUMBER or VerilogGrammar.BASED_NUMBER => "a number",
        VerilogGrammar.REAL_NUMBER => "a time",
        VerilogGrammar.STRING_LITERAL => "a string",
        VerilogGrammar.SYSTEM => "a system task",
        _ => VerilogGrammar.DefaultVocabulary.GetLiteralName(type)?.Replace("\\'", "'", StringComparison.Ordinal)
            ?? VerilogGrammar.DefaultVocabulary.GetDisplayName(type),
    };
}
