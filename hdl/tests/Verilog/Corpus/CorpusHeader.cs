namespace HwSeed.Hdl.Tests.Verilog.Corpus;

/// <summary>What the first comments of an accepted file say: <c>// top: NAME</c>, <c>// define: NAME=TEXT</c> and so on.</summary>
internal sealed class CorpusHeader(string path)
{
    private readonly string[] _lines = File.ReadAllLines(path);

    /// <summary>The top module.</summary>
    public string Top => All("top").First();

    /// <summary>Values of a word, in order.</summary>
    public IEnumerable<string> All(string word) => _lines.TakeWhile(l => l.StartsWith("//", StringComparison.Ordinal) || l.StartsWith("/*", StringComparison.Ordinal))
        .Where(l => l.StartsWith($"// {word}: ", StringComparison.Ordinal)).Select(l => l[(word.Length + 5)..].Trim());

    /// <summary>Pairs of names and texts of a word.</summary>
    public IReadOnlyDictionary<string, string> Pairs(string word) =>
        All(word).Select(v => v.Split('=', 2)).ToDictionary(v => v[0], v => v.Length > 1 ? v[1] : "");
}
