using HwSeed.Agent.DesignSpaces;
using HwSeed.Brain;
using HwSeed.Brain.Sampling;
using HwSeed.Hdl;

namespace HwSeed.Agent.Loop;

/// <summary>The model as a writer of designs: the design grammar as an automaton, and the settings of sampling.</summary>
public static class DesignWriting
{
    private const int Positions = 16;

    /// <summary>Sequences that are decoded together.</summary>
    public const int Batch = 256;

    /// <summary>
    /// The states are (field, weight-stationary?) behind the token <see cref="DesignTokens.Design"/>; the masks are
    /// <see cref="DesignGrammar"/>'s own, taken along one path for each dataflow.
    /// </summary>
    public static Grammar Grammar { get; } = MakeGrammar();

    /// <summary>Design after design in one sequence, each begun again by <see cref="DesignTokens.Design"/>; never complete.</summary>
    public static Grammar Endless { get; } = MakeEndless();

    /// <summary>Draws at temperature 1 until the end token.</summary>
    public static SamplingOptions Options { get; } = new(MaxTokens: DesignSpace.Fields.Count + 1, Batch: Batch);

    /// <summary>A sampler that follows the grammar.</summary>
    /// <param name="model">A model of the design vocabulary.</param>
    public static Proposers.DesignSampler Sampler(Transformer model) =>
        (prompt, count, seed) => Generation.Sample(model, prompt, count, Grammar, Options, seed).Tokens;

    /// <summary>Whether a model speaks this version's design vocabulary.</summary>
    public static bool Speaks(Transformer model) =>
        model.Tokenizer.Tokens == DesignTokens.Vocabulary.ToEquatableArray();

    private static Grammar MakeGrammar()
    {
        var masks = new bool[2 * Positions][];
        var prompt = new DesignPrompt([.. Enumerable.Repeat(0, DesignPrompt.Parts.Count)]).Encode();
        for (var weights = 0; weights < 2; weights++)
        {
            var sequence = prompt.ToList();
            for (var position = 0; position <= DesignSpace.Fields.Count; position++)
            {
                var mask = new bool[DesignTokens.Vocabulary.Count];
                DesignGrammar.Mask([.. sequence], mask);
                masks[(2 * position) + weights] = mask;
                sequence.Add(position == DesignSpace.DataflowField
                    ? DesignTokens.Field(position, weights)
                    : Array.IndexOf(mask, true));
            }
        }

        var firstDataflow = DesignTokens.Field(DesignSpace.DataflowField, 0);
        return new(0, state => masks[state], (state, token) =>
        {
            var (position, weights) = (state / 2, state % 2);
            return position == DesignSpace.Fields.Count
                ? HwSeed.Brain.Sampling.Grammar.End
                : (2 * (position + 1)) + (position != DesignSpace.DataflowField ? weights
                    : DesignSpace.KeepsOperands(token - firstDataflow) ? 1 : 0);
        });
    }

    private static Grammar MakeEndless()
    {
        const long Again = 2 * Positions;
        var again = new bool[DesignTokens.Vocabulary.Count];
        again[DesignTokens.Design] = true;
        return new(
            Grammar.Start,
            state => state == Again ? again : Grammar.Allowed(state),
            (state, token) => state == Again ? Grammar.Start
                : Grammar.Next(state, token) is var next && next == HwSeed.Brain.Sampling.Grammar.End ? Again
                : next);
    }
}
