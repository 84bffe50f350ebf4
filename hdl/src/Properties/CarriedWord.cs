using HwSeed.Hdl.Rtl;

namespace HwSeed.Hdl.Properties;

/// <summary>
/// Follows one word, any one, through a part that carries words in order: it is all ones and the others are zero. What is
/// not offered looks like the marked one.
/// </summary>
internal sealed class CarriedWord
{
    /// <summary>Bits of a number of words under way.</summary>
    public const int LevelBits = 3;

    private readonly HarnessBuilder _h;
    private readonly int _places;

    public CarriedWord(HarnessBuilder h, int width, int places)
    {
        (_h, _places) = (h, places);
        Offered = h.M.Input("in_valid");
        Taken = h.M.Input("out_ready");
        Mark = h.M.Wire("mark", h.M.Input("choose") & Offered & ~new Reference("marked", 1));
        Word = h.M.Wire("word", HarnessBuilder.All(~Offered | Mark, width));
    }

    /// <summary>Whether a word is offered; free.</summary>
    public Expression Offered { get; }

    /// <summary>Whether the other side takes; free.</summary>
    public Expression Taken { get; }

    /// <summary>The word that is offered.</summary>
    public Expression Word { get; }

    private Expression Mark { get; }

    /// <summary>Claims that words leave in the order in which they came, each once.</summary>
    /// <param name="inReady">The part takes.</param>
    /// <param name="outValid">It offers.</param>
    /// <param name="outData">What it offers.</param>
    /// <param name="forgets">It drops what it holds at this edge, and what comes.</param>
    /// <param name="keepsOne">But for the word that it offers, when this is high; null for never.</param>
    /// <param name="held">How many words its registers hold.</param>
    public void Follow(Expression inReady, Expression outValid, Expression outData, Expression forgets, Expression? keepsOne, Expression held)
    {
        var m = _h.M;
        var accept = m.Wire("accept", Offered & inReady & ~forgets);
        var leave = m.Wire("leave", outValid & Taken);
        var keeps = keepsOne ?? Expression.FromInteger(0, 1);
        var marked = m.Register("marked", 1);
        var left = m.Register("left", 1);
        var level = m.Register("level", LevelBits);
        var ahead = m.Register("ahead", LevelBits);
        var marks = m.Wire("marks", Mark & accept);
        var after = m.Wire("after", level - Wide(leave));
        var turn = m.Wire("turn", marked & ~left & Expression.Equal(ahead, 0));
        m.Drive(level, Expression.Mux(forgets, Wide(keeps), after + Wide(accept)));

        // A marked word that is dropped was never there; the one that stays is the next to leave.
        m.Drive(marked, Expression.Mux(forgets, marked & (left | (turn & (leave | keeps))), marked | marks));
        m.Drive(ahead, Expression.Mux(marks, after, ahead - Wide(leave & marked & ~left)), marks | (leave & marked & ~left));
        m.Drive(left, left | (turn & leave));
        _h.Always("count", "it holds exactly the words that came and did not leave", Expression.Equal(level, held));
        _h.Never("overflow", "no word is taken while all places are", accept & Expression.Equal(after, _places));
        _h.Always("order", "words leave in the order in which they came, none twice and none changed",
            HarnessBuilder.EqualWhen(outValid, outData, HarnessBuilder.All(turn, outData.Width)));
        _h.Never("lost", "no word is lost", turn & Expression.Equal(level, 0));

        static Expression Wide(Expression bit) => Expression.ZeroExtend(bit, LevelBits);
    }
}
