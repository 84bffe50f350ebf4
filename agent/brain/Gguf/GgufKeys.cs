using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Brain.Gguf;

/// <summary>Typed look-ups in the metadata that gather what is wrong instead of stopping at the first fault.</summary>
internal sealed class GgufKeys(GgufFile file)
{
    public List<Diagnostic> Faults { get; } = [];

    public bool Has(string key) => file.Find(key) is not null;

    public int Integer(string key) => file.Find(key) switch
    {
        GgufUnsigned { Value: <= int.MaxValue } number => (int)number.Value,
        GgufSigned { Value: >= 0 and <= int.MaxValue } number => (int)number.Value,
        var other => Fault<int>(key, other, "an integer from 0 to 2147483647"),
    };

    public float Number(string key) => file.Find(key) switch
    {
        GgufFloat number when double.IsFinite(number.Value) => (float)number.Value,
        var other => Fault<float>(key, other, "a finite number"),
    };

    public string? Text(string key) => file.Find(key) switch
    {
        GgufText text => text.Value,
        var other => Fault<string>(key, other, "a text"),
    };

    public int Count(string key) => file.Find(key) switch
    {
        GgufArray array => array.Items.Count,
        var other => Fault<int>(key, other, "an array"),
    };

    public string[]? Texts(string key) => file.Find(key) switch
    {
        GgufArray { ElementType: GgufType.Text } array => [.. array.Items.Select(i => ((GgufText)i).Value)],
        var other => Fault<string[]>(key, other, "an array of texts"),
    };

    private T? Fault<T>(string key, GgufValue? found, string wanted)
    {
        Faults.Add(found is null
            ? BrainDiagnostics.MissingKey(file.Name, key)
            : BrainDiagnostics.KeyValue(file.Name, key, wanted));
        return default;
    }
}
