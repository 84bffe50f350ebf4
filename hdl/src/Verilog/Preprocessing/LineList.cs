using System.Collections;

namespace HwSeed.Hdl.Verilog.Preprocessing;

/// <summary>The lines of a text without their ends, cut out when asked for.</summary>
internal sealed class LineList : IReadOnlyList<string>
{
    private readonly string _text;
    private readonly List<int> _starts = [0];
    private Line? _last;

    public LineList(string text)
    {
        _text = text;
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', end + 1))
        {
            _starts.Add(end + 1);
        }
    }

    public int Count => _starts.Count;

    public string this[int index]
    {
        get
        {
            // Many diagnostics of one long line ask for it again and again.
            if (_last is { } last && last.Index == index)
            {
                return last.Text;
            }

            var end = index + 1 < _starts.Count ? _starts[index + 1] - 1 : _text.Length;
            var text = _text[_starts[index]..end].TrimEnd('\r');
            _last = new(index, text);
            return text;
        }
    }

    public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed record Line(int Index, string Text);
}
