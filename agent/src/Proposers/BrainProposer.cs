using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl;

namespace HwSeed.Agent.Proposers;

/// <summary>
/// Samples answers of the agent's model to a prompt, following <see cref="DesignGrammar"/>: each answer is the tokens
/// after <see cref="DesignTokens.Design"/> up to and including <see cref="DesignTokens.End"/>.
/// </summary>
/// <param name="prompt">Tokens up to <see cref="DesignTokens.Design"/>.</param>
/// <param name="count">Answers wanted.</param>
/// <param name="seed">Decides the sampling.</param>
public delegate IReadOnlyList<int[]> DesignSampler(int[] prompt, int count, ulong seed);

/// <summary>
/// Lets the agent's own model write designs. A front needs every trade-off, so the count is spread over all of them;
/// each prompt shows the two best designs so far under its own.
/// </summary>
/// <param name="sampler">The model.</param>
public sealed class BrainProposer(DesignSampler sampler) : IProposer
{
    /// <inheritdoc/>
    public string Name => "brain";

    /// <inheritdoc/>
    public IReadOnlyList<Proposal> Ask(History history, int count, Seed seed)
    {
        var proposals = new List<Proposal>();
        for (var trade = 0; trade < DesignPrompt.TradeLevels; trade++)
        {
            var share = ((trade + 1) * count / DesignPrompt.TradeLevels) - (trade * count / DesignPrompt.TradeLevels);
            if (share > 0)
            {
                proposals.AddRange(Sample(history, trade, share, seed.For("trade", trade)));
            }
        }

        return proposals;
    }

    private IEnumerable<Proposal> Sample(History history, int trade, int count, Seed seed)
    {
        var shown = history.Best(trade).Take(DesignPrompt.MostEarlier).ToArray();
        var prompt = history.Prompt with { Levels = [.. history.Prompt.Levels.SkipLast(1), trade] };
        var tokens = prompt.Encode([.. shown.Select(s => new EarlierDesign(s.Elite.Point, DesignScore.Level(s.Score)))]);
        var parent = shown.Length > 0 ? shown[0].Elite : null;
        var rationale = $"the model's answer at trade-off {trade} of {DesignPrompt.TradeLevels - 1}, {shown.Length} earlier designs shown";
        foreach (var answer in sampler(tokens, count, seed.Value))
        {
            // A sampler outside the grammar belongs to another version: going on would hide that.
            var point = DesignTokens.Decode(answer).OrThrow();
            var moves = parent is null ? [] : EvolutionProposer.Differences("write", parent.Point, point);
            yield return new(
                DesignSpace.ArchitectureOf(point), Name, parent?.DesignId, moves.ToEquatableArray(), rationale);
        }
    }
}
