using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using HwSeed.Hdl.Verilog.Preprocessing;

namespace HwSeed.Hdl.Verilog.Grammar;

/// <summary>
/// Words the errors of the parser and goes on behind them: at the next item or statement, behind a head or a condition,
/// or as if a missing semicolon or closing word were there.
/// </summary>
internal sealed class SyntaxErrors(TokenArrayStream tokens, VerilogDiagnosticBag diagnostics) : DefaultErrorStrategy
{
    private RecognitionException? _worded;
    private bool _goOnHere;
    private int _lastRecovery = -1;

    public override void Reset(Parser recognizer)
    {
    }

    public override bool InErrorRecoveryMode(Parser recognizer) => false;

    public override void ReportMatch(Parser recognizer)
    {
    }

    /// <summary>At a list of items, statements or branches: what cannot begin one and does not end the list is skipped.</summary>
    public override void Sync(Parser recognizer)
    {
        var rule = recognizer.Context.RuleIndex;
        var starts = rule switch
        {
            VerilogGrammar.RULE_items => TokenSets.ItemStarts,
            VerilogGrammar.RULE_statements => TokenSets.StatementStarts,
            VerilogGrammar.RULE_caseStatement or VerilogGrammar.RULE_generateCase => TokenSets.BranchStarts,
            _ => null,
        };
        while (starts is not null && !starts[tokens.Current.Type + 1])
        {
            var token = tokens.Current;
            if (token.Type == TokenConstants.EOF || IsAwaited(recognizer.Context, token.Type)
                || (token.Type == VerilogGrammar.INSIDE && rule == VerilogGrammar.RULE_caseStatement))
            {
                return;
            }

            if (TokenSets.Closers[token.Type + 1])
            {
                Add(VerilogDiagnostics.Unopened(token));
                tokens.Consume();
                SkipLabel();
                continue;
            }

            var isIgnored = token.Text == "specify" && token.Type == VerilogGrammar.REFUSED && rule == VerilogGrammar.RULE_items;
            Add(isIgnored ? VerilogDiagnostics.SpecifyIgnored(token) : ErrorWording.Unexpected(recognizer.Context, tokens, rule switch
            {
                VerilogGrammar.RULE_items => "a declaration, 'assign', a process or an instance",
                VerilogGrammar.RULE_statements => "a statement",
                _ => "a branch or 'endcase'",
            }));
            Skip(starts);
        }
    }

    /// <summary>A token that must stand here does not.</summary>
    public override IToken RecoverInline(Parser recognizer)
    {
        var expected = recognizer.GetExpectedTokens();
        var found = tokens.Current;
        var only = expected.Count == 1 ? expected.MinElement : 0;
        if (only == VerilogGrammar.SEMICOLON && SemicolonIsMissing(found))
        {
            Add(ErrorWording.MissingSemicolon(tokens.Previous!));
            return Conjured(only, found);
        }

        var isEnd = found.Type == TokenConstants.EOF || TokenSets.Closers[found.Type + 1];
        if (TokenSets.IsClosingWord(expected) && (isEnd || recognizer.Context.RuleIndex is VerilogGrammar.RULE_moduleDeclaration or VerilogGrammar.RULE_interfaceDeclaration))
        {
            Add(VerilogDiagnostics.Unclosed(ErrorWording.Opening(recognizer.Context), ErrorWording.Closer(expected), found));
            return Conjured(expected.MinElement, found);
        }

        throw new InputMismatchException(recognizer);
    }

    public override void ReportError(Parser recognizer, RecognitionException e)
    {
        if (ReferenceEquals(e, _worded))
        {
            return;
        }

        _worded = e;
        _goOnHere = false;
        var found = tokens.Current;
        var context = (ParserRuleContext)e.Context;
        if (context.RuleIndex is VerilogGrammar.RULE_nameStatement && context.ChildCount > 0 && SemicolonIsMissing(found))
        {
            Add(ErrorWording.MissingSemicolon(tokens.Previous!));
            _goOnHere = true;
        }
        else if (ErrorWording.Misspelt(context, tokens) is var (first, keyword))
        {
            Add(VerilogDiagnostics.Misspelt(first, keyword));
            first.Type = Words.OfWord(keyword, false);
            first.Text = keyword;
            tokens.Seek(first.TokenIndex);
            _goOnHere = true;
        }
        else
        {
            Add(ErrorWording.Of(context, tokens, e is InputMismatchException ? recognizer.GetExpectedTokens() : null));
        }
    }

    public override void Recover(Parser recognizer, RecognitionException e)
    {
        var isProgress = tokens.Index > _lastRecovery;
        switch (recognizer.Context.RuleIndex)
        {
            case VerilogGrammar.RULE_item or VerilogGrammar.RULE_statement when _goOnHere && isProgress:
                break;
            case VerilogGrammar.RULE_item:
                Skip(TokenSets.ItemStarts);
                break;
            case VerilogGrammar.RULE_statement:
                Skip(TokenSets.StatementStarts);
                break;
            case VerilogGrammar.RULE_moduleHead or VerilogGrammar.RULE_packageHead or VerilogGrammar.RULE_functionHead
                or VerilogGrammar.RULE_taskHead when !_goOnHere:
                SkipHead();
                break;
            case VerilogGrammar.RULE_condition or VerilogGrammar.RULE_forLoop or VerilogGrammar.RULE_generateLoop
                or VerilogGrammar.RULE_eventControl when !_goOnHere && SkipBracket(recognizer.Context):
                break;
            case VerilogGrammar.RULE_sourceText:
                tokens.Seek(int.MaxValue);
                break;
            default:
                throw e;
        }

        _lastRecovery = tokens.Index;
    }

    private void Add(Diagnostics.Diagnostic diagnostic)
    {
        diagnostics.Add(diagnostic);
        if (diagnostics.IsFull)
        {
            throw new ParseCanceledException();
        }
    }

    // Whether some construct that is open ends with this token.
    private static bool IsAwaited(RuleContext? context, int type)
    {
        for (; context is not null; context = context.Parent)
        {
            if (TokenSets.CloserOf(context.RuleIndex).Contains(type))
            {
                return true;
            }
        }

        return false;
    }

    private bool SemicolonIsMissing(VerilogToken found) =>
        tokens.Previous is { } previous
        && (found.Type == TokenConstants.EOF || found.Line != previous.EndLine || found.Source != previous.Source
            || TokenSets.Closers[found.Type + 1])
        && found.Type is not (VerilogGrammar.CLOSE_PARENTHESIS or VerilogGrammar.CLOSE_BRACKET or VerilogGrammar.CLOSE_BRACE
            or VerilogGrammar.REFUSED)
        && (TokenSets.ItemStarts[found.Type + 1] || TokenSets.StatementStarts[found.Type + 1]
            || TokenSets.Closers[found.Type + 1] || found.Type == TokenConstants.EOF);

    private static VerilogToken Conjured(int type, VerilogToken at) =>
        new(at.Source, type, "", at.Line, at.Column) { TokenIndex = at.TokenIndex };

    // To behind the next semicolon, or before a word that begins or ends something.
    private void Skip(bool[] starts)
    {
        var start = tokens.Index;
        if (TimedAssertions.EndOfUnclosed(tokens) is { } unclosed)
        {
            tokens.Seek(unclosed);
            return;
        }

        if (tokens.Current.Type is VerilogGrammar.REFUSED or VerilogGrammar.DEFAULT
            && ErrorWording.EndOfRefused(tokens.Current, tokens.LT(2)) is { } end)
        {
            while (tokens.Current.Type != TokenConstants.EOF && tokens.Current.Text != end)
            {
                tokens.Consume();
            }

            tokens.Consume();
            SkipLabel();
            return;
        }

        while (tokens.Current.Type != TokenConstants.EOF)
        {
            var token = tokens.Current;
            var isFresh = tokens.Index > start || start > _lastRecovery;
            if (isFresh && (TokenSets.Closers[token.Type + 1]
                || (tokens.Index > start && token.IsFirstOnLine && starts[token.Type + 1] && TokenSets.IsWord(token.Type))))
            {
                return;
            }

            tokens.Consume();
            if (token.Type == VerilogGrammar.SEMICOLON)
            {
                return;
            }
        }
    }

    private void SkipLabel()
    {
        if (tokens.Current.Type == VerilogGrammar.COLON && tokens.LA(2) == VerilogGrammar.IDENTIFIER)
        {
            tokens.Consume();
            tokens.Consume();
        }
    }

    // To behind the semicolon of a head, or before what can only be its body or end.
    private void SkipHead()
    {
        while (tokens.Current.Type != TokenConstants.EOF && !TokenSets.Closers[tokens.Current.Type + 1]
            && tokens.Current.Type is not (VerilogGrammar.ALWAYS or VerilogGrammar.ASSIGN or VerilogGrammar.BEGIN or VerilogGrammar.MODULE))
        {
            var type = tokens.Current.Type;
            tokens.Consume();
            if (type == VerilogGrammar.SEMICOLON)
            {
                return;
            }
        }
    }

    // To behind the parenthesis that closes a condition, or before the statement that it governs.
    private bool SkipBracket(RuleContext context)
    {
        var start = ((ParserRuleContext)context).Start.TokenIndex;
        var depth = 0;
        for (var i = start; i < tokens.Index; i++)
        {
            depth += TokenSets.Nesting(tokens.At(i).Type);
        }

        if (depth <= 0)
        {
            return false;
        }

        while (tokens.Current.Type != TokenConstants.EOF && !TokenSets.Closers[tokens.Current.Type + 1])
        {
            var type = tokens.Current.Type;
            if (type == VerilogGrammar.BEGIN
                || (type == VerilogGrammar.SEMICOLON && context.RuleIndex is VerilogGrammar.RULE_condition or VerilogGrammar.RULE_eventControl)
                || (tokens.Current.IsFirstOnLine && TokenSets.StatementStarts[type + 1] && TokenSets.IsWord(type)))
            {
                return true;
            }

            depth += TokenSets.Nesting(type);
            tokens.Consume();
            if (depth == 0)
            {
                return true;
            }
        }

        return true;
    }
}
