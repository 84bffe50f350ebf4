using HwSeed.Hdl.Rtl;
using HwSeed.Toolchain;

namespace HwSeed.Hdl.Tests.Toolchain;

internal sealed class ReadBackTests
{
    private static readonly Module s_top = new(
        "pair", [new("a", PortDirection.Input, 2), new("q", PortDirection.Output, 1)], [], [], [], [], []);

    private static readonly PinAssignment[] s_pins = [new("a", 0, "A1"), new("a", 1, "A2"), new("clk", null, "B1"), new("q", null, "C3")];

    private const string Raw = """

        module chip (input pad_0, input pad_2, output pad_3, input pad_1);

        wire pad_0, n1, pad_2;
        reg pad_3 = 0;

        assign n1 = /* LUT    1  2  0 */ (pad_0 ? 1'b0 : 1'b1);
        /* FF  1  2  0 */ always @(posedge pad_2) if (1'b1) pad_3 <= 1'b0 ? 1'b0 : n1;

        endmodule

        """;

    [Test]
    public void Pin_files_are_read_as_they_are_written()
    {
        Assert.That(PinFile.Read("# pins\n\n" + PinFile.Write(s_pins), "x.pcf").OrThrow(), Is.EqualTo(s_pins));
    }

    [TestCase("set_io a", "x.pcf:1:1: error HW3207: not a pin file: it is not 'set_io SIGNAL PIN'")]
    [TestCase("set_io a A1\nset_io a A2", "x.pcf:2:1: error HW3207: not a pin file: a stands twice")]
    [TestCase("set_io a A1\nset_io b A1", "x.pcf:2:1: error HW3207: not a pin file: pin A1 stands twice")]
    public void A_line_that_is_no_assignment_has_its_place(string text, string message) =>
        Assert.That(PinFile.Read(text, "x.pcf").Diagnostics.Select(d => d.ToString().Split('\n')[0]), Is.EqualTo((string[])[message]));

    [Test]
    public void The_pins_of_a_bus_are_joined_and_every_net_is_declared_once()
    {
        Assert.That(ChipNetlist.Of(Raw, s_pins, s_top).OrThrow().ReplaceLineEndings("\n"), Is.EqualTo("""
            module pair(
                input clk,
                input [1:0] a,
                output q);


            wire n1;
            reg pad_3 = 0;

            assign n1 = /* LUT    1  2  0 */ (a[0] ? 1'b0 : 1'b1);
            /* FF  1  2  0 */ always @(posedge clk) if (1'b1) pad_3 <= 1'b0 ? 1'b0 : n1;

            assign q = pad_3;
            endmodule

            """.ReplaceLineEndings("\n")));
    }

    [TestCase("output pad_3", "input pad_3", "HW3208: the bitstream is not this design's: nothing drives pin C3, which has to carry output q")]
    [TestCase("input pad_1", "output pad_1", "HW3208: the bitstream is not this design's: the chip drives pin A2, which has to carry input a[1]")]
    [TestCase("input pad_1", "input pad_1, output io_0_3_1", "HW3208: the bitstream is not this design's: the chip uses a pin that the pin file does not name, io_0_3_1")]
    [TestCase("assign n1", "SB_PLL40_CORE #(\nassign n1", "HW3209: the bitstream uses SB_PLL40_CORE, which cannot be read back; logic, carries, flip-flops and block memories can")]
    [TestCase("endmodule", "", "HW3003: icebox_vlog failed with exit code 0: its netlist is not complete")]
    public void A_netlist_that_is_not_the_designs_is_refused(string old, string changed, string message) =>
        Assert.That(ChipNetlist.Of(Raw.Replace(old, changed, StringComparison.Ordinal), s_pins, s_top).Diagnostics.Select(d => d.ToString()),
            Is.EqualTo((string[])[$"error {message}"]));

    [Test]
    public void Pins_and_ports_are_one_to_one()
    {
        Assert.That(ChipNetlist.Of(Raw, [.. s_pins[..3], new("p", null, "C3")], s_top).Diagnostics.Select(d => d.Message), Is.EqualTo((string[])
            ["the bitstream is not this design's: no pin carries q", "the bitstream is not this design's: pin C3 carries p, and the design has no such port"]));
    }

    [Test]
    [Category("fpga")]
    public async Task A_bitstream_is_read_back_with_its_pins_and_only_on_its_own_die()
    {
        Needs.Tools(ExternalTool.Yosys, ExternalTool.Nextpnr, ExternalTool.Icepack, ExternalTool.Iceunpack, ExternalTool.IceboxVlog, ExternalTool.Python);
        using var scratch = new Scratch();
        const string Text = "module pair(input clk, input [1:0] a, output reg q); always @(posedge clk) q <= q ^ &a; endmodule";
        var report = (await Fpga.SynthesiseAsync(scratch.Path, Text, "pair", FpgaDevices.Hx1k, SynthesisOptions.Default)).OrThrow();
        var pcf = Path.Combine(scratch.Path, "pair.pcf");
        var pins = PinFile.Read(File.ReadAllText(pcf), pcf).OrThrow();
        Assert.That(pins.Select(p => p.Signal), Is.EqualTo((string[])["a[0]", "a[1]", "clk", "q"]));

        var bytes = File.ReadAllBytes(report.BitstreamPath);
        var chip = (await ReadBack.ToVerilogAsync(Path.Combine(scratch.Path, "back"), bytes, pins, s_top, FpgaDevices.Hx1k)).OrThrow();
        Assert.That((chip.Luts, chip.FlipFlops, chip.Brams), Is.EqualTo((1, 1, 0)));
        var other = await ReadBack.ToVerilogAsync(Path.Combine(scratch.Path, "other"), bytes, pins, s_top, FpgaDevices.Hx8k);
        Assert.That(other.Diagnostics.Select(d => d.ToString()),
            Is.EqualTo((string[])["error HW3210: the bitstream is for an iCE40 1k, and hx8k is an iCE40 8k"]));
    }
}
