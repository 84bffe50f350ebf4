namespace HwSeed.Hdl.Verilog.Preprocessing;

/// <summary>One string object for each text of a file's tokens.</summary>
internal sealed class Strings
{
    private readonly HashSet<string> _known = [];
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public Strings() => _lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Of(ReadOnlySpan<char> text)
    {
        if (_lookup.TryGetValue(text, out var known))
        {
            return known;
        }

        var made = text.ToString();
        _known.Add(made);
        return made;
    }
}
