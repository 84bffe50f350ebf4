using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace HwSeed.Agent.Documents;

/// <summary>
/// Turns YAML text into nodes with positions. Built on the event parser rather than on a loaded document, so that
/// anchors, tags, depth and size are refused while reading, before anything has been expanded.
/// </summary>
internal sealed class YamlReader
{
    public const int LargestDepth = 16;
    public const int MostNodes = 10_000;

    private readonly YamlText _text;
    private readonly Parser _parser;
    private readonly List<Diagnostic> _problems = [];
    private int _nodes;

    private YamlReader(YamlText text) => (_text, _parser) = (text, new Parser(new StringReader(text.Text)));

    /// <summary>The document's top map, or what is wrong with the text.</summary>
    public static Checked<YamlMap> Read(YamlText text)
    {
        var reader = new YamlReader(text);
        try
        {
            var root = reader.ReadDocument();
            return root is null ? Checked.Fail<YamlMap>(reader._problems) : Checked.From(root, reader._problems);
        }
        catch (YamlException error)
        {
            var span = text.Span(error.Start.Line, error.Start.Column, error.End.Line, error.End.Column);
            // The parser points at the start of the map that the tab spoils.
            return Checked.Fail<YamlMap>(
                error.Message.Contains("tab", StringComparison.Ordinal) && text.FirstTabIndent() is { } tab
                    ? AgentDiagnostics.BadYaml("a tab indents this line; use spaces", tab)
                    : AgentDiagnostics.BadYaml(FirstSentence(error.Message), span));
        }
        catch (RefusedException refused)
        {
            return Checked.Fail<YamlMap>(refused.Diagnostic);
        }
    }

    private YamlMap? ReadDocument()
    {
        Next();
        if (!(Next() is DocumentStart))
        {
            _problems.Add(AgentDiagnostics.EmptyDocument(_text.File));
            return null;
        }

        var root = ReadNode(Next(), 1);
        Next();
        if (Next() is DocumentStart second)
        {
            _problems.Add(AgentDiagnostics.BadYaml("a file holds one document", SpanOf(second)));
        }

        if (root is YamlMap map)
        {
            return map;
        }

        _problems.Add(root is YamlScalar { Text: "", Plain: true }
            ? AgentDiagnostics.EmptyDocument(_text.File)
            : AgentDiagnostics.WrongType("the document", "a map of keys and values", root.Describe(), root.Span));
        return null;
    }

    private YamlNode ReadNode(ParsingEvent start, int depth)
    {
        var span = SpanOf(start);
        if (++_nodes > MostNodes)
        {
            throw new RefusedException(AgentDiagnostics.TooComplex($"it has more than {MostNodes} values", span));
        }

        if (depth > LargestDepth)
        {
            throw new RefusedException(
                AgentDiagnostics.TooComplex($"it is nested more than {LargestDepth} levels deep", span));
        }

        if (start is AnchorAlias || start is NodeEvent { Anchor.IsEmpty: false })
        {
            throw new RefusedException(AgentDiagnostics.Refused("anchors and aliases", span));
        }

        if (start is NodeEvent { Tag.IsEmpty: false })
        {
            throw new RefusedException(AgentDiagnostics.Refused("tags", span));
        }

        return start switch
        {
            Scalar scalar => new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, span),
            SequenceStart => ReadList(span, depth),
            MappingStart => ReadMap(span, depth),
            _ => throw new RefusedException(AgentDiagnostics.BadYaml("a value is expected here", span)),
        };
    }

    private YamlList ReadList(SourceSpan span, int depth)
    {
        var items = new List<YamlNode>();
        for (var next = Next(); next is not SequenceEnd; next = Next())
        {
            items.Add(ReadNode(next, depth + 1));
        }

        return new(items.ToEquatableArray(), span);
    }

    private YamlMap ReadMap(SourceSpan span, int depth)
    {
        var entries = new List<YamlEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var next = Next(); next is not MappingEnd; next = Next())
        {
            var key = ReadNode(next, depth + 1);
            var value = ReadNode(Next(), depth + 1);
            if (key is not YamlScalar { Text: var name })
            {
                _problems.Add(AgentDiagnostics.WrongType("a key", "a name", key.Describe(), key.Span));
            }
            else if (!lines.TryAdd(name, key.Span.Line))
            {
                _problems.Add(AgentDiagnostics.DuplicateKey(YamlText.Shorten(name), lines[name], key.Span));
            }
            else
            {
                entries.Add(new(name, key.Span, value));
            }
        }

        return new(entries.ToEquatableArray(), span);
    }

    private ParsingEvent Next() =>
        _parser.MoveNext() && _parser.Current is { } current
            ? current
            : throw new RefusedException(AgentDiagnostics.EmptyDocument(_text.File));

    private SourceSpan SpanOf(ParsingEvent node) =>
        _text.Span(node.Start.Line, node.Start.Column, node.End.Line, node.End.Column);

    // The parser's sentence without its position and full stop; ours stands in front already.
    private static string FirstSentence(string message)
    {
        var text = message.ReplaceLineEndings(" ");
        text = text.StartsWith('(') && text.IndexOf("): ", StringComparison.Ordinal) is var end and > 0
            ? text[(end + 3)..]
            : text;
        text = text.TrimEnd('.', ' ');
        return text.Length == 0 ? "this is not YAML" : char.ToLowerInvariant(text[0]) + text[1..];
    }

    private sealed class RefusedException(Diagnostic diagnostic) : Exception
    {
        public Diagnostic Diagnostic { get; } = diagnostic;
    }
}
