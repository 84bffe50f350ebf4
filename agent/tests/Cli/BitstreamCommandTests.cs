using System.Text.RegularExpressions;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Tests.Loop;
using HwSeed.Hdl;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Cli;

/// <summary>What is flashed is what was verified: one bitstream, and what becomes of it when somebody changes it.</summary>
[Category("fpga")]
internal sealed class BitstreamCommandTests
{
    private TemporaryFolder? _folder;

    private string Chip => _folder!.File("chip");

    [OneTimeSetUp]
    public async Task Synthesise()
    {
        SmallGoal.NeedTools(ExternalTool.Yosys, ExternalTool.Nextpnr, ExternalTool.Icepack, ExternalTool.IceboxVlog);
        _folder = new();
        var run = await Hwseed.RunAsync("synth", _folder.Write("small.yaml", TinyEngine.Yaml), "--device", "hx8k", "--out", Chip);
        Assert.That(run.Code, Is.Zero, run.Error);
    }

    [OneTimeTearDown]
    public void Remove() => _folder?.Dispose();

    [Test]
    [Category("verilator")]
    public async Task A_bitstream_with_block_memories_is_its_design_in_both_simulators()
    {
        SmallGoal.NeedTools(ExternalTool.Verilator, ExternalTool.Compiler);
        var run = await Hwseed.RunAsync("verify", "--bitstream", Chip, "--seed", "3", "--json");
        Assert.That(run.Code, Is.Zero, run.Error + run.Output);
        var result = run.Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.GetProperty("verification_level").GetString(), Does.Match(@"^sampled\(n=[345], seed=3\)$"));
            Assert.That(result.GetProperty("brams").GetInt32(), Is.EqualTo(2));
            Assert.That(result.GetProperty("models").EnumerateArray().Select(m => m.GetProperty("model").GetString()),
                Is.EqualTo((string[])[BitstreamVerification.Ours, "Verilator"]));
            Assert.That(result.GetProperty("skipped").GetArrayLength(), Is.Zero);
        }
    }

    [Test]
    public async Task One_flipped_bit_of_a_look_up_table_is_seen_though_the_checksums_are_right()
    {
        using var tampered = new TemporaryFolder();
        CopyTo(tampered.Path);
        await FlipAsync(tampered.Path);
        Checksums.Write(tampered.Path);
        var synthesised = SynthFolder.Open(tampered.Path).OrThrow();
        var found = (await BitstreamVerification.RunAsync(
            synthesised, VerificationShapes.CasesFor(synthesised.Architecture, new(1)), new(1), tampered.File("work"), verilator: false)).OrThrow();
        Assert.That(found.Passed, Is.False);
        Assert.That(found.Comparisons[0].Cases.First(c => !c.Passed).Verdict, Does.Match("in cycle \\d+ output 'out_valid' is 0+1, expected 0+$"));
    }

    [Test]
    public async Task A_changed_file_ends_with_1_before_anything_is_read_back()
    {
        using var changed = new TemporaryFolder();
        CopyTo(changed.Path);
        var path = changed.File("gemm_engine.bin");
        var bytes = File.ReadAllBytes(path);
        bytes[^100] ^= 1;
        File.WriteAllBytes(path, bytes);
        var run = await Hwseed.RunAsync("verify", "--bitstream", changed.Path);
        Assert.That(run.Code, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("error HW5113").And.Contain("gemm_engine.bin"));
    }

    [Test]
    public async Task Verilog_of_another_design_ends_with_1()
    {
        using var changed = new TemporaryFolder();
        CopyTo(changed.Path);
        File.AppendAllText(changed.File("gemm_engine.v"), "// another\n");
        Checksums.Write(changed.Path);
        var run = await Hwseed.RunAsync("verify", "--bitstream", changed.Path);
        Assert.That(run.Code, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("error HW5114"));
    }

    [Test]
    public async Task A_folder_of_something_else_is_bad_input()
    {
        using var empty = new TemporaryFolder();
        (await Hwseed.RunAsync("verify", "--bitstream", empty.Path)).IsBadInput("HW5112", "architecture.yaml");
        (await Hwseed.RunAsync("verify", "--bitstream", empty.Path, "--random", "2")).IsBadInput("HW5305");
    }

    private void CopyTo(string folder)
    {
        foreach (var file in Directory.GetFiles(Chip))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    // The table in front of the register of out_valid: its entry for inputs of all zeros makes the engine offer a result.
    private static async Task FlipAsync(string folder)
    {
        var before = SynthFolder.Open(folder).OrThrow();
        var work = Path.Combine(folder, "flip");
        var chip = (await ReadBack.ToVerilogAsync(work, before.Bitstream, before.Pins, before.Design.Top, before.Device)).OrThrow();
        var pad = Regex.Match(chip.Verilog, @"^assign out_valid = (pad_\d+);", RegexOptions.Multiline).Groups[1].Value;
        var cell = RegisterOf(pad).Match(chip.Verilog);
        Assert.That(cell.Success, pad);
        var lines = File.ReadAllLines(Path.Combine(work, "chip.asc"));
        var tile = Array.IndexOf(lines, $".logic_tile {cell.Groups["x"].Value} {cell.Groups["y"].Value}");

        // Of the 20 bits of a logic cell, in two rows of its tile from column 36 on, the first is the table's entry 0000.
        var row = tile + 1 + (2 * int.Parse(cell.Groups["cell"].Value, null));
        var bits = lines[row].ToCharArray();
        bits[40] = bits[40] == '0' ? '1' : '0';
        lines[row] = new(bits);
        File.WriteAllLines(Path.Combine(work, "flipped.asc"), lines);
        var run = await ToolProcess.RunAsync(
            new ToolCommand(ExternalTool.Icepack.Locate()!, (EquatableArray<string>)["flipped.asc", "flipped.bin"], work));
        Assert.That(run.Succeeded, run.LastLines());
        File.Move(Path.Combine(work, "flipped.bin"), Path.Combine(folder, "gemm_engine.bin"), overwrite: true);
    }

    private static Regex RegisterOf(string pad) =>
        new($@"/\* FF +(?<x>\d+) +(?<y>\d+) +(?<cell>\d+) \*/ always [^\n]*\b{pad} <=");
}
