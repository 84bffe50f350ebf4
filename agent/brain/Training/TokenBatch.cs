namespace HwSeed.Brain.Training;

/// <summary>
/// Sequences laid end to end without padding: row r reads Inputs[r] and, where Targets[r] is not -1, foretells it.
/// </summary>
internal sealed class TokenBatch
{
    public TokenBatch(IEnumerable<TrainingSequence> sequences)
    {
        var (inputs, targets, positions) = (new List<int>(), new List<int>(), new List<int>());
        var spans = new List<(int First, int Length)>();
        foreach (var (tokens, from) in sequences)
        {
            spans.Add((inputs.Count, tokens.Length - 1));
            for (var i = 0; i + 1 < tokens.Length; i++)
            {
                inputs.Add(tokens[i]);
                targets.Add(i + 1 >= from ? tokens[i + 1] : -1);
                positions.Add(i);
            }
        }

        (Inputs, Targets, Positions, Spans) = ([.. inputs], [.. targets], [.. positions], [.. spans]);
        Foretold = Targets.Count(t => t >= 0);
    }

    public int[] Inputs { get; }

    public int[] Targets { get; }

    public int[] Positions { get; }

    /// <summary>The rows of each sequence.</summary>
    public (int First, int Length)[] Spans { get; }

    public int Rows => Inputs.Length;

    /// <summary>Rows that count in the loss.</summary>
    public int Foretold { get; }
}
