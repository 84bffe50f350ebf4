using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Proposers;
using HwSeed.Brain;
using HwSeed.Brain.Sampling;

namespace HwSeed.Agent.Training;

/// <summary>The agent's model as a writer of designs: sampling under <see cref="DesignGrammar"/>.</summary>
public static class BrainSampler
{
    private static readonly bool[][] Masks = MakeMasks();

    /// <summary>
    /// The grammar of an answer. A state tells how many fields stand and whether the array is weight-stationary:
    /// nothing else decides about the next token.
    /// </summary>
    public static Grammar Answers { get; } = new(0, state => Masks[state], Next);

    /// <summary>A sampler over a model whose vocabulary is that of <see cref="DesignTokens"/>.</summary>
    /// <param name="model">The model; it stays the caller's.</param>
    /// <param name="temperature">1 draws as the model foretells; smaller is bolder.</param>
    public static DesignSampler Of(Transformer model, float temperature = 1f)
    {
        if (!model.Tokenizer.Tokens.SequenceEqual(DesignTokens.Vocabulary))
        {
            throw new ArgumentException("the model has another vocabulary than the design space", nameof(model));
        }

        var options = new SamplingOptions(temperature, MaxTokens: DesignSpace.Fields.Count + 1);
        return (prompt, count, seed) => Generation.Sample(model, prompt, count, Answers, options, seed).Tokens;
    }

    private static long Next(long state, int token)
    {
        var (field, weights) = ((int)(state >> 1), state & 1);
        if (field == DesignSpace.Fields.Count)
        {
            return Grammar.End;
        }

        if (field == DesignSpace.DataflowField)
        {
            weights = token == DesignTokens.Field(DesignSpace.DataflowField, 1) ? 1 : 0;
        }

        return ((field + 1) << 1) | (int)weights;
    }

    // Asks the one grammar that there is, along one answer of each dataflow.
    private static bool[][] MakeMasks()
    {
        var masks = new bool[2 * (DesignSpace.Fields.Count + 1)][];
        for (var weights = 0; weights < 2; weights++)
        {
            var sequence = new DesignPrompt([.. DesignPrompt.Parts.Select(_ => 0)]).Encode().ToList();
            for (var field = 0; field <= DesignSpace.Fields.Count; field++)
            {
                var mask = new bool[DesignTokens.Vocabulary.Count];
                DesignGrammar.Mask([.. sequence], mask);
                masks[(2 * field) + weights] = mask;
                sequence.Add(field == DesignSpace.DataflowField
                    ? DesignTokens.Field(field, weights)
                    : Array.IndexOf(mask, true));
            }
        }

        return masks;
    }
}
