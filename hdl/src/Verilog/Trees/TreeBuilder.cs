using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Verilog.Grammar;
using HwSeed.Hdl.Verilog.Preprocessing;
using HwSeed.Hdl.Verilog.Syntax;

namespace HwSeed.Hdl.Verilog.Trees;

/// <summary>
/// Makes records of the parser's tree: settles what a name is, how operators bind, and where comments belong; reports
/// what the grammar lets through and the language does not.
/// </summary>
internal sealed partial class TreeBuilder
{
    /// <summary>The most operators and brackets on one path through an expression or statement.</summary>
    private const int MaxDepth = 1500;

    private readonly PreprocessedText _text;
    private readonly VerilogDiagnosticBag _diagnostics;
    private readonly CommentQueue _comments;
    private readonly List<Origin> _leftOut = [];
    private List<string> _owner = [];
    private int _depth;
    private bool _isTooDeep;

    public TreeBuilder(PreprocessedText text, VerilogDiagnosticBag diagnostics)
    {
        (_text, _diagnostics) = (text, diagnostics);
        _comments = new(text.Tokens);
    }

    /// <summary>The tree of a file.</summary>
    public SourceUnitSyntax Build(VerilogGrammar.SourceTextContext context)
    {
        var items = Items(context.items(), Place.File);
        return new(items) { Origin = At(context), ClosingComments = [.. _comments.Take(int.MaxValue)], LeftOut = [.. _leftOut] };
    }

    private void Report(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

    private static VerilogToken Start(ParserRuleContext context) => (VerilogToken)context.Start;

    private static VerilogToken Token(ITerminalNode node) => (VerilogToken)node.Symbol;

    private static string Text(ITerminalNode node) => node.Symbol.Text;

    private static Origin At(ParserRuleContext context) => At(Start(context), (VerilogToken)(context.Stop ?? context.Start));

    private static Origin At(VerilogToken start, VerilogToken stop) =>
        stop.Source == start.Source && (stop.EndLine, stop.EndColumn).CompareTo((start.EndLine, start.EndColumn)) > 0
            ? new(start.Source, start.Line, start.Column, stop.EndLine, stop.EndColumn)
            : new(start.Source, start.Line, start.Column, start.EndLine, start.EndColumn);

    private static Origin Span(Origin start, Origin stop) =>
        stop.Text == start.Text && (stop.EndLine, stop.EndColumn).CompareTo((start.EndLine, start.EndColumn)) > 0
            ? start with { EndLine = stop.EndLine, EndColumn = stop.EndColumn }
            : start;

    // Goes one step deeper, or a chain of steps; false when that is too deep to be handled further.
    private bool Enter(int steps, ParserRuleContext at)
    {
        _depth += steps;
        if (_depth > MaxDepth && !_isTooDeep)
        {
            _isTooDeep = true;
            Report(VerilogDiagnostics.ChainTooLong(Start(at), MaxDepth));
        }

        return _depth <= MaxDepth;
    }

    private void Leave(int steps) => _depth -= steps;

    // A part of a list with the comments before it and behind it up to the comma.
    private T Part<T>(ParserRuleContext context, Func<T> build)
        where T : SyntaxNode
    {
        var outer = _owner;
        _owner = [.. _comments.Take(Start(context).TokenIndex)];
        var node = build();
        var stop = (context.Stop ?? context.Start).TokenIndex;
        _owner.AddRange(_comments.Take(stop < _text.Tokens.Count - 1 && _text.Tokens[stop + 1].Type == VerilogGrammar.COMMA ? stop + 1 : stop));
        var comments = _owner;
        _owner = outer;
        return node with { Origin = At(context), Comments = [.. comments] };
    }

    // The comments up to a token go to the statement or item at hand.
    private void Own(int token) => _owner.AddRange(_comments.Take(token));

    private EquatableArray<string> Closing(ParserRuleContext context) => [.. _comments.Take(context.Stop.TokenIndex)];

    private void CheckEnd(VerilogGrammar.EndLabelContext? label, string? name)
    {
        if (label is not null && Text(label.IDENTIFIER()) != name)
        {
            Report(name is null
                ? VerilogDiagnostics.WrongPlace(Token(label.IDENTIFIER()), "a name behind the end of what has no name")
                : VerilogDiagnostics.EndName(Token(label.IDENTIFIER()), name));
        }
    }

    private EquatableArray<AttributeSyntax> Attributes(VerilogGrammar.AttributeContext[] contexts) =>
        contexts.Length == 0 ? [] : [.. contexts.SelectMany(a => a.attributeValue()).Select(
            v => new AttributeSyntax(Text(v.IDENTIFIER()), v.expression() is { } value ? Expression(value) : null) { Origin = At(v) })];
}
