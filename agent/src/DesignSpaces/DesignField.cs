using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.DesignSpaces;

/// <summary>One categorical choice of a design.</summary>
/// <param name="Name">The property of <see cref="Architecture"/>.</param>
/// <param name="Label">Short name in tokens and moves, as <c>rows</c>.</param>
/// <param name="Values">The options in rising order.</param>
/// <param name="Value">Reads the field of an architecture as a number.</param>
public sealed record DesignField(string Name, string Label, EquatableArray<int> Values, Func<Architecture, int> Value)
{
    /// <summary>An option as people read it: dataflows by name, buffering as no or yes, all else as the number.</summary>
    /// <param name="option">Position in <see cref="Values"/>.</param>
    public string Text(int option) => (Label, Values[option]) switch
    {
        ("df", 0) => "os",
        ("df", 1) => "ws",
        ("df", 2) => "is",
        ("df", _) => "broadcast",
        ("db", 0) => "no",
        ("db", _) => "yes",
        (_, var value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The option of a value, or -1.</summary>
    internal int OptionOf(int value) => Values.AsSpan().IndexOf(value);
}
