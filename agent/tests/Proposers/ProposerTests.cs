using CsCheck;
using HwSeed.Agent.Archives;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Proposers;
using HwSeed.Agent.Seeds;
using HwSeed.Agent.Tests.Evaluations;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Tests.Proposers;

internal sealed class ProposerTests
{
    private static readonly Constraints Limits = new(7680, 32, 0, null);
    private static readonly DesignPrompt Prompt = DesignPrompt.Of(Samples.Workload, TargetDevice.Find("hx8k")!, Limits, 2);

    [Test]
    public void Sobol_covers_every_option_of_every_field()
    {
        var points = new SobolProposer(new(1)).Ask(Past(), 256, new(9)).Select(Point).ToArray();
        Assert.That(points, Is.Unique);
        for (var i = 0; i < DesignSpace.Fields.Count; i++)
        {
            Assert.That(points.Select(p => p[i]).Distinct().Count(), Is.EqualTo(DesignSpace.Fields[i].Values.Count), DesignSpace.Fields[i].Label);
        }
    }

    [Test]
    public void Sobol_goes_on_where_the_history_ends()
    {
        var proposer = new SobolProposer(new(1));
        var whole = proposer.Ask(Past(), 40, new(9));
        var first = whole.Take(15).Select((p, i) => Samples.Evaluation(DesignSpace.IndexOf(Point(p)))).ToArray();
        Assert.That(new SobolProposer(new(1)).Ask(Past(first), 25, new(77)), Is.EqualTo(whole.Skip(15)));
    }

    [Test]
    public void Evolution_breeds_new_designs_whose_moves_lead_from_the_parent() => Gen.ULong.Sample(seed =>
    {
        var past = Past(Samples.Evaluation(5000), Samples.Evaluation(999_999), Samples.Evaluation(2_000_000));
        var parents = past.Elites.ToDictionary(e => e.DesignId, e => e.Point);
        var children = new EvolutionProposer().Ask(past, 20, new Seed(seed));
        return children.Count == 20 && children.All(c =>
        {
            var options = parents[c.ParentId!].Options.ToArray();
            foreach (var move in c.Moves)
            {
                var field = Enumerable.Range(0, options.Length).Single(i => DesignSpace.Fields[i].Label == move.Field);
                if (DesignSpace.Fields[field].Text(options[field]) != move.From)
                {
                    return false;
                }

                options[field] = Enumerable.Range(0, DesignSpace.Fields[field].Values.Count).Single(o => DesignSpace.Fields[field].Text(o) == move.To);
            }

            return new DesignPoint([.. options]) == Point(c) && c.Moves.Count > 0 && !past.Seen.Contains(Point(c));
        });
    }, iter: 50);

    [Test]
    public void Evolution_uses_every_move_and_the_same_seed_gives_the_same_children()
    {
        var past = Past(Samples.Evaluation(5000), Samples.Evaluation(999_999));
        var children = new EvolutionProposer().Ask(past, 200, new(4));
        Assert.That(children.SelectMany(c => c.Moves).Select(m => m.Name).Distinct(), Is.EquivalentTo(new[] { "step", "jump", "transpose", "reflow", "crossover" }));
        Assert.That(new EvolutionProposer().Ask(past, 200, new(4)), Is.EqualTo(children));
        Assert.That(new EvolutionProposer().Ask(past, 200, new(5)), Is.Not.EqualTo(children));
        Assert.That(new EvolutionProposer().Ask(Past(), 5, new(4)), Is.Empty);
    }

    [Test]
    public void Brain_asks_for_every_trade_off_and_shows_the_best_designs()
    {
        var prompts = new List<string[]>();
        IReadOnlyList<int[]> Sampler(int[] prompt, int count, ulong seed)
        {
            prompts.Add([.. prompt.Select(DesignTokens.Text)]);
            return Walks(prompt, count, seed);
        }

        var past = Past(Samples.Evaluation(5000, luts: 100), Samples.Evaluation(999_999, luts: 200), Samples.Evaluation(7, luts: 300));
        var proposals = new BrainProposer(Sampler).Ask(past, 13, new(1));
        Assert.Multiple(() =>
        {
            Assert.That(proposals, Has.Count.EqualTo(13));
            Assert.That(prompts.Select(p => p[7]), Is.EqualTo(new[] { "goal:trade=0", "goal:trade=1", "goal:trade=2", "goal:trade=3", "goal:trade=4" }));
            Assert.That(prompts.Select(p => p.Count(t => t == "<earlier>")), Is.All.EqualTo(2));
            Assert.That(proposals.Select(p => p.ParentId), Is.All.Matches<string?>(id => past.Elites.Any(e => e.DesignId == id)));
        });
    }

    [Test]
    public void A_sampler_outside_the_grammar_is_not_put_up_with()
    {
        var brain = new BrainProposer((_, count, _) => [.. Enumerable.Repeat(new[] { 1, 2, 3 }, count)]);
        Assert.That(() => brain.Ask(Past(), 5, new(1)), Throws.TypeOf<InvalidInputException>().With.Message.Contains("HW5201"));
    }

    [Test]
    public void A_portfolio_gives_new_designs_only_and_counts_the_others()
    {
        // This sampler always writes the same design: known from the second time on.
        var stubborn = new BrainProposer((prompt, count, _) => [.. Enumerable.Repeat(Walks(prompt, 1, 3)[0], count)]);
        var portfolio = new Portfolio([stubborn, new EvolutionProposer(), new SobolProposer(new(1))], new Bandit(0.1));
        var past = Past(Samples.Evaluation(5000));
        var round = portfolio.Ask(past, 60, new(1));
        Assert.Multiple(() =>
        {
            Assert.That(round.Proposals, Has.Count.EqualTo(60));
            Assert.That(round.Proposals.Select(Point), Is.Unique);
            Assert.That(round.Proposals.Select(Point).Where(past.Seen.Contains), Is.Empty);
            Assert.That(round.Counts.Sum(c => c.Taken), Is.EqualTo(60));
            Assert.That(round.Counts[0].Taken, Is.LessThan(round.Counts[0].Wanted));
            Assert.That(round.Counts[0].Duplicates, Is.GreaterThan(0));
            Assert.That(portfolio.Ask(past, 60, new(1)).Proposals, Is.EqualTo(round.Proposals));
        });
    }

    [Test]
    public void Credit_is_what_a_proposer_alone_would_have_added()
    {
        var axes = new ParetoArchive([new(new(Metric.Luts, Direction.Minimize), 10, 0), new(new(Metric.Brams, Direction.Minimize), 10, 0)]);
        axes.Add("old", [8, 8]);
        var portfolio = new Portfolio([new EvolutionProposer(), new SobolProposer(new(1))], new Bandit(0.1));
        var results = portfolio.Tell(
            axes,
            [new("evolution", 2, 2, 0), new("sobol", 1, 1, 0)],
            [("evolution", "a", [9, 9]), ("evolution", "b", [5, 8]), ("sobol", "c", [5, 5])]);
        Assert.That(results.Select(r => Math.Round(r.Gain, 9)), Is.EqualTo(new[] { 0.06, 0.21 }));
        Assert.That(axes.Front.Single().Id, Is.EqualTo("old"));
    }

    private static History Past(params Evaluation[] evaluations) =>
        new(Prompt, Limits, evaluations, evaluations.Select(e => e.DesignId));

    private static DesignPoint Point(Proposal proposal) => DesignSpace.PointOf(proposal.Architecture).OrThrow();

    // Random walks in the grammar, as an untrained model gives them.
    private static int[][] Walks(int[] prompt, int count, ulong seed)
    {
        var random = new Xoshiro256(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var sequence = prompt.ToList();
            while (DesignGrammar.Next([.. sequence]) is { Count: > 0 } next)
            {
                sequence.Add(next[random.NextBelow(next.Count)]);
            }

            return sequence.Skip(prompt.Length).ToArray();
        })];
    }
}
