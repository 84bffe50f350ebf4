using HwSeed.Agent.Archives;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl;

namespace HwSeed.Agent.Proposers;

/// <summary>How one proposer fared in a round.</summary>
/// <param name="Proposer">Its name.</param>
/// <param name="Wanted">Its share.</param>
/// <param name="Taken">New designs taken from it.</param>
/// <param name="Duplicates">Designs that were known already, or twice in the round.</param>
public sealed record ProposerCount(string Proposer, int Wanted, int Taken, int Duplicates);

/// <summary>The designs of a generation, all new and all different.</summary>
/// <param name="Proposals">In the order of the proposers.</param>
/// <param name="Counts">One for each proposer.</param>
public sealed record ProposalRound(EquatableArray<Proposal> Proposals, EquatableArray<ProposerCount> Counts);

/// <summary>The proposers together: the bandit says who is asked for how many, duplicates are asked for again.</summary>
/// <param name="proposers">The last one fills up what the others leave: it should always find something new.</param>
/// <param name="bandit">Shares the proposals out.</param>
public sealed class Portfolio(IReadOnlyList<IProposer> proposers, Bandit bandit)
{
    private const int Tries = 3;

    /// <summary>The designs of the next generation: <paramref name="count"/>, or fewer when the space is exhausted.</summary>
    /// <param name="history">All that happened.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="seed">The generation's seed.</param>
    public ProposalRound Ask(History history, int count, Seed seed)
    {
        var shares = bandit.Shares([.. proposers.Select(p => p.Name)], count, seed.For("shares"));
        var taken = new Dictionary<DesignPoint, Proposal>();
        var counts = new List<ProposerCount>();
        for (var i = 0; i < proposers.Count; i++)
        {
            var (proposer, before, duplicates) = (proposers[i], taken.Count, 0);
            var wanted = i == proposers.Count - 1 ? count - taken.Count : shares[i];
            for (var attempt = 0; attempt < Tries && taken.Count - before < wanted; attempt++)
            {
                var missing = wanted - (taken.Count - before);
                var known = history.Without(taken.Keys);
                foreach (var proposal in proposer.Ask(known, missing, seed.For(proposer.Name, attempt)).Take(missing))
                {
                    var point = DesignSpace.PointOf(proposal.Architecture).OrThrow();
                    duplicates += known.Seen.Contains(point) || !taken.TryAdd(point, proposal) ? 1 : 0;
                }
            }

            counts.Add(new(proposer.Name, wanted, taken.Count - before, duplicates));
        }

        return new(taken.Values.ToEquatableArray(), counts.ToEquatableArray());
    }

    /// <summary>
    /// Credits a generation: each proposer gets the hypervolume that its designs alone would have added to the front
    /// before them, whatever the order of evaluation.
    /// </summary>
    /// <param name="before">The front before the generation; not changed.</param>
    /// <param name="counts">The round's counts.</param>
    /// <param name="designs">Proposer and values of each design that has them.</param>
    public IReadOnlyList<ArmResult> Tell(
        ParetoArchive before,
        IReadOnlyList<ProposerCount> counts,
        IReadOnlyList<(string Proposer, string DesignId, IReadOnlyList<double> Values)> designs)
    {
        var results = counts.Select(c =>
        {
            var front = before.Copy();
            foreach (var (_, id, values) in designs.Where(d => d.Proposer == c.Proposer))
            {
                front.Add(id, values);
            }

            return new ArmResult(c.Proposer, c.Taken, front.Volume - before.Volume);
        }).ToArray();
        bandit.Tell(results);
        return results;
    }
}
