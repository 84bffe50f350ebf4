using HwSeed.Brain.Gguf;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Brain;

/// <summary>A vocabulary of whole words: one token a design word, no sub-words and no merging.</summary>
public sealed class Tokenizer
{
    private readonly Dictionary<string, int> _ids;

    private Tokenizer(string[] tokens)
    {
        Tokens = tokens.ToEquatableArray();
        _ids = tokens.Index().ToDictionary(t => t.Item, t => t.Index);
    }

    /// <summary>The words; a token is its position.</summary>
    public EquatableArray<string> Tokens { get; }

    /// <summary>A vocabulary from a list of words, which are unique and not empty (HW6040).</summary>
    /// <param name="tokens">The words.</param>
    /// <param name="file">Name for messages.</param>
    public static Checked<Tokenizer> From(IEnumerable<string> tokens, string file = "tokenizer")
    {
        string[] words = [.. tokens];
        var seen = new HashSet<string>();
        foreach (var (at, word) in words.Index())
        {
            if (word.Length == 0)
            {
                return Checked.Fail<Tokenizer>(BrainDiagnostics.Tokens(file, $"token {at} is empty"));
            }

            if (!seen.Add(word))
            {
                return Checked.Fail<Tokenizer>(BrainDiagnostics.Tokens(file, $"token {at} '{word}' stands twice"));
            }
        }

        return words.Length == 0
            ? Checked.Fail<Tokenizer>(BrainDiagnostics.Tokens(file, "there are no tokens"))
            : Checked.Ok(new Tokenizer(words));
    }

    /// <summary>The vocabulary of a model file, from <c>tokenizer.ggml.tokens</c>.</summary>
    public static Checked<Tokenizer> From(GgufFile file)
    {
        var keys = new GgufKeys(file);
        return keys.Texts("tokenizer.ggml.tokens") is { } tokens
            ? From(tokens, file.Name)
            : Checked.Fail<Tokenizer>(keys.Faults);
    }

    /// <summary>The token of a word; throws when there is none, for words that the program itself writes.</summary>
    public int this[string word] => _ids.TryGetValue(word, out var id)
        ? id
        : throw new ArgumentException(BrainDiagnostics.UnknownToken(word, Nearest(word)).Message, nameof(word));

    /// <summary>The tokens of words that a user or a file brought (HW6041).</summary>
    public Checked<int[]> Encode(IEnumerable<string> words)
    {
        var tokens = new List<int>();
        foreach (var word in words)
        {
            if (!_ids.TryGetValue(word, out var id))
            {
                return Checked.Fail<int[]>(BrainDiagnostics.UnknownToken(word, Nearest(word)));
            }

            tokens.Add(id);
        }

        return Checked.Ok(tokens.ToArray());
    }

    /// <summary>The words of tokens.</summary>
    public string[] Decode(IEnumerable<int> tokens) => [.. tokens.Select(t => Tokens[t])];

    /// <summary>The metadata that stores this vocabulary.</summary>
    internal IEnumerable<GgufEntry> ToMetadata() =>
    [
        new("tokenizer.ggml.model", GgufValue.Of("hwseed-words")),
        new("tokenizer.ggml.tokens", GgufValue.Of(Tokens)),
    ];

    private string? Nearest(string word) => Tokens
        .Select(t => (Token: t, Common: t.Zip(word).TakeWhile(p => p.First == p.Second).Count()))
        .Where(t => t.Common >= 2)
        .OrderByDescending(t => t.Common)
        .ThenBy(t => Math.Abs(t.Token.Length - word.Length))
        .Select(t => t.Token)
        .FirstOrDefault();
}
