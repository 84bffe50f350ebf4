using HwSeed.Hdl.Verilog.Grammar;

namespace HwSeed.Hdl.Verilog.Preprocessing;

/// <summary>The grammar's token types by their text, and the keywords of both languages.</summary>
internal static class Words
{
    private const string RefusedText =
        """
        accept_on alias before bind bins binsof checker class clocking config constraint context covergroup coverpoint
        cross design dist endchecker endclass endclocking endconfig endgroup endprimitive endprogram
        endproperty endspecify endsequence endtable eventually expect export extends extern first_match forkjoin global
        highz0 highz1 ifnone ignore_bins illegal_bins implements implies incdir instance interconnect
        intersect large let liblist library local matches medium nettype new nexttime null
        primitive program property protected pull0 pull1 pulsestyle_ondetect pulsestyle_onevent pure rand randc
        randcase randsequence reject_on restrict s_always s_eventually s_nexttime s_until s_until_with scalared
        sequence showcancelled small soft solve specify specparam strong strong0 strong1 super sync_accept_on
        sync_reject_on table tagged this throughout tranif0 tranif1 rtranif0 rtranif1 tran rtran nmos pmos cmos rcmos
        rnmos rpmos trireg untyped until until_with use vectored virtual wait_order weak weak0 weak1 wildcard
        with within cell noshowcancelled
        """;

    // Words that Verilog-2005 reserves; every other keyword is one of SystemVerilog alone.
    private const string OldText =
        """
        always and assign automatic begin buf bufif0 bufif1 case casex casez cell cmos config deassign default defparam
        design disable edge else end endcase endconfig endfunction endgenerate endmodule endprimitive endspecify
        endtable endtask event for force forever fork function generate genvar highz0 highz1 if ifnone incdir include
        initial inout input instance integer join large liblist library localparam macromodule medium module nand
        negedge nmos nor noshowcancelled not notif0 notif1 or output parameter pmos posedge primitive pull0 pull1
        pulldown pullup pulsestyle_onevent pulsestyle_ondetect rcmos real realtime reg release repeat rnmos rpmos rtran
        rtranif0 rtranif1 scalared showcancelled signed small specify specparam strong0 strong1 supply0 supply1 table
        task time tran tranif0 tranif1 tri tri0 tri1 triand trior trireg unsigned use uwire vectored wait wand weak0
        weak1 while wire wor xnor xor
        """;

    private static readonly string[] RefusedOperators = ["##", "|->", "|=>", "->>", "&&&", "=>"];

    private static readonly char[] Blanks = [' ', '\n', '\r'];

    private static readonly HashSet<string> Old = [.. OldText.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>All keywords of SystemVerilog with their token types.</summary>
    public static Dictionary<string, int> Keywords { get; } = [];

    /// <summary>Operators and punctuation with their token types.</summary>
    public static Dictionary<string, int> Operators { get; } = [];

    static Words()
    {
        foreach (var word in RefusedText.Split(Blanks, StringSplitOptions.RemoveEmptyEntries))
        {
            Keywords[word] = VerilogGrammar.REFUSED;
        }

        foreach (var text in RefusedOperators)
        {
            Operators[text] = VerilogGrammar.REFUSED;
        }

        var vocabulary = VerilogGrammar.DefaultVocabulary;
        for (var type = 1; type <= VerilogGrammar._ATN.maxTokenType; type++)
        {
            if (vocabulary.GetLiteralName(type) is { } quoted)
            {
                var text = quoted[1..^1].Replace("\\'", "'", StringComparison.Ordinal);
                (char.IsAsciiLetter(text[0]) ? Keywords : Operators)[text] = type;
            }
        }

        // Whether these open and close an attribute depends on what follows.
        Operators.Remove("(*");
        Operators.Remove("*)");
    }

    /// <summary>The type of a word: a keyword, or an identifier.</summary>
    public static int OfWord(string text, bool oldKeywords) =>
        Keywords.TryGetValue(text, out var type) && (!oldKeywords || Old.Contains(text)) ? type : VerilogGrammar.IDENTIFIER;

    /// <summary>Whether a word is a keyword of either language, so that a printer has to escape it as a name.</summary>
    public static bool IsKeyword(string text) => Keywords.ContainsKey(text);

    /// <summary>Whether Verilog-2005 reserves a word.</summary>
    public static bool IsOldKeyword(string text) => Old.Contains(text);
}
