using CsCheck;
using HwSeed.Agent.Proposers;
using HwSeed.Agent.Seeds;

namespace HwSeed.Agent.Tests.Proposers;

internal sealed class BanditTests
{
    private static readonly string[] Names = ["brain", "evolution", "sobol"];

    [Test]
    public void Shares_add_up_and_nobody_is_starved() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 300], Gen.Double[0, 1].Array[3].Array[0, 6]).Sample((seed, count, gains) =>
        {
            var bandit = new Bandit(0.1);
            foreach (var generation in gains)
            {
                bandit.Tell([.. Names.Zip(generation).Select(x => new ArmResult(x.First, 10, x.Second))]);
            }

            var shares = bandit.Shares(Names, count, new Seed(seed));
            return shares.Sum() == count && shares.All(s => s >= (int)(0.1 * count));
        });

    [Test]
    public void Who_brings_more_is_asked_more_and_a_turn_is_noticed()
    {
        var bandit = new Bandit(0.1);
        for (var i = 0; i < 6; i++)
        {
            bandit.Tell([new("brain", 50, 0.5), new("evolution", 50, 0.05), new("sobol", 50, 0)]);
        }

        var before = bandit.Shares(Names, 100, new(1));
        Assert.That(before[0], Is.GreaterThan(60));
        for (var i = 0; i < 10; i++)
        {
            bandit.Tell([new("brain", 50, 0), new("evolution", 50, 0.01), new("sobol", 50, 0)]);
        }

        Assert.That(bandit.Shares(Names, 100, new(1))[1], Is.GreaterThan(60));
    }

    [Test]
    public void Without_knowledge_shares_are_near_equal_and_follow_the_seed()
    {
        var bandit = new Bandit(0.1);
        Assert.That(bandit.Shares(Names, 300, new(1)), Is.All.InRange(75, 125));
        Assert.That(bandit.Shares(Names, 300, new(1)), Is.EqualTo(new Bandit(0.1).Shares(Names, 300, new(1))));
    }

    [Test]
    public void A_proposer_that_was_not_asked_is_not_blamed()
    {
        var bandit = new Bandit(0);
        bandit.Tell([new("brain", 0, 0), new("evolution", 10, 0), new("sobol", 10, 0)]);
        var shares = bandit.Shares(Names, 100, new(1));
        Assert.That(shares[0], Is.GreaterThan(shares[1]).And.GreaterThan(shares[2]));
    }
}
