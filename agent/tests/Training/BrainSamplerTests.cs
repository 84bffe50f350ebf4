using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Training;
using HwSeed.Brain;
using HwSeed.Brain.Sampling;
using HwSeed.Brain.Training;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels;
using HwSeed.Kernels.Managed;

namespace HwSeed.Agent.Tests.Training;

internal sealed class BrainSamplerTests
{
    private static readonly DesignPrompt Prompt = new([6, 8, 7, 1, 8, 7, 4]);

    [Test]
    public void States_allow_what_the_design_grammar_allows_along_random_answers()
    {
        var random = new Random(1);
        for (var run = 0; run < 300; run++)
        {
            var sequence = Prompt.Encode().ToList();
            var state = BrainSampler.Answers.Start;
            while (state != Grammar.End)
            {
                var next = DesignGrammar.Next([.. sequence]);
                var allowed = BrainSampler.Answers.Allowed(state).ToArray();
                Assert.That(allowed.Index().Where(a => a.Item).Select(a => a.Index), Is.EquivalentTo(next));
                sequence.Add(next[random.Next(next.Count)]);
                state = BrainSampler.Answers.Next(state, sequence[^1]);
            }

            Assert.That(sequence[^1], Is.EqualTo(DesignTokens.End));
        }
    }

    [Test]
    public void Even_an_untrained_model_writes_well_formed_designs_the_same_for_the_same_seed()
    {
        using var model = Untrained(DesignTokens.Vocabulary);
        var sampler = BrainSampler.Of(model);
        var answers = sampler(Prompt.Encode(), 200, 7);
        Assert.That(answers.Select(a => DesignTokens.Decode(a).OrThrow()).Distinct().Count(), Is.GreaterThan(150));
        Assert.That(sampler(Prompt.Encode(), 200, 7), Is.EqualTo(answers));
        Assert.That(sampler(Prompt.Encode(), 200, 8), Is.Not.EqualTo(answers));
    }

    [Test]
    public void A_model_with_other_words_is_refused()
    {
        using var model = Untrained(DesignTokens.Vocabulary.Select((word, i) => i == 9 ? "other" : word));
        Assert.That(() => BrainSampler.Of(model), Throws.ArgumentException.With.Message.StartsWith(
            "the model has another vocabulary than the design space"));
    }

    private static Transformer Untrained(IEnumerable<string> words)
    {
        var tokenizer = Tokenizer.From(words).OrThrow();
        var shape = new ModelShape(32, 1, 2, 1, 32, DesignTokens.LongestSequence, tokenizer.Tokens.Count);
        return Transformer.Load(
            TrainedModel.Untrained(shape, 1).Quantise(tokenizer), new ScalarBackend(), KernelPlan.Plain).OrThrow();
    }
}
