using HwSeed.Agent.Goals;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.DesignSpaces;

/// <summary>
/// The vocabulary in which the agent's model reads goals and writes designs: one token a choice. Token ids are a
/// contract with trained models, so tokens are only ever added at the end.
/// </summary>
public static class DesignTokens
{
    /// <summary>Fills short sequences; never sampled.</summary>
    public const int Pad = 0;

    /// <summary>Starts every sequence.</summary>
    public const int Begin = 1;

    /// <summary>Ends the answer.</summary>
    public const int End = 2;

    /// <summary>Starts an earlier design in the prompt.</summary>
    public const int Earlier = 3;

    /// <summary>Ends the prompt: the answer follows.</summary>
    public const int Design = 4;

    /// <summary>Most tokens of a prompt with its answer: what a model's context has to hold.</summary>
    public const int LongestSequence = 64;

    /// <summary>Levels of <see cref="DesignScore"/>.</summary>
    public const int ScoreLevels = 16;

    private static readonly List<string> Table = ["<pad>", "<bos>", "<eos>", "<earlier>", "<design>"];
    private static readonly int[] GoalStarts = Append(
        DesignPrompt.Parts.Select(part => part.Levels.Select(level => $"goal:{part.Label}{level}")));

    private static readonly int ScoreStart =
        Append([Enumerable.Range(0, ScoreLevels).Select(level => $"score={level}")])[0];

    private static readonly int[] FieldStarts = Append(
        DesignSpace.Fields.Select(f => Enumerable.Range(0, f.Values.Count).Select(o => $"{f.Label}={f.Text(o)}")));

    /// <summary>All tokens; a token's id is its position.</summary>
    public static IReadOnlyList<string> Vocabulary => Table;

    /// <summary>The token of an option of a field.</summary>
    /// <param name="field">Position in <see cref="DesignSpace.Fields"/>.</param>
    /// <param name="option">Position in the field's values.</param>
    public static int Field(int field, int option) => FieldStarts[field] + option;

    /// <summary>The token of a goal bucket.</summary>
    /// <param name="part">Position in <see cref="DesignPrompt.Parts"/>.</param>
    /// <param name="level">Position in the part's levels.</param>
    public static int Goal(int part, int level) => GoalStarts[part] + level;

    /// <summary>The token of a score.</summary>
    /// <param name="level">0 (worst) to <see cref="ScoreLevels"/>-1.</param>
    public static int Score(int level) => ScoreStart + level;

    /// <summary>The answer that writes a design: a token for each field, then <see cref="End"/>.</summary>
    /// <param name="point">A legal point.</param>
    public static int[] Encode(DesignPoint point) => [.. DesignSpace.Fields.Select((_, i) => Field(i, point[i])), End];

    /// <summary>The design of an answer, with or without its <see cref="End"/>.</summary>
    /// <param name="answer">Tokens after <see cref="Design"/>.</param>
    public static Checked<DesignPoint> Decode(ReadOnlySpan<int> answer)
    {
        answer = answer.Length > 0 && answer[^1] == End ? answer[..^1] : answer;
        if (answer.Length != DesignSpace.Fields.Count)
        {
            return Fail($"{answer.Length} tokens instead of {DesignSpace.Fields.Count}");
        }

        var options = new int[answer.Length];
        for (var i = 0; i < options.Length; i++)
        {
            options[i] = answer[i] - FieldStarts[i];
            if (options[i] < 0 || options[i] >= DesignSpace.Fields[i].Values.Count)
            {
                return Fail($"{Text(answer[i])} stands where {DesignSpace.Fields[i].Label} is expected");
            }
        }

        return DesignSpace.IsLegal(options)
            ? Checked.Ok(new DesignPoint([.. options]))
            : Fail($"{Text(answer[DesignSpace.AccumulatorDepthField])} contradicts {Text(answer[DesignSpace.DataflowField])}");
    }

    /// <summary>A token as text; unknown ids are shown as such.</summary>
    /// <param name="token">Any number.</param>
    public static string Text(int token) => token >= 0 && token < Table.Count ? Table[token] : $"<{token}?>";

    // Fills the table in the order of the fields above, which is the order of the ids.
    private static int[] Append(IEnumerable<IEnumerable<string>> groups)
    {
        var starts = new List<int>();
        foreach (var group in groups)
        {
            starts.Add(Table.Count);
            Table.AddRange(group);
        }

        return [.. starts];
    }

    private static Checked<DesignPoint> Fail(string reason) =>
        Checked.Fail<DesignPoint>(AgentDiagnostics.NotADesign(reason));
}
