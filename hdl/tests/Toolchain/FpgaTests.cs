using System.Globalization;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Toolchain;

namespace HwSeed.Hdl.Tests.Toolchain;

[Category("fpga")]
internal sealed class FpgaTests
{
    private const string Small = """
        module small(input clock, input [7:0] a, input [7:0] b, output reg [15:0] q);
          reg [7:0] memory [0:511];
          reg [8:0] at;
          reg [7:0] read;
          always @(posedge clock) begin
            at <= at + 1;
            memory[at] <= a;
            read <= memory[at ^ b];
            q <= q + read * b;
          end
        endmodule
        """;

    [SetUp]
    public void NeedsTheFlow() => Needs.Tools(ExternalTool.Yosys, ExternalTool.Nextpnr, ExternalTool.Icepack);

    [Test]
    public async Task A_small_design_gets_a_bitstream_and_a_report_that_agrees_with_the_log()
    {
        using var scratch = new Scratch();
        var result = await Fpga.SynthesiseAsync(scratch.Path, Small, "small", FpgaDevices.Hx8k,
            SynthesisOptions.Default with { TargetMhz = 500 });
        var report = result.OrThrow();
        TestContext.Out.WriteLine(report.ReportText);
        Assert.Multiple(() =>
        {
            Assert.That(report.Brams, Is.EqualTo(1));
            Assert.That(report.Ios, Is.EqualTo(1 + 8 + 8 + 16));
            Assert.That(report.FlipFlops, Is.InRange(9 + 16, 60));
            Assert.That(report.LogicCells, Is.GreaterThanOrEqualTo(report.Luts));
            Assert.That(report.Carries, Is.GreaterThan(0));
            Assert.That(report.ReportText, Does.Contain($"ICESTORM_LC:   {report.LogicCells}/ 7680"));
            Assert.That(report.ReportText, Does.Contain(
                report.FmaxMhz.ToString("F2", CultureInfo.InvariantCulture) + " MHz (FAIL at 500.00 MHz)"));
            Assert.That(report.MeetsTiming, Is.False, "missing the target is reported, not refused");
            Assert.That(new FileInfo(report.BitstreamPath).Length, Is.EqualTo(135100), "an iCE40 8k image");
        });
    }

    [Test]
    public async Task The_same_seed_gives_the_same_bytes_in_another_directory_and_another_seed_others()
    {
        using Scratch first = new(), second = new(), third = new();
        async Task<string> Hash(Scratch scratch, int seed) => (await Fpga.SynthesiseAsync(
            scratch.Path, Small, "small", FpgaDevices.Hx1k, SynthesisOptions.Default with { Seed = seed })).OrThrow().BitstreamSha256;
        var hashes = await Task.WhenAll(Hash(first, 7), Hash(second, 7), Hash(third, 8));
        Assert.That(hashes[1], Is.EqualTo(hashes[0]));
        Assert.That(hashes[2], Is.Not.EqualTo(hashes[0]));
    }

    [Test]
    public async Task Of_several_seeds_the_fastest_is_kept_and_all_are_reported()
    {
        using Scratch several = new(), alone = new();
        var best = (await Fpga.SynthesiseAsync(
            several.Path, Small, "small", FpgaDevices.Hx1k, SynthesisOptions.Default with { Seed = 4, Seeds = 3 })).OrThrow();
        Assert.That(best.Attempts.Select(a => a.Seed), Is.EqualTo((int[])[4, 5, 6]));
        Assert.That(best.FmaxMhz, Is.EqualTo(best.Attempts.Max(a => a.FmaxMhz)));
        Assert.That(best.MedianFmaxMhz, Is.EqualTo(best.Attempts.Select(a => a.FmaxMhz).Order().ElementAt(1)));
        Assert.That(best.ReportText, Does.Contain(best.FmaxMhz.ToString("F2", CultureInfo.InvariantCulture)));
        Assert.That(Directory.GetFiles(several.Path, "*best*").Concat(Directory.GetFiles(several.Path, "*placed*")), Is.Empty);

        var again = (await Fpga.SynthesiseAsync(
            alone.Path, Small, "small", FpgaDevices.Hx1k, SynthesisOptions.Default with { Seed = best.Seed })).OrThrow();
        Assert.That(again.BitstreamSha256, Is.EqualTo(best.BitstreamSha256), "the seed that is reported makes the same bytes alone");
        foreach (var file in (string[])["small.asc", "small.pcf", "small.nextpnr.json", "small.json"])
        {
            Assert.That(File.ReadAllText(Path.Combine(alone.Path, file)), Is.EqualTo(File.ReadAllText(Path.Combine(several.Path, file))), file);
        }
    }

    [Test]
    public async Task The_makefile_makes_the_same_bytes_and_sees_others()
    {
        var make = new ExternalTool("make", "make", "replaying synthesis");
        Needs.Tools(make);
        using var scratch = new Scratch();
        var report = (await Fpga.SynthesiseAsync(
            scratch.Path, Small, "small", FpgaDevices.Hx1k, SynthesisOptions.Default with { Seed = 7, AssumeNoReadWriteCollision = true })).OrThrow();
        var check = new ToolCommand(make.Locate()!, ["check"], scratch.Path);
        var same = await ToolProcess.RunAsync(check);
        Assert.That(same.Succeeded, same.LastLines());
        var bytes = File.ReadAllBytes(report.BitstreamPath);
        bytes[^1] ^= 1;
        File.WriteAllBytes(report.BitstreamPath, bytes);
        Assert.That((await ToolProcess.RunAsync(check)).Succeeded, Is.False);
    }

    [Test]
    public async Task Dsp_blocks_of_an_up5k_are_those_that_the_engine_instantiates()
    {
        using var scratch = new Scratch();
        var report = (await Fpga.SynthesiseAsync(
            scratch.Path, Small, "small", FpgaDevices.Up5k, SynthesisOptions.Default)).OrThrow();
        Assert.That(report.Dsps, Is.Zero);

        var module = new ModuleBuilder("pair");
        var operands = module.Input("a", 16);
        var products = DspCells.Products(module, "dsp", operands, operands, 2);
        var sum = module.Register("sum_q", products[0] ^ products[1]);
        module.Output("sum", module.Register("delayed_q", sum));
        report = (await Fpga.SynthesiseAsync(
            scratch.Path, VerilogWriter.Write(new Design(module.Build())), "pair", FpgaDevices.Up5k, SynthesisOptions.Default)).OrThrow();
        Assert.That(report.Dsps, Is.EqualTo(1));
        Assert.That(File.ReadAllText(Path.Combine(scratch.Path, "Makefile")), Does.Contain("cp pair.v dsp_multiplier_pair.v replay/"));
    }

    [TestCase("hx8k-cb132"), TestCase("lp8k")]
    public async Task A_chip_in_another_package_is_a_device_of_its_own(string name)
    {
        using var scratch = new Scratch();
        var report = (await Fpga.SynthesiseAsync(
            scratch.Path, Small, "small", FpgaDevices.Find(name).OrThrow(), SynthesisOptions.Default)).OrThrow();
        Assert.That(report.FmaxMhz, Is.GreaterThan(50));
        Assert.That(File.ReadAllText(Path.Combine(scratch.Path, "small.pcf")), Does.Match("^set_io "));
    }

    [Test]
    public async Task More_port_bits_than_pins_are_refused_before_place_and_route()
    {
        using var scratch = new Scratch();
        var wide = "module wide(input clock, input [205:0] a, output reg q); always @(posedge clock) q <= ^a; endmodule";
        var result = await Fpga.SynthesiseAsync(scratch.Path, wide, "wide", FpgaDevices.Hx8k, SynthesisOptions.Default);
        Assert.That(result.Diagnostics.Select(d => d.ToString()), Is.EqualTo((string[])
            ["error HW3203: needs 208 pins, hx8k in ct256 has 206; use narrower host streams or fewer ports"]));
        Assert.That(File.Exists(Path.Combine(scratch.Path, "wide.nextpnr.log")), Is.False);
    }

    [Test]
    public async Task A_design_that_is_too_large_says_how_much_it_needs()
    {
        using var scratch = new Scratch();
        var chain = "module chain(input clock, input d, output q); reg [1299:0] s; assign q = s[1299]; " +
            "always @(posedge clock) s <= {s[1298:0], d}; endmodule";
        var result = await Fpga.SynthesiseAsync(scratch.Path, chain, "chain", FpgaDevices.Hx1k, SynthesisOptions.Default);
        Assert.That(result.Diagnostics.Select(d => d.ToString()),
            Is.EqualTo((string[])["error HW3204: needs 1,300 logic cells, hx1k has 1,280"]));
    }

    [Test]
    public async Task What_only_packing_finds_too_large_is_read_from_the_log()
    {
        using var scratch = new Scratch();
        // 900 flip-flops fed by flip-flops, and 600 LUTs that feed none: no cell can hold one of each.
        var apart = "module apart(input clock, input d, output q); reg [899:0] s; assign q = ^(s & {s[0], s[899:1]}); " +
            "always @(posedge clock) s <= {s[898:0], d}; endmodule";
        var result = await Fpga.SynthesiseAsync(scratch.Path, apart, "apart", FpgaDevices.Hx1k, SynthesisOptions.Default);
        Assert.That(result.Diagnostics.Single().ToString(),
            Does.Match("^error HW3204: needs 1,[45]\\d\\d logic cells, hx1k has 1,280$"));
        Assert.That(File.Exists(Path.Combine(scratch.Path, "apart.nextpnr.log")), Is.True);
    }

    [Test]
    public async Task A_syntax_error_has_its_line()
    {
        using var scratch = new Scratch();
        var result = await Fpga.SynthesiseAsync(scratch.Path, "module bad(input clock);\n  assign = 1;\nendmodule\n", "bad",
            FpgaDevices.Hx8k, SynthesisOptions.Default);
        Assert.That(result.Diagnostics.Select(d => d.ToString()),
            Has.One.StartsWith("bad.v:2:1: error HW3201: Yosys: syntax error, unexpected '='"));
    }

    [Test]
    public async Task A_design_without_a_clock_is_refused()
    {
        using var scratch = new Scratch();
        var result = await Fpga.SynthesiseAsync(scratch.Path,
            "module gate(input a, input b, output q); assign q = a & b; endmodule", "gate",
            FpgaDevices.Hx8k, SynthesisOptions.Default);
        Assert.That(result.Diagnostics.Single().Code, Is.EqualTo("HW3206"));
    }

    [Test]
    public async Task A_step_that_takes_too_long_is_stopped_and_named()
    {
        using var scratch = new Scratch();
        var result = await Fpga.SynthesiseAsync(scratch.Path, Small, "small", FpgaDevices.Hx8k,
            SynthesisOptions.Default with { StepLimit = TimeSpan.FromMilliseconds(50) });
        Assert.That(result.Diagnostics.Select(d => d.ToString()),
            Is.EqualTo((string[])["error HW3002: yosys did not end within 0.1 s and was stopped"]).Or
                .EqualTo((string[])["error HW3002: yosys did not end within 0 s and was stopped"]));
    }

    [Test]
    public async Task A_tool_that_runs_out_of_memory_is_named()
    {
        using var scratch = new Scratch();
        var result = await Fpga.SynthesiseAsync(scratch.Path, Small, "small", FpgaDevices.Hx8k,
            SynthesisOptions.Default with { MemoryLimitBytes = 8 << 20 });
        Assert.That(result.Diagnostics.Single().Code, Is.EqualTo("HW3003"));
        Assert.That(result.Diagnostics.Single().Message, Does.StartWith("yosys failed with exit code"));
    }
}
