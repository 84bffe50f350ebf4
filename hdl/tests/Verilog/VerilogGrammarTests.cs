using Antlr4.Runtime.Atn;
using HwSeed.Hdl.Verilog.Grammar;
using HwSeed.Hdl.Verilog.Preprocessing;

namespace HwSeed.Hdl.Tests.Verilog;

public class VerilogGrammarTests
{
    [Test]
    public void The_next_token_settles_every_decision_but_else()
    {
        var analyzer = new LL1Analyzer(VerilogGrammar._ATN);
        var unsettled = new List<string>();
        foreach (var decision in VerilogGrammar._ATN.decisionToState)
        {
            var looks = analyzer.GetDecisionLookahead(decision);
            for (var i = 0; i < looks.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (looks[i] is null || looks[j] is null || !looks[i].And(looks[j]).IsNil)
                    {
                        unsettled.Add(VerilogGrammar.ruleNames[decision.ruleIndex]);
                    }
                }
            }
        }

        Assert.That(unsettled, Is.EqualTo(new[] { "generateElse", "elsePart" }));
    }

    [Test]
    public void Words_of_Verilog_2005_are_words_of_SystemVerilog()
    {
        string[] both = ["always", "wire", "uwire", "specify", "trireg", "generate"];
        string[] onlyNew = ["logic", "always_ff", "interface", "bit", "do", "int", "checker"];
        Assert.Multiple(() =>
        {
            Assert.That(both.Select(Words.IsKeyword), Is.All.True);
            Assert.That(both.Select(Words.IsOldKeyword), Is.All.True);
            Assert.That(onlyNew.Select(Words.IsKeyword), Is.All.True);
            Assert.That(onlyNew.Select(Words.IsOldKeyword), Is.All.False);
            Assert.That(Words.Keywords.Keys.Concat(["x"]).Where(Words.IsOldKeyword).Count(), Is.EqualTo(123));
            Assert.That(Words.OfWord("uwire", false), Is.EqualTo(VerilogGrammar.UWIRE));
        });
    }
}
