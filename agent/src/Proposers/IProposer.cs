using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Seeds;

namespace HwSeed.Agent.Proposers;

/// <summary>Suggests designs. A function of history and seed: what it should learn from, it finds in the history.</summary>
public interface IProposer
{
    /// <summary>Its name in tables and journals.</summary>
    string Name { get; }

    /// <summary>Up to <paramref name="count"/> designs; fewer when it has no more ideas.</summary>
    /// <param name="history">All that happened.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="seed">Decides every random choice.</param>
    IReadOnlyList<Proposal> Ask(History history, int count, Seed seed);
}
