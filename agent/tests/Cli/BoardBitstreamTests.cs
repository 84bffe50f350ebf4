using System.Text;
using System.Text.Json.Nodes;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Flow.Boards;
using HwSeed.Agent.Tests.Loop;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Cli;

/// <summary>A board's bitstream with a DSP block and a PLL: the netlist that was routed, and what becomes of it when it is damaged.</summary>
[Category("fpga")]
internal sealed class BoardBitstreamTests
{
    private const string Yaml = """
        schema: hwseed/architecture/v1
        name: tiny-dsp
        array: {rows: 1, columns: 1, lanes: 2}
        dataflow: output_stationary
        operand_bits: 8
        accumulator_bits: 24
        pe_pipeline: 2
        multiplier: dsp
        scratchpad: {input_depth: 64, weight_depth: 64, accumulator_depth: 0}
        double_buffering: false

        """;

    private TemporaryFolder? _folder;

    private string Chip => _folder!.File("chip");

    [OneTimeSetUp]
    public async Task Synthesise()
    {
        SmallGoal.NeedTools(ExternalTool.Yosys, ExternalTool.Nextpnr, ExternalTool.Icepack);
        _folder = new();
        var run = await Hwseed.RunAsync(
            "synth", _folder.Write("tiny.yaml", Yaml), "--board", "icebreaker", "--host", "spi", "--seeds", "1", "--mhz", "30", "--gemm", "2x4x1", "--out", Chip);
        Assert.That(run.Code, Is.Zero, run.Error);
    }

    [OneTimeTearDown]
    public void Remove() => _folder?.Dispose();

    [Test]
    [Category("verilator")]
    public async Task The_bytes_come_out_again_and_their_netlist_is_the_design_in_both_simulators()
    {
        SmallGoal.NeedTools(ExternalTool.Verilator, ExternalTool.Compiler);
        var run = await Hwseed.RunAsync("verify", "--bitstream", Chip, "--seed", "3", "--json");
        Assert.That(run.Code, Is.Zero, run.Error + run.Output);
        var (result, page) = (run.Json(), File.ReadAllText(Path.Combine(Chip, BoardPage.Name)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.GetProperty("verification_level").GetString(), Does.Match(@"^sampled\(n=[2345], seed=3\)$"));
            Assert.That(result.GetProperty("compared").GetString(), Is.EqualTo(BoardVerification.Compared));
            Assert.That(result.GetProperty("dsps").GetInt32(), Is.EqualTo(1));
            Assert.That(result.GetProperty("plls").GetInt32(), Is.EqualTo(1));
            Assert.That(result.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("model").GetString()),
                Is.EqualTo((string[])[BitstreamVerification.Ours, "Verilator"]));
            Assert.That(page, Does.Contain(result.GetProperty("verification_level").GetString()).And.Contain("the bitstream was not read back"));
        }

        // What somebody adds to the folder afterwards says nothing of what was flashed.
        Assert.That(Checksums.Check(Chip, "board.bin"), Is.Empty);
    }

    [Test]
    public async Task A_damaged_netlist_is_seen_at_the_pins()
    {
        using var work = new TemporaryFolder();
        var given = BoardBitstream.Open(Chip).OrThrow();
        var placed = (await BoardVerification.RouteAsync(given, work.File("chip"))).OrThrow();
        async Task<BoardCase> FirstAsync(Action<JsonObject> damage)
        {
            var netlist = JsonNode.Parse(placed)!;
            damage(netlist["modules"]!["top"]!["cells"]!.AsObject());
            var found = (await BoardVerification.CompareAsync(given, Encoding.UTF8.GetBytes(netlist.ToJsonString()), new(1), work.Path, verilator: false)).OrThrow();
            Assert.That(found.Passed, Is.EqualTo(found.Level(new(1)) != "unverified"));
            return found.Comparisons[0].Cases.FirstOrDefault(c => !c.Passed) ?? found.Comparisons[0].Cases[0];
        }

        Assert.That((await FirstAsync(FlipTable)).Verdict, Does.Match("in cycle \\d+ output 'led_busy' is"), "another look-up table");
        Assert.That((await FirstAsync(cells => Parameter(cells, "ICESTORM_DSP", "A_SIGNED", "0"))).Verdict, Does.Match("in cycle \\d+ output 'miso' is"), "products without sign");
    }

    [Test]
    public async Task A_bitstream_that_is_not_what_was_routed_is_refused_though_the_checksums_are_right()
    {
        using var changed = new TemporaryFolder();
        CopyTo(changed.Path);
        File.WriteAllText(changed.File(BoardPage.Name), "verified");
        var bytes = File.ReadAllBytes(changed.File("board.bin"));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(changed.File("board.bin"), bytes);
        var run = await Hwseed.RunAsync("verify", "--bitstream", changed.Path);
        Assert.That(run.Code, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("error HW5113").And.Contain("board.bin"));
        Assert.That(File.Exists(changed.File(BoardPage.Name)), Is.False, "an earlier page does not stand beside other bytes");

        Checksums.Write(changed.Path, "vectors");
        run = await Hwseed.RunAsync("verify", "--bitstream", changed.Path);
        Assert.That(run.Code, Is.EqualTo(1));
        Assert.That(run.Error, Does.Match("error HW5119: board.bin \\(SHA-256 [0-9a-f]{16}...\\) is not what its Verilog, pins and seed 1 give"));
    }

    [TestCase("board.v")]
    [TestCase("board.pcf")]
    [TestCase("vectors/a.json")]
    public void A_file_of_another_design_is_refused(string name)
    {
        using var changed = new TemporaryFolder();
        CopyTo(changed.Path);
        File.AppendAllText(changed.File(name), "\n");
        Checksums.Write(changed.Path, "vectors");
        Assert.That(BoardBitstream.Open(changed.Path).Diagnostics.Single().ToString(), Does.Contain("error HW5114").And.Contain(name));
    }

    [Test]
    public async Task A_folder_that_is_not_whole_is_bad_input()
    {
        using var changed = new TemporaryFolder();
        CopyTo(changed.Path);
        File.WriteAllText(changed.File("report.json"), "{\"board\": \"icebreaker\"}");
        Checksums.Write(changed.Path, "vectors");
        (await Hwseed.RunAsync("verify", "--bitstream", changed.Path)).IsBadInput("HW5112", "not the report of a board");
        File.Delete(changed.File("board.pcf"));
        (await Hwseed.RunAsync("verify", "--bitstream", changed.Path)).IsBadInput("HW5112", "it holds no board.pcf");
    }

    private static void FlipTable(JsonObject cells)
    {
        var light = cells["led_busy$sb_io"]!["connections"]!["D_OUT_0"]![0]!.GetValue<int>();
        var driver = cells.Single(c => c.Value!["connections"]!["O"] is JsonArray { Count: 1 } net && net[0]!.GetValue<int>() == light).Value!;
        driver["parameters"]!["LUT_INIT"] = string.Concat(driver["parameters"]!["LUT_INIT"]!.GetValue<string>().Select(b => b == '0' ? '1' : '0'));
    }

    private static void Parameter(JsonObject cells, string type, string name, string value)
    {
        var cell = cells.First(c => c.Value!["type"]!.GetValue<string>() == type).Value!;
        Assert.That(cell["parameters"]![name]!.GetValue<string>(), Is.Not.EqualTo(value));
        cell["parameters"]![name] = value;
    }

    private void CopyTo(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "vectors"));
        foreach (var file in Directory.GetFiles(Chip).Concat(Directory.GetFiles(Path.Combine(Chip, "vectors"))))
        {
            File.Copy(file, Path.Combine(folder, Path.GetRelativePath(Chip, file)));
        }
    }
}
