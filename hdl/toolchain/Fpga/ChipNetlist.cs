using System.Text;
using System.Text.RegularExpressions;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Toolchain;

/// <summary>
/// Turns what icebox_vlog writes of a chip into a module with the ports of the design: the pins of a bus are joined,
/// and each net is declared once, as simulators other than Yosys ask for.
/// </summary>
internal static partial class ChipNetlist
{
    /// <summary>The name that a pin has in the pin file that icebox_vlog gets: a net name that needs no escape.</summary>
    public static string PadOf(int pin) => $"pad_{pin}";

    /// <summary>The module, without the cells that it instantiates.</summary>
    /// <param name="raw">icebox_vlog's output, its pins named by <see cref="PadOf"/>.</param>
    /// <param name="pins">The pins, numbered as in the names.</param>
    /// <param name="top">The design's top module.</param>
    /// <returns>The text. HW3208: the pins do not carry the design's ports. HW3209: a cell that cannot be read back.</returns>
    public static Checked<string> Of(string raw, IReadOnlyList<PinAssignment> pins, Module top)
    {
        if (Header().Match(raw) is not { Success: true } header || !raw.TrimEnd().EndsWith("endmodule", StringComparison.Ordinal))
        {
            return Checked.Fail<string>(ToolDiagnostics.ToolFailed("icebox_vlog", 0, "its netlist is not complete"));
        }

        var directions = PortOf().Matches(header.Groups["ports"].Value)
            .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["direction"].Value);
        var body = raw[(header.Index + header.Length)..raw.LastIndexOf("endmodule", StringComparison.Ordinal)];
        var problems = Problems(directions, pins, top).Concat(ForeignCells(body)).ToList();
        return problems.Count > 0 ? Checked.Fail<string>(problems) : Checked.Ok(Text(body, pins, top));
    }

    /// <summary>The ports with the clock, which the hardware language leaves implicit.</summary>
    private static IEnumerable<Port> PortsOf(Module top) =>
        top.HasImplicitClock ? top.Ports.Prepend(new("clk", PortDirection.Input, 1)) : top.Ports;

    private static IEnumerable<Diagnostic> Problems(
        Dictionary<string, string> directions, IReadOnlyList<PinAssignment> pins, Module top)
    {
        var wanted = PortsOf(top).SelectMany(p => Enumerable.Range(0, p.Width).Select(bit => (Port: p, Signal: Bit(p, bit)))).ToList();
        var assigned = pins.Index().ToDictionary(p => p.Item.Signal, p => p.Index);
        foreach (var (port, signal) in wanted)
        {
            if (!assigned.TryGetValue(signal, out var pin))
            {
                yield return ToolDiagnostics.PinsDiffer($"no pin carries {signal}");
            }
            else if ((directions.GetValueOrDefault(PadOf(pin)) == "output") != (port.Direction == PortDirection.Output))
            {
                yield return ToolDiagnostics.PinsDiffer(port.Direction == PortDirection.Output
                    ? $"nothing drives pin {pins[pin].Pin}, which has to carry output {signal}"
                    : $"the chip drives pin {pins[pin].Pin}, which has to carry input {signal}");
            }
        }

        foreach (var pin in pins.Where(p => !wanted.Any(w => w.Signal == p.Signal)))
        {
            yield return ToolDiagnostics.PinsDiffer($"pin {pin.Pin} carries {pin.Signal}, and the design has no such port");
        }

        foreach (var place in directions.Keys.Where(name => !name.StartsWith("pad_", StringComparison.Ordinal)))
        {
            yield return ToolDiagnostics.PinsDiffer($"the chip uses a pin that the pin file does not name, {place}");
        }
    }

    private static IEnumerable<Diagnostic> ForeignCells(string body) => Instance().Matches(body)
        .Select(m => m.Groups["cell"].Value).Distinct().Where(cell => !cell.StartsWith("SB_RAM40_4K", StringComparison.Ordinal))
        .Select(ToolDiagnostics.NotReadBack);

    private static string Text(string body, IReadOnlyList<PinAssignment> pins, Module top)
    {
        var outputs = top.OutputPorts.Select(p => p.Name).ToHashSet();
        var signals = pins.Index().Where(p => !outputs.Contains(p.Item.Port)).ToDictionary(p => PadOf(p.Index), p => p.Item.Signal);
        var declared = WireLine().Replace(body, line =>
        {
            var names = line.Groups["names"].Value.Split(", ").Where(n => !signals.ContainsKey(n)).ToList();
            return names.Count == 0 ? "" : $"wire {string.Join(", ", names)};";
        });
        var text = new StringBuilder($"module {top.Name}(\n    ");
        text.AppendJoin(",\n    ", PortsOf(top).Select(p =>
            $"{(p.Direction == PortDirection.Input ? "input" : "output")} {(p.Width > 1 ? $"[{p.Width - 1}:0] " : "")}{p.Name}"));
        text.Append(");\n").Append(Pad().Replace(declared, m => signals.GetValueOrDefault(m.Value, m.Value)));
        foreach (var (number, pin) in pins.Index().Where(p => outputs.Contains(p.Item.Port)))
        {
            text.Append($"assign {pin.Signal} = {PadOf(number)};\n");
        }

        return text.Append("endmodule\n").ToString();
    }

    private static string Bit(Port port, int bit) => port.Width == 1 ? port.Name : $"{port.Name}[{bit}]";

    [GeneratedRegex(@"^module chip \((?<ports>[^)]*)\);", RegexOptions.Multiline)]
    private static partial Regex Header();

    [GeneratedRegex(@"(?<direction>input|output|inout) (?<name>\w+)")]
    private static partial Regex PortOf();

    [GeneratedRegex(@"^wire (?<names>.*);$", RegexOptions.Multiline)]
    private static partial Regex WireLine();

    [GeneratedRegex(@"\bpad_\d+\b")]
    private static partial Regex Pad();

    [GeneratedRegex(@"^(/\* (?<cell>DSP)\d|(?<cell>SB_\w+) )", RegexOptions.Multiline)]
    private static partial Regex Instance();
}
