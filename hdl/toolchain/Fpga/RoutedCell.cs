using System.Text.Json;

namespace HwSeed.Toolchain;

/// <summary>A pin of a routed cell; nothing is connected where its net is null.</summary>
internal sealed record RoutedPin(string Name, string? Net, bool IsOutput);

/// <summary>A cell of the netlist that nextpnr wrote.</summary>
/// <param name="json">It.</param>
internal sealed class RoutedCell(JsonElement json)
{
    private readonly Dictionary<string, string> _parameters = json.GetProperty("parameters").EnumerateObject()
        .ToDictionary(p => p.Name, p => p.Value.GetString()!.Replace('x', '0'));

    private readonly Dictionary<string, RoutedPin> _pins = json.GetProperty("connections").EnumerateObject().ToDictionary(c => c.Name, c => new RoutedPin(
        c.Name, c.Value.GetArrayLength() == 0 ? null : RoutedNetlist.NetOf(c.Value[0]),
        json.GetProperty("port_directions").GetProperty(c.Name).GetString() == "output"));

    /// <summary>Its kind, as <c>ICESTORM_LC</c>.</summary>
    public string Type { get; } = json.GetProperty("type").GetString()!;

    /// <summary>All pins.</summary>
    public IReadOnlyCollection<RoutedPin> Pins => _pins.Values;

    /// <summary>Its parameters as bits, the highest first; what is undefined is 0, as it is in the bitstream.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>The net at a pin; null where there is none.</summary>
    public string? Net(string pin) => _pins.GetValueOrDefault(pin)?.Net;

    /// <summary>A parameter; empty where there is none.</summary>
    public string Bits(string parameter) => _parameters.GetValueOrDefault(parameter, "");

    /// <summary>Whether a parameter of one bit is 1.</summary>
    public bool Has(string parameter) => Bits(parameter).EndsWith('1');

    /// <summary>Where it lies, or what else nextpnr notes.</summary>
    public string? Attribute(string name) => json.GetProperty("attributes").TryGetProperty(name, out var value) ? value.GetString() : null;
}
