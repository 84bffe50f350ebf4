using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Documents;

/// <summary>A piece of a YAML document and where it stands.</summary>
/// <param name="Span">Where the node is written.</param>
internal abstract record YamlNode(SourceSpan Span)
{
    /// <summary>What the node is, as error messages name it.</summary>
    public abstract string Describe();
}

/// <summary>One value.</summary>
/// <param name="Text">The value without quotes.</param>
/// <param name="Plain">Whether it stood without quotes: only plain scalars can be numbers or booleans.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record YamlScalar(string Text, bool Plain, SourceSpan Span) : YamlNode(Span)
{
    public override string Describe() => Text.Length == 0 && Plain ? "nothing" : $"'{YamlText.Shorten(Text)}'";
}

/// <summary>A list of nodes.</summary>
internal sealed record YamlList(EquatableArray<YamlNode> Items, SourceSpan Span) : YamlNode(Span)
{
    public override string Describe() => "a list";
}

/// <summary>Keys with nodes, in the order written; the reader has refused duplicates.</summary>
internal sealed record YamlMap(EquatableArray<YamlEntry> Entries, SourceSpan Span) : YamlNode(Span)
{
    public override string Describe() => "a map";
}

/// <summary>One <c>key: value</c>.</summary>
internal sealed record YamlEntry(string Key, SourceSpan KeySpan, YamlNode Value);
