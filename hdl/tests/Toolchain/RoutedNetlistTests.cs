using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HwSeed.Toolchain;

namespace HwSeed.Hdl.Tests.Toolchain;

/// <summary>What nextpnr writes, as Verilog; and our logic cell beside the vendor's.</summary>
internal sealed class RoutedNetlistTests
{
    private static readonly string[] s_inputs = ["clk", "i0", "i1", "i2", "i3", "cin", "cen", "sr"];

    [Test]
    public void Logic_cells_pads_and_a_pll_become_plain_verilog()
    {
        var netlist = new PlacedNetlist()
            .Port("clk_pin", isInput: true, 1).Port("a", isInput: true, 2).Port("q", isInput: false, 3)
            .Cell("SB_IO", [("PIN_TYPE", "000001")], [("PACKAGE_PIN", 1, false)], "X12/Y31/io1")
            .Cell("SB_IO", [("PIN_TYPE", "000001")], [("PACKAGE_PIN", 2, false), ("D_IN_0", 4, true)], "X0/Y1/io0")
            .Cell("SB_IO", [("PIN_TYPE", "011001")], [("PACKAGE_PIN", 3, false), ("D_OUT_0", 5, false)], "X0/Y2/io0")
            .Cell("ICESTORM_PLL", [], [("LOCK", 6, true), ("PLLOUT_A_GLOBAL", null, true)], "X12/Y31/pll_3", ("BEL_PAD_INPUT", "X12/Y31/io1"))
            .Cell("SB_GB", [], [("GLOBAL_BUFFER_OUTPUT", 7, true), ("USER_SIGNAL_TO_GLOBAL_BUFFER", null, false)])
            .Cell("ICESTORM_LC", [("LUT_INIT", "1100110010101010"), ("DFF_ENABLE", "1"), ("SET_NORESET", "1")],
                [("I0", 4, false), ("I1", 6, false), ("I2", null, false), ("I3", 5, false), ("CLK", 7, false), ("SR", 4, false), ("CEN", null, false), ("O", 5, true)]);
        Assert.That(RoutedNetlist.Read(netlist.Bytes(), "chip").OrThrow(), Is.EqualTo(new RoutedNetlist("""
            module chip(
                input clk_pin,
                input a,
                output q);
            wire n1;
            wire n2;
            wire n3;
            wire n4;
            reg n5 = 1'b0;
            wire n6;
            wire n7;
            assign n1 = clk_pin;
            assign n2 = a;
            assign q = n3;
            assign n4 = n2;
            assign n3 = n5;
            assign n6 = 1'b1;
            assign n7 = n1;
            always @(posedge n7) n5 <= n4 ? 1'b1 : (n5 ? n6 : n4);
            endmodule

            """.ReplaceLineEndings("\n"), 1, 0, 0, 1)));
    }

    [TestCase("ICESTORM_HFOSC", "", "")]
    [TestCase("SB_IO", "PIN_TYPE", "000000")]
    [TestCase("SB_GB", "", "")]
    [TestCase("ICESTORM_RAM", "NEG_CLK_R", "1")]
    [TestCase("ICESTORM_LC", "CARRY_ENABLE", "0")]
    public void A_cell_that_is_not_simulated_is_refused_by_name(string type, string parameter, string value)
    {
        var netlist = new PlacedNetlist().Port("clk", isInput: true, 1)
            .Cell(type, parameter.Length > 0 ? [(parameter, value)] : [], [("COUT", 2, true), ("GLOBAL_BUFFER_OUTPUT", 3, true)]);
        Assert.That(RoutedNetlist.Read(netlist.Bytes(), "chip").Diagnostics.Single().ToString(), Does.StartWith($"error HW3213: the routed netlist uses {type} in a way"));
    }

    [Test]
    [Category("fpga")]
    public async Task Our_logic_cell_is_the_vendors_for_every_mode()
    {
        Needs.Tools(ExternalTool.Yosys);
        var (netlist, vendors, random) = (new PlacedNetlist(), new StringBuilder(), new Random(5));
        var ports = new List<string>();
        foreach (var (index, input) in s_inputs.Index())
        {
            netlist.Port(input, isInput: true, index + 1);
            ports.Add($"input {input}");
        }

        // All 32 modes, each with several tables, and with inputs that nothing is connected to.
        for (var cell = 0; cell < 96; cell++)
        {
            (string Name, string Bits)[] parameters =
            [
                ("LUT_INIT", Convert.ToString(random.Next(65536) & (cell % 3 == 0 ? random.Next(65536) : 65535), 2).PadLeft(16, '0')),
                .. ((string[])["NEG_CLK", "CARRY_ENABLE", "DFF_ENABLE", "SET_NORESET", "ASYNC_SR"]).Select((p, bit) => (p, $"{(cell >> bit) & 1}")),
                .. ((string[])["CIN_CONST", "CIN_SET"]).Select(p => (p, $"{random.Next(2)}")),
            ];
            var pins = s_inputs.Select((input, i) => (Name: input.ToUpperInvariant(), Net: input == "clk" || random.Next(4) > 0 ? i + 1 : (int?)null, IsOutput: false)).ToList();
            var connected = string.Concat(pins.Select(p => $".{p.Name}({(p.Net is { } net ? s_inputs[net - 1] : p.Name == "CEN" ? "1'b1" : "1'b0")}), "));
            var outputs = ((string[])["O", "LO", .. (cell & 2) > 0 ? (string[])["COUT"] : []]).Index().Select(o => (o.Item, Net: 100 + (3 * cell) + o.Index)).ToList();
            foreach (var (output, net) in outputs)
            {
                netlist.Port($"{output}_{cell}", isInput: false, net);
                ports.Add($"output {output}_{cell}");
            }

            netlist.Cell("ICESTORM_LC", parameters, [.. pins, .. outputs.Select(o => (o.Item, (int?)o.Net, true))]);
            vendors.Append($"ICESTORM_LC #({string.Join(", ", parameters.Select(p => $".{p.Name}({p.Bits.Length}'b{p.Bits})"))}) c{cell}(")
                .Append(connected).AppendJoin(", ", outputs.Select(o => $".{o.Item}({o.Item}_{cell})")).Append(");\n");
        }

        var ours = RoutedNetlist.Read(netlist.Bytes(), "cells").OrThrow();

        // The proof knows 0 and 1 alone, and every input of the vendor's cells is connected: none is 'z.
        var cells = Regex.Replace(VendorModels.Of("ICESTORM_LC").OrThrow(), @"\((\w+) === 1'bz\) \? 1'b[01] : \1", "$1");
        Assert.That(cells, Does.Not.Contain("1'bz"));
        var theirs = $"module cells({string.Join(", ", ports)});\n{vendors}endmodule\n{cells}";
        Assert.That((await Check(ours.Verilog, theirs)).Verdict, Is.EqualTo(new Proved()));

        // And the proof can fail: the first register without its reset value.
        var broken = ours.Verilog.Replace("? 1'b1 :", "? 1'b0 :", StringComparison.Ordinal);
        Assert.That(broken, Is.Not.EqualTo(ours.Verilog));
        Assert.That((await Check(broken, theirs)).Verdict, Is.InstanceOf<NotEquivalent>());
    }

    private static async Task<EquivalenceReport> Check(string ours, string theirs)
    {
        using var scratch = new Scratch();
        return (await Equivalence.CheckAsync(scratch.Path, ours, theirs, "cells", EquivalenceOptions.Default)).OrThrow();
    }

    /// <summary>A file as <c>nextpnr-ice40 --write</c> writes it.</summary>
    private sealed class PlacedNetlist
    {
        private readonly JsonObject _ports = [];
        private readonly JsonObject _cells = [];

        public PlacedNetlist Port(string name, bool isInput, int net)
        {
            _ports[name] = new JsonObject { ["direction"] = isInput ? "input" : "output", ["bits"] = new JsonArray(net) };
            return this;
        }

        public PlacedNetlist Cell(
            string type, IEnumerable<(string Name, string Bits)> parameters, IEnumerable<(string Name, int? Net, bool IsOutput)> pins, string place = "X1/Y1/lc0",
            params IEnumerable<(string Name, string Value)> attributes)
        {
            var all = pins.ToList();
            _cells[$"c{_cells.Count}"] = new JsonObject
            {
                ["type"] = type,
                ["parameters"] = new JsonObject(parameters.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)p.Bits))),
                ["attributes"] = new JsonObject(attributes.Append(("NEXTPNR_BEL", place)).Select(a => KeyValuePair.Create(a.Item1, (JsonNode?)a.Item2))),
                ["port_directions"] = new JsonObject(all.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)(p.IsOutput ? "output" : "input")))),
                ["connections"] = new JsonObject(all.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)(p.Net is { } net ? new JsonArray(net) : new JsonArray())))),
            };
            return this;
        }

        public byte[] Bytes() => Encoding.UTF8.GetBytes(
            new JsonObject { ["modules"] = new JsonObject { ["top"] = new JsonObject { ["ports"] = _ports, ["cells"] = _cells } } }.ToJsonString());
    }
}
