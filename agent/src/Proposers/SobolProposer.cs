using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Seeds;

namespace HwSeed.Agent.Proposers;

/// <summary>Covers the whole space evenly, leaving out what has been seen: it alone can always find something new.</summary>
/// <param name="seed">The run's seed: the sequence is one for the whole run.</param>
public sealed class SobolProposer(Seed seed) : IProposer
{
    /// <inheritdoc/>
    public string Name => "sobol";

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Ask(History history, int count, Seed askSeed)
    {
        // From the start each time, skipping what is known: no position to lose when a run is resumed.
        var sequence = new Sobol(DesignSpace.Fields.Count, seed.For("sobol"));
        var taken = new HashSet<DesignPoint>();
        var patience = (64L * (history.Seen.Count + count)) + 1024;
        while (taken.Count < count && patience-- > 0)
        {
            var point = DesignSpace.PointIn(sequence.Next());
            if (!history.Seen.Contains(point))
            {
                taken.Add(point);
            }
        }

        return [.. taken.Select(point => new Proposal(
            DesignSpace.ArchitectureOf(point), Name, null, [], "next unseen point of the Sobol sequence"))];
    }
}
