using HwSeed.Hdl.Diagnostics;
using HwSeed.Toolchain;

namespace HwSeed.Hdl.Tests.Toolchain;

internal sealed class ToolDiagnosticsTests
{
    [Test]
    public void A_missing_tool_names_its_package_and_how_to_install_it()
    {
        var absent = new ExternalTool("no-such-tool-hwseed", "some-package", "a test");
        Assert.That(ExternalTool.Missing(absent).Select(d => d.ToString()), Is.EqualTo((string[])
            ["error HW3001: 'no-such-tool-hwseed' is not installed: a test needs it; install the Debian package " +
            "'some-package' (apt-get install some-package)"]));
    }

    [Test]
    public void An_unknown_device_lists_the_known_ones_and_the_nearest()
    {
        Assert.That(FpgaDevices.Find("hx4k").Diagnostics.Single().ToString(), Is.EqualTo(
            "error HW3202: unknown device 'hx4k', did you mean 'hx8k'; known devices: hx8k, hx1k, up5k, hx8k-cb132, lp8k"));
        Assert.That(FpgaDevices.Find("virtex-ultrascale").Diagnostics.Single().ToString(), Is.EqualTo(
            "error HW3202: unknown device 'virtex-ultrascale'; known devices: hx8k, hx1k, up5k, hx8k-cb132, lp8k"));
        Assert.That(FpgaDevices.Find("HX8K").OrThrow(), Is.SameAs(FpgaDevices.Hx8k));
    }

    [TestCase("../etc/passwd"), TestCase("a;b"), TestCase("1a"), TestCase(""), TestCase("a\n"), TestCase("-top")]
    public async Task A_top_name_that_is_no_plain_identifier_reaches_no_tool(string top)
    {
        using var scratch = new Scratch();
        var synthesised = await Fpga.SynthesiseAsync(scratch.Path, "", top, FpgaDevices.Hx8k, SynthesisOptions.Default);
        Assert.That(synthesised.Diagnostics.Single().Code, Is.EqualTo("HW3004"));
        Assert.That(Directory.GetFiles(scratch.Path), Is.Empty);
    }

    [Test]
    public void Descriptors_have_one_entry_a_code_in_order()
    {
        var codes = ToolDiagnostics.Descriptors.Select(d => d.Code).ToList();
        Assert.That(codes, Is.Ordered.And.Unique);
        var device = FpgaDevices.Hx8k;
        Diagnostic[] samples =
        [
            ToolDiagnostics.ToolMissing(ExternalTool.Yosys), ToolDiagnostics.TimedOut("x", TimeSpan.Zero),
            ToolDiagnostics.ToolFailed("x", 1, ""), ToolDiagnostics.BadTopName("x"),
            ToolDiagnostics.VerilatorError("x", null), ToolDiagnostics.VerilatorWarning("WIDTH", "x", null),
            ToolDiagnostics.CompileError("x", null), ToolDiagnostics.YosysError("x", null),
            ToolDiagnostics.UnknownDevice("x", null, []), ToolDiagnostics.TooManyPins(device, 1),
            ToolDiagnostics.DoesNotFit(device, 1, 1, "x"), ToolDiagnostics.NextpnrError("x"), ToolDiagnostics.NoClock("x"),
            ToolDiagnostics.BadPinLine("x", new("x.pcf", 1, 1)), ToolDiagnostics.PinsDiffer("x"), ToolDiagnostics.NotReadBack("x"),
            ToolDiagnostics.OtherDie(device, "1k"), ToolDiagnostics.UnknownBoard("x", []),
            ToolDiagnostics.UncountedCell("x", "ecp5"), ToolDiagnostics.NotSimulated("x"),
        ];
        Assert.That(samples.Select(s => s.Code), Is.EqualTo(codes));
    }

    [Test]
    public void The_reasons_of_a_failed_placement_come_from_nextpnrs_log()
    {
        const string Log = """
            Info: Device utilisation:
            Info: 	         ICESTORM_LC: 19512/ 7680   254%
            Info: 	        ICESTORM_RAM:     1/   32     3%
            """;
        const string Output = "ERROR: Unable to place cell 'x', no BELs remaining to implement cell type 'ICESTORM_LC'";
        Assert.That(NextpnrReport.Failures(Log, Output, FpgaDevices.Hx8k).Select(d => d.ToString()),
            Is.EqualTo((string[])["error HW3204: needs 19,512 logic cells, hx8k has 7,680"]));
        Assert.That(NextpnrReport.Failures("", Output, FpgaDevices.Hx8k).Single().ToString(),
            Is.EqualTo("error HW3205: nextpnr-ice40: " + Output["ERROR: ".Length..]));
    }
}
