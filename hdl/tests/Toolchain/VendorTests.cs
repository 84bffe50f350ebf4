using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Toolchain;

namespace HwSeed.Hdl.Tests.Toolchain;

/// <summary>Synthesis for other vendors' families: what is counted is what the design has.</summary>
internal sealed class VendorTests
{
    private static IEnumerable<VendorFamily> Families => [VendorFamily.Ecp5, VendorFamily.Xilinx7, VendorFamily.Gowin];

    [Test, Category("fpga")]
    public async Task Registers_memories_and_products_are_counted_as_the_design_has_them([ValueSource(nameof(Families))] VendorFamily family)
    {
        Needs.Tools(ExternalTool.Yosys);
        using var scratch = new Scratch();
        var design = Sample(1);
        var counts = await CountAsync(scratch, design, family, dsps: false);
        Assert.Multiple(() =>
        {
            Assert.That(counts.Used.FlipFlops, Is.EqualTo(design.Top.Registers.Sum(r => r.Width)), "every register bit is live and none is moved");
            Assert.That(counts.Used.Brams, Is.EqualTo(VendorFamily.BramsOf(36, 1024)), "the memory and its read register");
            Assert.That(counts.Used.Dsps, Is.Zero);
            Assert.That(counts.Used.Luts, Is.InRange(8 * 8, 8 * 8 * 8), "an 8x8 product in look-up tables");
            Assert.That(counts.Used.CarryBits, Is.GreaterThan(8));
        });
    }

    [Test, Category("fpga")]
    public async Task Each_product_is_a_DSP_block_where_Yosys_infers_them([ValueSource(nameof(Families))] VendorFamily family)
    {
        Needs.Tools(ExternalTool.Yosys);
        using var scratch = new Scratch();
        var module = new ModuleBuilder("pair");
        var products = DspCells.Products(module, "dsp", module.Input("a", 16), module.Input("b", 16), 2);
        module.Output("low", products[0]);
        module.Output("high", products[1]);
        var counts = await CountAsync(scratch, new Design(module.Build()), family, dsps: true);
        Assert.That(counts.Used.Dsps, Is.EqualTo(family.InfersDsps ? 2 : 0));
        Assert.That(counts.Cells.Sum(c => c.Type == family.Dsp ? c.Count : 0), Is.EqualTo(counts.Used.Dsps));
        Assert.That(counts.Used.Luts, family.InfersDsps ? Is.Zero : Is.GreaterThan(2 * 8 * 8));
    }

    [Test, Category("fpga")]
    public async Task More_of_the_same_takes_more_and_the_same_text_gives_the_same_bytes()
    {
        Needs.Tools(ExternalTool.Yosys);
        using Scratch one = new(), again = new(), two = new();
        var first = await CountAsync(one, Sample(1), VendorFamily.Ecp5, dsps: false);
        await CountAsync(again, Sample(1), VendorFamily.Ecp5, dsps: false);
        var second = await CountAsync(two, Sample(2), VendorFamily.Ecp5, dsps: false);
        Assert.That(second.Used.FlipFlops, Is.EqualTo(2 * first.Used.FlipFlops));
        Assert.That(second.Used.Brams, Is.EqualTo(2 * first.Used.Brams));
        Assert.That(Directory.GetFiles(one.Path).Select(Path.GetFileName).Order(), Is.EqualTo((string[])["sample.stat.json", "sample.v", "sample.ys"]));
        foreach (var file in Directory.GetFiles(one.Path))
        {
            Assert.That(File.ReadAllBytes(Path.Combine(again.Path, Path.GetFileName(file))), Is.EqualTo(File.ReadAllBytes(file)), file);
        }
    }

    [Test, Category("fpga")]
    public async Task A_cell_that_is_in_no_table_is_refused_by_name()
    {
        Needs.Tools(ExternalTool.Yosys);
        using var scratch = new Scratch();
        var found = await VendorSynthesis.CountAsync(scratch.Path,
            "module pll(input a, output b); EHXPLLL p(.CLKI(a), .CLKOP(b)); endmodule", "pll", VendorFamily.Ecp5, false, SynthesisOptions.Default);
        Assert.That(found.Diagnostics.Select(d => d.ToString()), Is.EqualTo((string[])[
            "error HW3212: synthesis for ecp5 made a EHXPLLL, which is in no resource report: engines have look-up tables, carries, flip-flops, memories and multipliers"]));
    }

    [Test, Category("fpga")]
    public async Task What_Yosys_refuses_has_its_line_and_a_bad_top_its_code()
    {
        Needs.Tools(ExternalTool.Yosys);
        using var scratch = new Scratch();
        var syntax = await VendorSynthesis.CountAsync(scratch.Path, "module m(input a);\n  wire\nendmodule\n", "m", VendorFamily.Gowin, false, SynthesisOptions.Default);
        Assert.That(syntax.Diagnostics.Single().ToString(), Does.StartWith("m.v:3").And.Contain("HW3201"));
        var name = await VendorSynthesis.CountAsync(scratch.Path, "", "a b", VendorFamily.Gowin, false, SynthesisOptions.Default);
        Assert.That(name.Diagnostics.Single().Code, Is.EqualTo("HW3004"));
    }

    [TestCase(36, 512, 1), TestCase(37, 512, 2), TestCase(18, 1024, 1), TestCase(9, 2048, 1), TestCase(8, 2049, 2), TestCase(1, 16384, 1), TestCase(64, 512, 2)]
    public void A_memory_is_cut_into_the_shape_that_takes_fewest_blocks(int width, int depth, int blocks) =>
        Assert.That(VendorFamily.BramsOf(width, depth), Is.EqualTo(blocks));

    [Test]
    public void Devices_agree_with_the_structure_of_their_slices() => Assert.Multiple(() =>
    {
        foreach (var d in VendorDevices.All)
        {
            var (top, bottom) = d.Family == VendorFamily.Xilinx7 ? (2, 1) : d.Family == VendorFamily.Gowin ? (3, 4) : (1, 1);
            Assert.That(d.FlipFlops * bottom, Is.EqualTo(d.Luts * top), $"{d.Name}: flip-flops for each look-up table");
            Assert.That(d.Luts % 8, Is.Zero, $"{d.Name}: whole blocks of logic");
            Assert.That(d.Source, Does.Contain("Data Sheet"));
            Assert.That(VendorDevices.Find(d.Name.ToUpperInvariant()), Is.SameAs(d));
            Assert.That(FpgaDevices.Find(d.Name).IsOk, Is.False, "no name means two devices");
        }
    });

    [Test]
    public void An_unknown_device_names_all_that_can_be_synthesised_for()
    {
        Assert.That(VendorDevices.Unknown("ecp5-25").ToString(), Does.StartWith("error HW3202: unknown device 'ecp5-25', did you mean 'ecp5-25f'; known devices: hx8k, hx1k, ")
            .And.Contain(", lp8k, ecp5-25f, ecp5-45f, ecp5-85f, xc7a35t, xc7a100t, xc7z020, gw1n-9, gw2a-18"));
        Assert.That(VendorDevices.Unknown("stratix").ToString(), Does.Not.Contain("did you mean"));
    }

    private static async Task<VendorCounts> CountAsync(Scratch scratch, Design design, VendorFamily family, bool dsps) => (await VendorSynthesis.CountAsync(
        scratch.Path, VerilogWriter.Write(design), design.Top.Name, family, dsps, SynthesisOptions.Default)).OrThrow();

    // Products of registers, and memories of 1024 words of 36 bits, that nothing makes constant or equal.
    private static Design Sample(int copies)
    {
        var m = new ModuleBuilder("sample");
        for (var i = 0; i < copies; i++)
        {
            var a = m.Register($"a{i}_q", m.Input($"a{i}", 8));
            var b = m.Register($"b{i}_q", m.Input($"b{i}", 8));
            m.Output($"product{i}", m.Register($"product{i}_q", Expression.MultiplySigned(a, b)));
            var words = m.Memory($"words{i}", 36, 1024, new MemoryWrite(m.Input($"write{i}", 1), m.Input($"to{i}", 10), m.Input($"data{i}", 36)),
                new MemoryRead($"word{i}_q", m.Input($"from{i}", 10), m.Input($"read{i}", 1)));
            m.Output($"word{i}", words[0]);
        }

        return new Design(m.Build());
    }
}
