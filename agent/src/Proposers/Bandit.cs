using HwSeed.Agent.Seeds;

namespace HwSeed.Agent.Proposers;

/// <summary>What one proposer brought in one generation.</summary>
/// <param name="Proposer">Its name.</param>
/// <param name="Asked">Designs that it proposed and that were new.</param>
/// <param name="Gain">Hypervolume that they added to the front before them.</param>
public sealed record ArmResult(string Proposer, int Asked, double Gain);

/// <summary>
/// Shares out proposals by Thompson sampling (1933): each proposer's worth is a beta distribution, its share the
/// chance that its worth is the highest. Old generations fade, for what helps early is not what helps late; everyone
/// keeps a minimum share, so that nobody is starved by bad luck.
/// </summary>
/// <param name="minimumShare">Share that everyone keeps, 0 to 1 over the number of proposers.</param>
public sealed class Bandit(double minimumShare)
{
    private const double Fading = 0.8;
    private const double ObservationsPerGeneration = 4;
    private const int Draws = 512;

    private readonly Dictionary<string, (double Wins, double Losses)> _arms = new(StringComparer.Ordinal);

    /// <summary>Learns from a generation; told again in the same order, a resumed run knows the same.</summary>
    /// <param name="results">One for each proposer that was asked.</param>
    public void Tell(IReadOnlyList<ArmResult> results)
    {
        var rates = results.Where(r => r.Asked > 0).Select(r => (r.Proposer, Rate: Math.Max(0, r.Gain) / r.Asked)).ToArray();
        var best = rates.Select(r => r.Rate).DefaultIfEmpty(0).Max();
        foreach (var (name, rate) in rates)
        {
            // Gains shrink as the front grows: only the comparison within a generation means something.
            var worth = best > 0 ? rate / best : 0;
            var (wins, losses) = _arms.GetValueOrDefault(name);
            _arms[name] = (
                (Fading * wins) + (ObservationsPerGeneration * worth),
                (Fading * losses) + (ObservationsPerGeneration * (1 - worth)));
        }
    }

    /// <summary>How many of <paramref name="count"/> designs each proposer is asked for; they add up to it.</summary>
    /// <param name="proposers">Names, at least one.</param>
    /// <param name="count">Designs in all.</param>
    /// <param name="seed">Decides the draws.</param>
    public IReadOnlyList<int> Shares(IReadOnlyList<string> proposers, int count, Seed seed)
    {
        var wins = new int[proposers.Count];
        var random = seed.Random();
        for (var draw = 0; draw < Draws; draw++)
        {
            var worths = proposers.Select(p => _arms.GetValueOrDefault(p))
                .Select(arm => random.NextBeta(1 + arm.Wins, 1 + arm.Losses)).ToArray();
            wins[Array.IndexOf(worths, worths.Max())]++;
        }

        var free = Math.Max(0, 1 - (minimumShare * proposers.Count));
        var exact = wins.Select(w => count * (Math.Min(minimumShare, 1.0 / proposers.Count) + (free * w / Draws))).ToArray();
        var shares = exact.Select(e => (int)e).ToArray();
        // Largest remainders first; on a tie the earlier proposer.
        foreach (var i in Enumerable.Range(0, shares.Length).OrderByDescending(i => exact[i] - shares[i]).Take(count - shares.Sum()))
        {
            shares[i]++;
        }

        return shares;
    }
}
