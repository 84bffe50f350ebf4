using Antlr4.Runtime.Misc;

namespace HwSeed.Hdl.Verilog.Grammar;

/// <summary>Sets of token types that recovery from errors goes by; a set is indexed by type + 1.</summary>
internal static class TokenSets
{
    private static readonly int[] ClosingWords =
    [
        VerilogGrammar.END, VerilogGrammar.ENDMODULE, VerilogGrammar.ENDINTERFACE, VerilogGrammar.ENDPACKAGE, VerilogGrammar.ENDCASE,
        VerilogGrammar.ENDFUNCTION, VerilogGrammar.ENDTASK, VerilogGrammar.ENDGENERATE, VerilogGrammar.JOIN,
        VerilogGrammar.JOIN_ANY, VerilogGrammar.JOIN_NONE,
    ];

    private static readonly int[] Joins = [VerilogGrammar.JOIN, VerilogGrammar.JOIN_ANY, VerilogGrammar.JOIN_NONE];

    /// <summary>What can begin an item.</summary>
    public static bool[] ItemStarts { get; } = StartsOf(VerilogGrammar.RULE_item);

    /// <summary>What can begin a statement.</summary>
    public static bool[] StatementStarts { get; } = StartsOf(VerilogGrammar.RULE_statement);

    /// <summary>What can begin a branch of a case.</summary>
    public static bool[] BranchStarts { get; } = StartsOf(VerilogGrammar.RULE_caseItem);

    /// <summary>Words that end something.</summary>
    public static bool[] Closers { get; } = SetOf(ClosingWords);

    /// <summary>Whether a token type is a word of the language.</summary>
    public static bool IsWord(int type) =>
        type > 0 && VerilogGrammar.DefaultVocabulary.GetLiteralName(type) is { } name && char.IsAsciiLetter(name[1]);

    /// <summary>Whether all that is expected are closing words.</summary>
    public static bool IsClosingWord(IntervalSet expected) => expected.Count > 0 && expected.ToList().All(ClosingWords.Contains);

    /// <summary>The words that end a rule's construct.</summary>
    public static ReadOnlySpan<int> CloserOf(int rule) => rule switch
    {
        VerilogGrammar.RULE_moduleDeclaration => [VerilogGrammar.ENDMODULE],
        VerilogGrammar.RULE_interfaceDeclaration => [VerilogGrammar.ENDINTERFACE],
        VerilogGrammar.RULE_packageDeclaration => [VerilogGrammar.ENDPACKAGE],
        VerilogGrammar.RULE_functionItem => [VerilogGrammar.ENDFUNCTION],
        VerilogGrammar.RULE_taskItem => [VerilogGrammar.ENDTASK],
        VerilogGrammar.RULE_generateRegion => [VerilogGrammar.ENDGENERATE],
        VerilogGrammar.RULE_generateBlock or VerilogGrammar.RULE_block => [VerilogGrammar.END],
        VerilogGrammar.RULE_generateCase or VerilogGrammar.RULE_caseStatement => [VerilogGrammar.ENDCASE],
        VerilogGrammar.RULE_fork => Joins,
        _ => [],
    };

    /// <summary>1 for an opening bracket, -1 for a closing one, else 0.</summary>
    public static int Nesting(int type) => type switch
    {
        VerilogGrammar.OPEN_PARENTHESIS or VerilogGrammar.OPEN_BRACKET or VerilogGrammar.OPEN_BRACE
            or VerilogGrammar.OPEN_PATTERN => 1,
        VerilogGrammar.CLOSE_PARENTHESIS or VerilogGrammar.CLOSE_BRACKET or VerilogGrammar.CLOSE_BRACE => -1,
        _ => 0,
    };

    private static bool[] StartsOf(int rule) =>
        SetOf(VerilogGrammar._ATN.NextTokens(VerilogGrammar._ATN.ruleToStartState[rule]).ToList());

    private static bool[] SetOf(IEnumerable<int> types)
    {
        var set = new bool[VerilogGrammar._ATN.maxTokenType + 2];
        foreach (var type in types.Where(t => t >= 0))
        {
            set[type + 1] = true;
        }

        return set;
    }
}
