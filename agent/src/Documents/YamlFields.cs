using System.Globalization;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Documents;

/// <summary>
/// One map of a document, read key by key with types. Findings are collected, so that a user sees all of them at
/// once; a value that could not be read comes back as a harmless one and the document fails in the end.
/// </summary>
internal sealed class YamlFields
{
    private readonly YamlMap _map;
    private readonly string _prefix;
    private readonly YamlProblems _problems;
    private readonly List<string> _known = [];
    private readonly List<string> _missing = [];

    public YamlFields(YamlMap map, string prefix, YamlProblems problems) =>
        (_map, _prefix, _problems) = (map, prefix, problems);

    public SourceSpan Span => _map.Span;

    public YamlProblems Problems => _problems;

    public bool Has(string key) => _map.Entries.Any(e => e.Key == key);

    public string PathOf(string key) => _prefix.Length == 0 ? key : $"{_prefix}.{key}";

    public string Text(string key, string? otherwise = null)
    {
        switch (Find(key, required: otherwise is null))
        {
            case null:
                return otherwise ?? "";
            case YamlScalar { Text.Length: > 0 and <= 4096 } scalar when !scalar.Text.Contains('\n'):
                return scalar.Text;
            case var node:
                _problems.Add(AgentDiagnostics.WrongType($"'{PathOf(key)}'", "one line of text", node.Describe(), node.Span));
                return "";
        }
    }

    public int Integer(string key, int? otherwise = null, int least = int.MinValue, int most = int.MaxValue) =>
        (int)Number(key, otherwise, least, most, whole: true, "a whole number");

    public double Real(string key, double? otherwise = null, double least = 0, double most = 1e12) =>
        Number(key, otherwise, least, most, whole: false, "a number");

    public ulong Seed(string key)
    {
        switch (Find(key, required: true))
        {
            case null:
                return 0;
            case YamlScalar { Plain: true } scalar
                when ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value):
                return value;
            case var node:
                _problems.Add(AgentDiagnostics.WrongType(
                    $"'{PathOf(key)}'", $"a whole number from 0 to {ulong.MaxValue}", node.Describe(), node.Span));
                return 0;
        }
    }

    public bool Boolean(string key)
    {
        switch (Find(key, required: true))
        {
            case null:
                return false;
            // YAML 1.2: yes, no, on and off are words.
            case YamlScalar { Plain: true, Text: "true" or "false" } scalar:
                return scalar.Text == "true";
            case var node:
                _problems.Add(AgentDiagnostics.WrongType($"'{PathOf(key)}'", "true or false", node.Describe(), node.Span));
                return false;
        }
    }

    /// <summary>A word of a fixed list.</summary>
    public string Word(string key, IReadOnlyCollection<string> words, string? otherwise = null)
    {
        var word = Text(key, otherwise);
        if (word.Length == 0 || words.Contains(word))
        {
            return word;
        }

        _problems.Add(AgentDiagnostics.UnknownWord(
            PathOf(key), YamlText.Shorten(word), words, NearestName.Of(word, words), _problems.Spans.Of(PathOf(key))));
        return "";
    }

    /// <summary>The map under a key; null when it is absent or something else.</summary>
    public YamlFields? Map(string key, bool required = true)
    {
        switch (Find(key, required))
        {
            case null:
                return null;
            case YamlMap map:
                return new(map, PathOf(key), _problems);
            case var node:
                _problems.Add(AgentDiagnostics.WrongType($"'{PathOf(key)}'", "a map", node.Describe(), node.Span));
                return null;
        }
    }

    /// <summary>The maps of a list under a key, at least one where it is given.</summary>
    public IReadOnlyList<YamlFields> Maps(string key, bool required = true)
    {
        var node = Find(key, required);
        if (node is not (null or YamlList { Items.Count: > 0 }))
        {
            _problems.Add(AgentDiagnostics.WrongType(
                $"'{PathOf(key)}'", "a list with at least one item", node is YamlList ? "an empty list" : node.Describe(), node.Span));
        }

        var fields = new List<YamlFields>();
        var items = node is YamlList list ? list.Items : [];
        for (var i = 0; i < items.Count; i++)
        {
            var path = $"{PathOf(key)}[{i}]";
            _problems.Spans.Add(path, items[i].Span);
            if (items[i] is YamlMap map)
            {
                fields.Add(new(map, path, _problems));
            }
            else
            {
                _problems.Add(AgentDiagnostics.WrongType($"'{path}'", "a map", items[i].Describe(), items[i].Span));
            }
        }

        return fields;
    }

    /// <summary>Reports the keys nobody asked for, and the asked ones that are missing and not merely misspelt.</summary>
    public void End()
    {
        foreach (var entry in _map.Entries.Where(e => !_known.Contains(e.Key)))
        {
            var absent = _known.Where(k => !Has(k)).ToArray();
            var near = NearestName.Of(entry.Key, absent) ?? NearestName.Of(entry.Key, _known);
            _problems.Add(AgentDiagnostics.UnknownKey(PathOf(YamlText.Shorten(entry.Key)), near, _known, entry.KeySpan));
            _missing.Remove(near ?? "");
        }

        foreach (var key in _missing)
        {
            _problems.Add(AgentDiagnostics.MissingKey(PathOf(key), _prefix.Length == 0 ? SourceSpan.OfFile(_problems.Spans.File) : Span));
        }
    }

    private double Number(string key, double? otherwise, double least, double most, bool whole, string kind)
    {
        var style = whole ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        switch (Find(key, required: otherwise is null))
        {
            case null:
                return otherwise ?? 0;
            case YamlScalar { Plain: true, Text.Length: <= 40 } scalar
                when double.TryParse(scalar.Text, style, CultureInfo.InvariantCulture, out var value):
                if (value >= least && value <= most)
                {
                    return value;
                }

                _problems.Add(AgentDiagnostics.OutOfRange(PathOf(key), scalar.Text, least, most, scalar.Span));
                return 0;
            case var node:
                _problems.Add(AgentDiagnostics.WrongType($"'{PathOf(key)}'", kind, node.Describe(), node.Span));
                return 0;
        }
    }

    private YamlNode? Find(string key, bool required)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
            _problems.KnownPaths.Add(PathOf(key));
        }

        foreach (var entry in _map.Entries)
        {
            if (entry.Key == key)
            {
                _problems.Spans.Add(PathOf(key), entry.Value.Span);
                return entry.Value;
            }
        }

        if (required && !_missing.Contains(key))
        {
            _missing.Add(key);
        }

        return null;
    }
}

/// <summary>What reading a document has found so far.</summary>
internal sealed class YamlProblems(string file)
{
    private readonly List<Diagnostic> _found = [];

    public FieldSpans Spans { get; } = new(file);

    /// <summary>Every path that the reader knows, for the test that compares it with the JSON schema.</summary>
    public List<string> KnownPaths { get; } = [];

    /// <summary>The findings from top to bottom.</summary>
    public IReadOnlyList<Diagnostic> Found =>
        [.. _found.OrderBy(d => d.Span?.Line is null or 0 ? int.MaxValue : d.Span.Line).ThenBy(d => d.Span?.Column)];

    public bool HasErrors => _found.Any(d => d.Severity == Severity.Error);

    public void Add(Diagnostic diagnostic) => _found.Add(diagnostic);
}
