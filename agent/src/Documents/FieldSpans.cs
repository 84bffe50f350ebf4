using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Documents;

/// <summary>Where each field of a document stands, by its dotted path, as <c>array.rows</c>.</summary>
public sealed class FieldSpans
{
    private readonly Dictionary<string, SourceSpan> _spans = new(StringComparer.Ordinal);

    /// <summary>A place for every field of a document of which only the name is known.</summary>
    /// <param name="file">Path as the user gave it.</param>
    public FieldSpans(string file) => File = file;

    /// <summary>Path of the document as the user gave it.</summary>
    public string File { get; }

    /// <summary>Where a field's value stands; where it is absent, the nearest map around it; else the file.</summary>
    /// <param name="path">Dotted path, list positions from 0 in brackets, as <c>gemms[2].m</c>.</param>
    public SourceSpan Of(string path)
    {
        for (var part = path; part.Length > 0; part = part[..Math.Max(0, part.LastIndexOfAny(['.', '[']))])
        {
            if (_spans.TryGetValue(part, out var span))
            {
                return span;
            }
        }

        return SourceSpan.OfFile(File);
    }

    /// <summary>Whether the document has the field.</summary>
    /// <param name="path">Dotted path.</param>
    public bool Has(string path) => _spans.ContainsKey(path);

    /// <summary>The diagnostic with the position of a field, when it has no position yet.</summary>
    /// <param name="field">Dotted path.</param>
    /// <param name="diagnostic">A finding about that field.</param>
    public Diagnostic Place(string field, Diagnostic diagnostic) =>
        diagnostic.Span is null ? diagnostic with { Span = Of(field) } : diagnostic;

    internal void Add(string path, SourceSpan span) => _spans.TryAdd(path, span);
}
