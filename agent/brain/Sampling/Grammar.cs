namespace HwSeed.Brain.Sampling;

/// <summary>Which tokens may follow in a state: one flag a token of the vocabulary.</summary>
/// <param name="state">A state of the grammar.</param>
public delegate ReadOnlySpan<bool> AllowedTokens(long state);

/// <summary>The state after a token; <see cref="Grammar.End"/> when the text is complete.</summary>
/// <param name="state">A state of the grammar.</param>
/// <param name="token">A token allowed in it.</param>
public delegate long NextState(long state, int token);

/// <summary>
/// An automaton over tokens that keeps samples well formed. What a state means is the caller's; the functions are
/// pure and may be called from several threads.
/// </summary>
/// <param name="Start">The state behind the prompt.</param>
/// <param name="Allowed">The mask of a state; at least one token is allowed in every state but the end.</param>
/// <param name="Next">The step.</param>
public sealed record Grammar(long Start, AllowedTokens Allowed, NextState Next)
{
    /// <summary>The state of a complete text.</summary>
    public const long End = -1;

    /// <summary>Every token at any place, never complete.</summary>
    /// <param name="vocabulary">Number of tokens.</param>
    public static Grammar Free(int vocabulary)
    {
        var all = new bool[vocabulary];
        Array.Fill(all, true);
        return new(0, _ => all, (_, _) => 0);
    }
}
