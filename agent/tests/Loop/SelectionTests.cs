using HwSeed.Agent.Archives;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Loop;
using HwSeed.Brain.Sampling;

namespace HwSeed.Agent.Tests.Loop;

public sealed class SelectionTests
{
    private static readonly ObjectiveAxis Speed = new(new(Metric.ChipTokensPerSecond, Direction.Maximize), 0, 100);
    private static readonly ObjectiveAxis Area = new(new(Metric.Luts, Direction.Minimize), 1000, 0);

    [Test]
    public void Chooses_by_what_each_adds_to_those_before_it()
    {
        (string, double[])[] candidates = [("a", [50, 500]), ("b", [51, 510]), ("c", [10, 50]), ("d", [90, 950])];
        Assert.That(Selection.ByGain(new([Speed, Area]), candidates, 3), Is.EqualTo(new[] { "a", "c", "d" }));
    }

    [Test]
    public void Leaves_out_what_adds_nothing()
    {
        var front = new ParetoArchive([Speed, Area]);
        front.Add("there", [80, 200]);
        Assert.That(Selection.ByGain(front, [("worse", [70, 300]), ("same", [80, 200])], 5), Is.Empty);
    }

    [Test]
    public void Reasons_are_counted_without_their_numbers() => Assert.Multiple(() =>
    {
        Assert.That(RejectionWords.Kind("blk.attn_qkv 64x128x256: a block of A fills 96 words; the activation scratchpad holds 64 a tile"),
            Is.EqualTo("a block of A fills # words; the activation scratchpad holds # a tile"));
        Assert.That(RejectionWords.Kind("needs 218 pins; hx8k has 206"), Is.EqualTo("needs # pins; hx8k has #"));
    });

    [Test]
    public void The_automaton_allows_what_the_grammar_allows()
    {
        var random = new Random(3);
        var prompt = new DesignPrompt([.. Enumerable.Repeat(1, DesignPrompt.Parts.Count)]).Encode();
        for (var walk = 0; walk < 50; walk++)
        {
            var (sequence, state, mask) = (prompt.ToList(), DesignWriting.Grammar.Start, new bool[DesignTokens.Vocabulary.Count]);
            while (state != Grammar.End)
            {
                DesignGrammar.Mask([.. sequence], mask);
                Assert.That(DesignWriting.Grammar.Allowed(state).ToArray(), Is.EqualTo(mask));
                var allowed = Enumerable.Range(0, mask.Length).Where(t => mask[t]).ToArray();
                sequence.Add(allowed[random.Next(allowed.Length)]);
                state = DesignWriting.Grammar.Next(state, sequence[^1]);
            }

            Assert.That(DesignTokens.Decode([.. sequence.Skip(prompt.Length)]).IsOk);
        }
    }
}
