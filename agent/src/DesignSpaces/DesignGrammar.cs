namespace HwSeed.Agent.DesignSpaces;

/// <summary>
/// Which tokens may follow a sequence, so that whatever is sampled is a well-formed design: fields in their order,
/// and accumulator words exactly for arrays that keep operands.
/// </summary>
public static class DesignGrammar
{
    private static readonly int[] Nothing = [];

    /// <summary>The tokens that may come next; none after the end or where the sequence has left the grammar.</summary>
    /// <param name="sequence">A prompt from <see cref="DesignTokens.Begin"/> on, perhaps with part of its answer.</param>
    public static IReadOnlyList<int> Next(ReadOnlySpan<int> sequence)
    {
        var state = default(State);
        foreach (var token in sequence)
        {
            if (!Allowed(state).Contains(token))
            {
                return Nothing;
            }

            state = state.After(token);
        }

        return Allowed(state);
    }

    /// <summary>Marks the tokens that may come next.</summary>
    /// <param name="sequence">As for <see cref="Next"/>.</param>
    /// <param name="allowed">One place for each token of the vocabulary, overwritten.</param>
    public static void Mask(ReadOnlySpan<int> sequence, Span<bool> allowed)
    {
        allowed.Clear();
        foreach (var token in Next(sequence))
        {
            allowed[token] = true;
        }
    }

    private static IReadOnlyList<int> Allowed(State state) => state switch
    {
        { Stage: Stage.Start } => [DesignTokens.Begin],
        { Stage: Stage.Goal } => [.. Enumerable.Range(0, DesignPrompt.Parts[state.Position].Levels.Count)
            .Select(level => DesignTokens.Goal(state.Position, level))],
        { Stage: Stage.Between, Earlier: < DesignPrompt.MostEarlier } => [DesignTokens.Earlier, DesignTokens.Design],
        { Stage: Stage.Between } => [DesignTokens.Design],
        { Stage: Stage.Fields, Position: var field } when field < DesignSpace.Fields.Count => FieldTokens(field, state.Weights),
        { Stage: Stage.Fields, Answering: true } => [DesignTokens.End],
        { Stage: Stage.Fields } => [.. Enumerable.Range(0, DesignTokens.ScoreLevels).Select(DesignTokens.Score)],
        _ => Nothing,
    };

    private static int[] FieldTokens(int field, bool weights)
    {
        var (first, count) = (0, DesignSpace.Fields[field].Values.Count);
        if (field == DesignSpace.AccumulatorDepthField)
        {
            (first, count) = weights ? (1, count - 1) : (0, 1);
        }

        return [.. Enumerable.Range(first, count).Select(option => DesignTokens.Field(field, option))];
    }

    private enum Stage
    {
        Start,
        Goal,
        Between,
        Fields,
        Done,
    }

    // Where a sequence stands: all that decides about the next token.
    private readonly record struct State(Stage Stage, int Position, int Earlier, bool Answering, bool Weights)
    {
        public State After(int token) => Stage switch
        {
            Stage.Start => this with { Stage = Stage.Goal, Position = 0 },
            Stage.Goal when Position + 1 < DesignPrompt.Parts.Count => this with { Position = Position + 1 },
            Stage.Goal => this with { Stage = Stage.Between },
            Stage.Between => this with { Stage = Stage.Fields, Position = 0, Answering = token == DesignTokens.Design },
            Stage.Fields when Position < DesignSpace.Fields.Count => this with
            {
                Position = Position + 1,
                Weights = Position == DesignSpace.DataflowField
                    ? DesignSpace.KeepsOperands(token - DesignTokens.Field(DesignSpace.DataflowField, 0))
                    : Weights,
            },
            Stage.Fields when !Answering => this with { Stage = Stage.Between, Earlier = Earlier + 1 },
            _ => this with { Stage = Stage.Done },
        };
    }
}
