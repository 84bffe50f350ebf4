using Antlr4.Runtime;
using Antlr4.Runtime.Atn;
using Antlr4.Runtime.Misc;
using HwSeed.Hdl.Verilog.Preprocessing;

namespace HwSeed.Hdl.Verilog.Grammar;

/// <summary>The generated parser with a bound on nesting, and with <c>else</c> belonging to the nearest <c>if</c>.</summary>
internal sealed class BoundedGrammar : VerilogGrammar
{
    private readonly TokenArrayStream _tokens;
    private readonly int _maxNesting;
    private readonly VerilogDiagnosticBag _diagnostics;
    private int _nesting;

    public BoundedGrammar(TokenArrayStream tokens, int maxNesting, VerilogDiagnosticBag diagnostics)
        : base(tokens, TextWriter.Null, TextWriter.Null)
    {
        (_tokens, _maxNesting, _diagnostics) = (tokens, maxNesting, diagnostics);
        Interpreter = new NearestElse(this, _ATN);
        RemoveErrorListeners();
    }

    public override void EnterRule(ParserRuleContext localctx, int state, int ruleIndex)
    {
        if (Nests(ruleIndex) && ++_nesting > _maxNesting)
        {
            _diagnostics.Add(VerilogDiagnostics.TooNested(_tokens.Current, _maxNesting));
            throw new ParseCanceledException();
        }

        base.EnterRule(localctx, state, ruleIndex);
    }

    public override void ExitRule()
    {
        _nesting -= Nests(Context.RuleIndex) ? 1 : 0;
        base.ExitRule();
    }

    private static bool Nests(int rule) => rule is RULE_expression or RULE_statement or RULE_item or RULE_keywordType;

    // 'else' is the only decision of the grammar that is not settled by the next token alone.
    private sealed class NearestElse(Parser parser, ATN atn)
        : ParserATNSimulator(parser, atn, [], new PredictionContextCache())
    {
        public override int AdaptivePredict(ITokenStream input, int decision, ParserRuleContext outerContext) =>
            input.LA(1) == ELSE ? 1 : 2;
    }
}
