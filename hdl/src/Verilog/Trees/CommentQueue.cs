using HwSeed.Hdl.Verilog.Preprocessing;

namespace HwSeed.Hdl.Verilog.Trees;

/// <summary>The comments of a file in order; each is taken once, by the node that it belongs to.</summary>
internal sealed class CommentQueue
{
    private readonly List<(int Anchor, string Text)> _comments = [];
    private int _next;

    public CommentQueue(IReadOnlyList<VerilogToken> tokens)
    {
        for (var i = 0; i < tokens.Count; i++)
        {
            // A comment behind a token at the end of a line belongs to that token, any other to the next one.
            foreach (var comment in tokens[i].Comments ?? [])
            {
                _comments.Add((comment.IsTrailing && i > 0 ? i - 1 : i, comment.Text));
            }
        }
    }

    /// <summary>The comments that belong to tokens up to one, as far as nothing took them.</summary>
    public IEnumerable<string> Take(int upTo)
    {
        if (_next == _comments.Count || _comments[_next].Anchor > upTo)
        {
            return [];
        }

        var taken = new List<string>();
        for (; _next < _comments.Count && _comments[_next].Anchor <= upTo; _next++)
        {
            taken.Add(_comments[_next].Text);
        }

        return taken;
    }
}
