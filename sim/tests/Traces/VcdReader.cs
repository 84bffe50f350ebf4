using System.Numerics;

namespace HwSeed.Sim.Tests.Traces;

/// <summary>A small strict reader of Value Change Dumps: values by time and hierarchical name.</summary>
internal sealed class VcdReader
{
    private readonly Dictionary<string, (string Path, int Width)> _signals = [];
    private readonly Dictionary<string, List<(long Time, BigInteger Value)>> _changes = [];

    public VcdReader(string text)
    {
        var words = new Queue<string>(text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        ReadHeader(words);
        var time = -1L;
        while (words.TryDequeue(out var word))
        {
            switch (word[0])
            {
                case '#':
                    var next = long.Parse(word.AsSpan(1));
                    Assert.That(next, Is.GreaterThan(time), "time goes forward");
                    time = next;
                    break;
                case '0' or '1':
                    Change(word[1..], time, word[0] - '0', 1);
                    break;
                case 'b':
                    var digits = word.Length - 1;
                    Change(words.Dequeue(), time, word.Skip(1).Aggregate(BigInteger.Zero, (v, d) => (v << 1) | (d - '0')), digits);
                    break;
                default:
                    Assert.That(word, Is.EqualTo("$dumpvars").Or.EqualTo("$end"));
                    break;
            }
        }

        End = time;
    }

    public long End { get; }

    public IEnumerable<string> Paths => _signals.Values.Select(s => s.Path);

    public IReadOnlyList<(long Time, BigInteger Value)> ChangesOf(string path) => _changes[path];

    public BigInteger ValueAt(string path, long time) => _changes[path].Last(c => c.Time <= time).Value;

    private void ReadHeader(Queue<string> words)
    {
        var scopes = new Stack<string>();
        while (words.Dequeue() is var word && word != "$enddefinitions")
        {
            var body = new List<string>();
            while (words.Dequeue() is var part && part != "$end")
            {
                body.Add(part);
            }

            switch (word)
            {
                case "$scope":
                    scopes.Push(body[1]);
                    break;
                case "$upscope":
                    scopes.Pop();
                    break;
                case "$var":
                    _signals.Add(body[2], (string.Join('.', scopes.Reverse().Append(body[3])), int.Parse(body[1])));
                    break;
            }
        }

        Assert.That(scopes, Is.Empty);
        Assert.That(words.Dequeue(), Is.EqualTo("$end"));
    }

    private void Change(string code, long time, BigInteger value, int digits)
    {
        var (path, width) = _signals[code];
        Assert.That(digits, Is.LessThanOrEqualTo(width), path);
        if (!_changes.TryGetValue(path, out var list))
        {
            _changes.Add(path, list = []);
        }

        list.Add((time, value));
    }
}
