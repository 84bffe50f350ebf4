using System.Text;
using System.Text.Json;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>
/// The netlist that nextpnr-ice40 routed, as Verilog with the vendor's models of its cells. It is what icepack's input says, not what a
/// bitstream says: for blocks that cannot be read back from one. A PLL is a wire from its pin, always locked; pads are inputs and outputs.
/// </summary>
/// <param name="Verilog">The module and the models of its cells.</param>
/// <param name="LogicCells">ICESTORM_LC cells.</param>
/// <param name="Brams">ICESTORM_RAM cells, simulated as SB_RAM40_4K.</param>
/// <param name="Dsps">ICESTORM_DSP cells, simulated as SB_MAC16.</param>
/// <param name="Plls">PLLs, simulated as wires.</param>
public sealed record RoutedNetlist(string Verilog, int LogicCells, int Brams, int Dsps, int Plls)
{
    // What an input that nothing is routed to reads: clock enables are 1, everything else is 0.
    private static readonly HashSet<string> s_high = ["CE", "RCLKE", "WCLKE"];

    /// <summary>Reads what <c>nextpnr-ice40 --write</c> wrote.</summary>
    /// <param name="placedJson">The file's text.</param>
    /// <param name="name">The name that the module gets.</param>
    /// <returns>The netlist. HW3213: a cell, or a use of one, without a model. HW3001: no Yosys, which has the models.</returns>
    public static Checked<RoutedNetlist> Read(ReadOnlyMemory<byte> placedJson, string name)
    {
        using var document = JsonDocument.Parse(placedJson);
        var module = document.RootElement.GetProperty("modules").EnumerateObject().Single().Value;
        RoutedCell[] cells = [.. module.GetProperty("cells").EnumerateObject().Select(c => new RoutedCell(c.Value))];
        var (nets, registers, body, ports) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<string>(), new StringBuilder(), new List<string>());
        foreach (var port in module.GetProperty("ports").EnumerateObject())
        {
            var isInput = port.Value.GetProperty("direction").GetString() == "input";
            var pad = NetOf(port.Value.GetProperty("bits")[0]);
            ports.Add($"{(isInput ? "input" : "output")} {port.Name}");
            nets.Add(pad);
            body.Append(isInput ? $"assign {pad} = {port.Name};\n" : $"assign {port.Name} = {pad};\n");
        }

        var reference = Reference(cells);
        foreach (var (index, cell) in cells.Index())
        {
            nets.UnionWith(cell.Pins.Select(p => p.Net).OfType<string>());
            if (Text(cell, index, reference, registers) is not { } text)
            {
                return Checked.Fail<RoutedNetlist>(ToolDiagnostics.NotSimulated(cell.Type));
            }

            body.Append(text);
        }

        var declared = string.Concat(nets.Select(n => registers.Contains(n) ? $"reg {n} = 1'b0;\n" : $"wire {n};\n"));
        string[] models = [.. (Count("ICESTORM_RAM") > 0 ? (string[])["SB_RAM40_4K"] : []), .. (Count("ICESTORM_DSP") > 0 ? (string[])["SB_MAC16"] : [])];
        return (models.Length > 0 ? VendorModels.Of(models) : Checked.Ok("")).Then(text => Checked.Ok(new RoutedNetlist(
            $"module {name}(\n    {string.Join(",\n    ", ports)});\n{declared}{body}endmodule\n{text}",
            Count("ICESTORM_LC"), Count("ICESTORM_RAM"), Count("ICESTORM_DSP"), Count("ICESTORM_PLL"))));

        int Count(string type) => cells.Count(c => c.Type == type);
    }

    /// <summary>Our name of a net: nextpnr's are of any letters.</summary>
    internal static string NetOf(JsonElement bit) => $"n{bit.GetInt32()}";

    // The net of the PLL's clock pin. One at a pad of its own is not connected to it by a net.
    private static string? Reference(IReadOnlyCollection<RoutedCell> cells) => cells.Where(c => c.Type == "ICESTORM_PLL").ToArray() switch
    {
        [var pll] when pll.Net("REFERENCECLK") is { } net => net,
        [var pll] when pll.Attribute("BEL_PAD_INPUT") is { } place =>
            cells.SingleOrDefault(c => c.Type == "SB_IO" && c.Attribute("NEXTPNR_BEL") == place)?.Net("PACKAGE_PIN"),
        _ => null,
    };

    // Null for a cell, or a use of one, that has no model here.
    private static string? Text(RoutedCell cell, int index, string? reference, HashSet<string> registers) => (cell.Type, cell.Bits("PIN_TYPE")) switch
    {
        ("ICESTORM_LC", _) => LogicCellText.Of(cell, registers),
        ("ICESTORM_RAM", _) when !cell.Has("NEG_CLK_R") && !cell.Has("NEG_CLK_W") => Block("SB_RAM40_4K", cell, index, "NEG_CLK_R", "NEG_CLK_W"),
        ("ICESTORM_DSP", _) => Block("SB_MAC16", cell, index),

        // The buffer behind a PLL is the PLL's own.
        ("SB_GB", _) when (cell.Net("USER_SIGNAL_TO_GLOBAL_BUFFER") ?? reference) is { } from => Wire(cell, "GLOBAL_BUFFER_OUTPUT", from),
        ("SB_IO", [.., '0', '0', '0', '0', '0', '1']) => Wire(cell, "D_IN_0", cell.Net("PACKAGE_PIN")),
        ("SB_IO", [.., '0', '1', '1', '0', '0', '1']) => Wire(cell, "PACKAGE_PIN", cell.Net("D_OUT_0") ?? "1'b0"),
        ("ICESTORM_PLL", _) when reference is not null =>
            Wire(cell, "PLLOUT_A", reference) + Wire(cell, "PLLOUT_A_GLOBAL", reference) + Wire(cell, "LOCK", "1'b1"),
        _ => null,
    };

    private static string Wire(RoutedCell cell, string pin, string? from) => cell.Net(pin) is { } to && from is not null ? $"assign {to} = {from};\n" : "";

    // nextpnr has a pin for each bit; the vendor's model has buses. An output that nothing reads has a wire of its own.
    private static string Block(string model, RoutedCell cell, int index, params IEnumerable<string> without)
    {
        var parameters = cell.Parameters.Where(p => !without.Contains(p.Key)).Select(p => $".{p.Key}({p.Value.Length}'b{p.Value})");
        var pins = cell.Pins.GroupBy(p => p.Name.Split('_')[0]).Select(bus =>
            $".{bus.Key}({{{string.Join(", ", bus.OrderByDescending(BitOf).Select(p => p.Net ?? Idle(p)))}}})");
        var open = cell.Pins.Where(p => p is { IsOutput: true, Net: null }).Select(p => $"wire {Idle(p)};\n");
        return $"{string.Concat(open)}{model} #({string.Join(", ", parameters)}) c{index}({string.Join(", ", pins)});\n";

        string Idle(RoutedPin pin) => pin.IsOutput ? $"u{index}_{pin.Name}" : s_high.Contains(pin.Name) ? "1'b1" : "1'b0";
    }

    private static int BitOf(RoutedPin pin) => pin.Name.Split('_') is [_, var number] ? int.Parse(number, null) : 0;
}
