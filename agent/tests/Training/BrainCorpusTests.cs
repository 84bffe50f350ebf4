using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Seeds;
using HwSeed.Agent.Training;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Tests.Training;

internal sealed class BrainCorpusTests
{
    private static readonly Lazy<BrainCorpus> Small = new(() => Make(5));

    // Few candidates: what is tested here does not hang on how good the designs are.
    private static BrainCorpus Make(ulong seed) => BrainCorpus.Make(BrainCorpus.ValidationEvery, 12, new Seed(seed));

    [Test]
    public void The_same_seed_gives_the_same_corpus_and_another_seed_another()
    {
        static IEnumerable<string> Texts(BrainCorpus corpus) =>
            corpus.Training.Concat(corpus.Validation).Select(s => $"{s.LossFrom}: {string.Join(' ', s.Tokens)}");
        var again = Make(5);
        Assert.That(Texts(again), Is.EqualTo(Texts(Small.Value)));
        var workload = new Workload("one", [new("a", new(16, 64, 64))], 16);
        Assert.That(
            EliteSearch.Find(workload, 12, new Seed(6)), Is.Not.EqualTo(EliteSearch.Find(workload, 12, new Seed(5))));
    }

    [Test]
    public void Every_sequence_follows_the_grammar_to_its_end_and_only_the_answer_is_learnt()
    {
        foreach (var (tokens, from) in Small.Value.Training.Concat(Small.Value.Validation))
        {
            // The grammar allows nothing behind a sequence that left it, so one check of the whole is enough.
            Assert.That(DesignGrammar.Next(tokens.AsSpan(0, tokens.Length - 1)), Does.Contain(tokens[^1]));
            Assert.That(tokens[from - 1], Is.EqualTo(DesignTokens.Design));
            Assert.That(tokens, Has.Length.EqualTo(from + DesignSpace.Fields.Count + 1).And.Length.LessThanOrEqualTo(DesignTokens.LongestSequence));
        }
    }

    [Test]
    public void Designs_shown_are_worse_than_or_equal_to_the_ones_behind_and_differ_from_the_answer()
    {
        var shown = 0;
        foreach (var (tokens, from) in Small.Value.Training)
        {
            var answer = DesignTokens.Decode(tokens.AsSpan(from)).OrThrow();
            var scores = new List<int>();
            for (var at = 1 + DesignPrompt.Parts.Count; tokens[at] == DesignTokens.Earlier; at += DesignSpace.Fields.Count + 2)
            {
                var design = DesignTokens.Decode(tokens.AsSpan(at + 1, DesignSpace.Fields.Count)).OrThrow();
                Assert.That(design, Is.Not.EqualTo(answer));
                scores.Add(tokens[at + 1 + DesignSpace.Fields.Count] - DesignTokens.Score(0));
                shown++;
            }

            Assert.That(scores, Is.Ordered.Descending);
        }

        Assert.That(shown, Is.GreaterThan(Small.Value.Training.Count / 2));
    }

    [Test]
    public void Designs_found_are_legal_for_the_workload_and_no_faster_than_their_arrays()
    {
        var workload = RandomGoals.OfOwnModel();
        var found = EliteSearch.Find(workload, 24, new Seed(3));
        Assert.That(found, Has.Count.EqualTo(24));
        Assert.That(found.Select(d => d.Point), Is.Unique);
        var predictor = new DesignPredictor(workload);
        foreach (var design in found)
        {
            var architecture = DesignSpace.ArchitectureOf(design.Point);
            Assert.That(predictor.IsLegal(architecture), architecture.Name);
            Assert.That((architecture.InputBits, architecture.WeightBits), Is.EqualTo((8, 8)));
            Assert.That(architecture.LargestK, Is.GreaterThanOrEqualTo(384));
            Assert.That(predictor.Predict(design.Point), Is.EqualTo(design));
            // No engine does more than all its elements in every cycle.
            Assert.That(design.MacsPerCycle, Is.GreaterThan(0).And.LessThanOrEqualTo(architecture.MacsPerCycle));
        }
    }

    [Test]
    public void Breeding_finds_better_designs_than_as_many_random_draws()
    {
        // One trade-off of one workload is luck; the mean over limits and trade-offs is not.
        var random = new Seed(13).Random();
        var limits = Enumerable.Range(0, 10).Select(_ => RandomGoals.Limits(random).Limits).ToArray();
        double MeanBest(IReadOnlyList<PredictedDesign> designs) => limits.Average(l =>
            Enumerable.Range(0, DesignPrompt.TradeLevels).Average(trade =>
                designs.Where(d => d.Fits(l)).Select(d => d.Score(l, trade)).DefaultIfEmpty(0).Max()));
        var workload = new Workload("one", [new("a", new(64, 128, 128))], 64);
        var bred = Enumerable.Range(0, 4).Average(i => MeanBest(EliteSearch.Find(workload, 80, new Seed(12).For("s", i))));
        var drawn = Enumerable.Range(0, 4).Average(i => MeanBest(EliteSearch.Draws(workload, 80, new Seed(12).For("s", i))));
        Assert.That(bred, Is.GreaterThan(drawn));
    }
}
