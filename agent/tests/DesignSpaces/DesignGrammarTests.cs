using CsCheck;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Tests.DesignSpaces;

internal sealed class DesignGrammarTests
{
    private static readonly Gen<DesignPrompt> Prompts = Gen.ULong.Select(seed =>
    {
        var random = new Xoshiro256(seed);
        return new DesignPrompt([.. DesignPrompt.Parts.Select(p => random.NextBelow(p.Levels.Count))]);
    });

    [Test]
    public void Any_legal_walk_from_nothing_ends_in_a_design() => Gen.ULong.Sample(seed =>
    {
        var random = new Xoshiro256(seed);
        var walk = new List<int>();
        while (DesignGrammar.Next([.. walk]) is { Count: > 0 } next)
        {
            walk.Add(next[random.NextBelow(next.Count)]);
        }

        var answer = walk[(walk.IndexOf(DesignTokens.Design) + 1)..];
        return walk[^1] == DesignTokens.End
            && walk.Count <= DesignTokens.LongestSequence
            && DesignTokens.Encode(DesignTokens.Decode([.. answer]).OrThrow()).SequenceEqual(answer);
    });

    [Test]
    public void Every_design_is_reachable() => Gen.Select(Prompts, DesignSpaceTests.Points).Sample((prompt, point) =>
    {
        int[] sequence = [.. prompt.Encode(), .. DesignTokens.Encode(point)];
        return Enumerable.Range(0, sequence.Length).All(i => DesignGrammar.Next(sequence.AsSpan(0, i)).Contains(sequence[i]))
            && DesignTokens.Decode(DesignTokens.Encode(point)).OrThrow() == point;
    });

    [Test]
    public void Prompts_with_earlier_designs_are_in_the_grammar() =>
        Gen.Select(Prompts, DesignSpaceTests.Points, DesignSpaceTests.Points, Gen.Int[0, 15]).Sample((prompt, a, b, score) =>
        {
            var sequence = prompt.Encode(new EarlierDesign(a, score), new EarlierDesign(b, 15 - score));
            return DesignGrammar.Next(sequence).Count == DesignSpace.Fields[0].Values.Count
                && sequence.Length + DesignSpace.Fields.Count + 1 <= DesignTokens.LongestSequence;
        });

    [Test]
    public void A_token_out_of_place_has_no_continuation() =>
        Gen.Select(Prompts, DesignSpaceTests.Points, Gen.Int[0, 18], Gen.Int[0, 200]).Sample((prompt, point, at, token) =>
        {
            int[] sequence = [.. prompt.Encode(), .. DesignTokens.Encode(point)];
            var allowed = DesignGrammar.Next(sequence.AsSpan(0, at));
            sequence[at] = token;
            return allowed.Contains(token) == (DesignGrammar.Next(sequence.AsSpan(0, at + 1)).Count > 0)
                || token == DesignTokens.End;
        });

    [Test]
    public void Mask_marks_what_may_follow()
    {
        var allowed = new bool[DesignTokens.Vocabulary.Count];
        DesignGrammar.Mask([], allowed);
        Assert.That(Enumerable.Range(0, allowed.Length).Where(i => allowed[i]), Is.EqualTo(new[] { DesignTokens.Begin }));
    }

    [Test]
    public void Vocabulary_is_fixed_and_has_no_doubles()
    {
        var tokens = DesignTokens.Vocabulary;
        Assert.Multiple(() =>
        {
            Assert.That(tokens, Is.Unique);
            Assert.That(tokens, Has.Count.EqualTo(156));
            // Ids are a contract with trained models: this hash changes only with a new model.
            Assert.That(
                Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
                    System.Text.Encoding.UTF8.GetBytes(string.Join('\n', tokens))))[..16],
                Is.EqualTo("283df03e09016e0c"));
            Assert.That(DesignTokens.Text(DesignTokens.Field(2, 1)), Is.EqualTo("df=ws"));
            Assert.That(DesignTokens.Text(DesignTokens.Score(7)), Is.EqualTo("score=7"));
            Assert.That(DesignTokens.Text(DesignTokens.Goal(4, 5)), Is.EqualTo("goal:luts<=4096"));
            Assert.That(DesignTokens.Text(999), Is.EqualTo("<999?>"));
        });
    }

    [Test]
    public void Broken_answers_say_what_is_wrong()
    {
        var good = DesignTokens.Encode(DesignSpace.PointAt(0));
        string Message(params int[] answer) => DesignTokens.Decode(answer).Diagnostics.Single().ToString();
        Assert.Multiple(() =>
        {
            Assert.That(Message(good[..4]), Is.EqualTo("error HW5201: the tokens are not a design: 4 tokens instead of 11"));
            Assert.That(Message([good[1], .. good[1..]]), Does.EndWith("cols=1 stands where rows is expected"));
            var both = good.ToArray();
            both[DesignSpace.DataflowField]++;
            Assert.That(Message(both), Does.EndWith("sums=0 contradicts df=ws"));
        });
    }

    [Test]
    public void Prompt_buckets_follow_the_goal()
    {
        var workload = new Workload("w", [new("a", new GemmShape(64, 128, 512)), new("b", new GemmShape(1, 1, 1))], 64);
        var device = TargetDevice.Find("hx8k")!;
        var prompt = DesignPrompt.Of(workload, device, new Constraints(5000, 31, 0, null), 3);
        Assert.That(
            prompt.Encode().Select(DesignTokens.Text),
            Is.EqualTo(new[]
            {
                "<bos>", "goal:m=2^6", "goal:n=2^9", "goal:k=2^7", "goal:device=hx8k", "goal:luts<=4096",
                "goal:brams<=28", "goal:trade=3", "<design>",
            }));
    }

    [Test]
    public void Score_rises_with_speed_and_falls_with_area() =>
        Gen.Select(Gen.Double[0, 300], Gen.Double[0, 9000], Gen.Int[0, 4]).Sample((speed, luts, trade) =>
        {
            var score = DesignScore.Of(speed, luts, 7680, trade);
            return score is >= 0 and <= 1
                && DesignScore.Of(speed + 1, luts, 7680, trade) >= score
                && DesignScore.Of(speed, luts + 1, 7680, trade) <= score
                && DesignScore.Level(score) is >= 0 and < DesignTokens.ScoreLevels;
        });
}
