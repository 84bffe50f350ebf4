using System.Text;
using System.Text.Json;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>
/// The netlist that nextpnr-ice40 routed, as Verilog with the vendor's models of its cells. It is what icepack's input says, not what a
/// bitstream says: for blocks that cannot be read back from one. A PLL is a wire from its pin, always locked; pads are inputs and outputs.
/// </summary>
/// <param name="Verilog">The module and the models of its cells.</param>
/// <param name="LogicCells">ICESTORM_LC cells.</param>
/// <param name="Brams">ICESTORM_RAM cells.</param>
/// <param name="Dsps">ICESTORM_DSP cells, simulated as SB_MAC16.</param>
/// <param name="Plls">PLLs, simulated as wires.</param>
public sealed record RoutedNetlist(string Verilog, int LogicCells, int Brams, int Dsps, int Plls)
{
    // What an input that nothing is routed to reads: clock enables are 1.
    private static readonly HashSet<string> s_high = ["CEN", "CE", "RCLKE", "WCLKE"];

    private static readonly string[] s_models = ["ICESTORM_LC", "ICESTORM_RAM", "SB_RAM40_4K", "SB_MAC16"];

    /// <summary>Reads what <c>nextpnr-ice40 --write</c> wrote.</summary>
    /// <param name="placedJson">The file's text.</param>
    /// <param name="name">The name that the module gets.</param>
    /// <returns>The netlist. HW3209: a cell without a model. HW3001: no Yosys, which has the models.</returns>
    public static Checked<RoutedNetlist> Read(ReadOnlyMemory<byte> placedJson, string name)
    {
        using var document = JsonDocument.Parse(placedJson);
        var module = document.RootElement.GetProperty("modules").EnumerateObject().Single().Value;
        Cell[] cells = [.. module.GetProperty("cells").EnumerateObject().Select(c => new Cell(c.Value))];
        var (nets, body, ports) = (new SortedSet<int>(), new StringBuilder(), new List<string>());
        foreach (var port in module.GetProperty("ports").EnumerateObject())
        {
            var (bits, input) = (port.Value.GetProperty("bits"), port.Value.GetProperty("direction").GetString() == "input");
            var width = bits.GetArrayLength();
            ports.Add($"{(input ? "input" : "output")} {(width > 1 ? $"[{width - 1}:0] " : "")}{port.Name}");
            foreach (var (index, bit) in bits.EnumerateArray().Index())
            {
                nets.Add(bit.GetInt32());
                var pad = width > 1 ? $"{port.Name}[{index}]" : port.Name;
                body.Append(input ? $"assign n{bit} = {pad};\n" : $"assign {pad} = n{bit};\n");
            }
        }

        // A PLL at a pad has no net from it: it is the only input pad that reaches no logic.
        string[] silent = [.. cells.Where(c => c.Type == "SB_IO" && c.IsInput && c.Net("D_IN_0") is null).Select(c => c.Net("PACKAGE_PIN")).OfType<string>()];
        var pll = cells.FirstOrDefault(c => c.Type == "ICESTORM_PLL")?.Net("REFERENCECLK") ?? (silent.Length == 1 ? silent[0] : null);
        foreach (var (index, cell) in cells.Index())
        {
            nets.UnionWith(cell.Nets);
            if (Text(cell, index, pll) is not { } text)
            {
                return Checked.Fail<RoutedNetlist>(ToolDiagnostics.NotReadBack(cell.Type));
            }

            body.Append(text);
        }

        var head = $"module {name}(\n    {string.Join(",\n    ", ports)});\n{string.Concat(nets.Select(n => $"wire n{n};\n"))}";
        return VendorModels.Of(s_models).Then(models => Checked.Ok(new RoutedNetlist(
            $"{head}{body}endmodule\n{models}", Count("ICESTORM_LC"), Count("ICESTORM_RAM"), Count("ICESTORM_DSP"), Count("ICESTORM_PLL"))));

        int Count(string type) => cells.Count(c => c.Type == type);
    }

    // Null for a cell, or a use of one, that has no model here.
    private static string? Text(Cell cell, int index, string? pll) => cell.Type switch
    {
        "ICESTORM_LC" or "ICESTORM_RAM" => Instance(cell.Type, index, cell, cell.Connections.Select(c => Pin(c.Name, c.Net ?? Idle(c))).OfType<string>()),
        "ICESTORM_DSP" => string.Concat(cell.Connections.Where(c => c.IsOutput && c.Net is null).Select(c => $"wire u{index}_{c.Name};\n"))
            + Instance("SB_MAC16", index, cell, DspPins(cell, index)),
        "SB_GB" when (cell.Net("USER_SIGNAL_TO_GLOBAL_BUFFER") ?? pll) is { } from => $"assign {cell.Net("GLOBAL_BUFFER_OUTPUT")} = {from};\n",
        "SB_IO" when cell.IsInput => cell.Net("D_IN_0") is { } read ? $"assign {read} = {cell.Net("PACKAGE_PIN")};\n" : "",
        "SB_IO" when cell.IsOutput => $"assign {cell.Net("PACKAGE_PIN")} = {cell.Net("D_OUT_0")};\n",
        "ICESTORM_PLL" when pll is not null => string.Concat(((string[])["PLLOUT_A", "PLLOUT_B"]).Select(p => cell.Net(p)).OfType<string>().Select(n => $"assign {n} = {pll};\n"))
            + (cell.Net("LOCK") is { } locked ? $"assign {locked} = 1'b1;\n" : ""),
        _ => null,
    };

    private static string Instance(string model, int index, Cell cell, IEnumerable<string> pins) =>
        $"{model} #({string.Join(", ", cell.Parameters.Select(p => $".{p.Name}({p.Bits.Length}'b{p.Bits.Replace('x', '0')})"))}) c{index}({string.Join(", ", pins)});\n";

    // nextpnr has a pin for each bit; the vendor's model has buses.
    private static IEnumerable<string> DspPins(Cell cell, int index) => cell.Connections.GroupBy(c => c.Name.Split('_')[0]).Select(bus =>
        $".{bus.Key}({{{string.Join(", ", bus.OrderByDescending(BitOf).Select(b => b.Net ?? Idle(b) ?? $"u{index}_{b.Name}"))}}})");

    private static int BitOf(Connection bit) => bit.Name.Split('_') is [_, var number] ? int.Parse(number, null) : 0;

    private static string? Pin(string name, string? net) => net is null ? null : $".{name}({net})";

    private static string? Idle(Connection connection) => connection.IsOutput ? null : s_high.Contains(connection.Name) ? "1'b1" : "1'b0";

    private sealed record Connection(string Name, string? Net, bool IsOutput);

    private sealed class Cell(JsonElement json)
    {
        public string Type { get; } = json.GetProperty("type").GetString()!;

        public IReadOnlyList<(string Name, string Bits)> Parameters { get; } =
            [.. json.GetProperty("parameters").EnumerateObject().Select(p => (p.Name, p.Value.GetString()!))];

        public IReadOnlyList<Connection> Connections { get; } =
        [
            .. json.GetProperty("connections").EnumerateObject().Select(c => new Connection(
                c.Name, c.Value.GetArrayLength() == 0 ? null : $"n{c.Value[0].GetInt32()}",
                json.GetProperty("port_directions").GetProperty(c.Name).GetString() == "output")),
        ];

        public IEnumerable<int> Nets => Connections.Where(c => c.Net is not null).Select(c => int.Parse(c.Net![1..], null));

        public bool IsInput => PinType == "000001";

        public bool IsOutput => PinType == "011001";

        private string PinType => Parameters.FirstOrDefault(p => p.Name == "PIN_TYPE").Bits is { } bits ? bits[^6..] : "";

        public string? Net(string pin) => Connections.FirstOrDefault(c => c.Name == pin)?.Net;
    }
}
