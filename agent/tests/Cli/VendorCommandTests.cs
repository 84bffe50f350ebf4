using System.Text.Json;
using System.Text.Json.Nodes;
using HwSeed.Agent.Documents;
using HwSeed.Agent.Flow.Vendors;
using HwSeed.Agent.Tests.Loop;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Cli;

/// <summary><c>hwseed synth --device</c> for ECP5, Xilinx 7 and Gowin: counts without place and route, and a project.</summary>
[Category("fpga")]
internal sealed class VendorCommandTests
{
    private static readonly string[] s_devices = ["ecp5-25f", "xc7a35t", "gw1n-9"];
    private static readonly Architecture s_tiny = ArchitectureDocument.ReadText(TinyEngine.Yaml, "tiny.yaml").OrThrow().Architecture;
    private readonly Dictionary<string, JsonElement> _reports = [];
    private TemporaryFolder? _folder;

    [OneTimeSetUp]
    public async Task Synthesise()
    {
        SmallGoal.NeedTools(ExternalTool.Yosys);
        _folder = new();
        foreach (var device in s_devices)
        {
            var run = await SynthAsync(device, device);
            Assert.That(run.Code, Is.Zero, run.Error);
            _reports[device] = run.Json();
        }
    }

    [OneTimeTearDown]
    public void Remove() => _folder?.Dispose();

    [TestCase("ecp5-25f", 1), TestCase("xc7a35t", 0), TestCase("gw1n-9", 1)]
    public void Counts_are_those_of_the_engines_structure(string device, int brams)
    {
        var report = _reports[device];
        var bits = report.GetProperty("register_bits").GetInt32();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bits, Is.EqualTo(38 + 28 + 66 + (2 * 41) + 16), "the modules' registers, as 'emit' lists them");
            Assert.That(Used(device, "flip-flops"), Is.InRange(bits * 85 / 100, bits + 4 + 8), "constant registers go, those of the two memories' ports may come");
            Assert.That(Used(device, "flip-flops") - Used("gw1n-9", "flip-flops"), Is.InRange(0, 8), "no family moves registers");
            Assert.That(Used(device, "block memories"), Is.EqualTo(brams), "256 words of 4 and of 8 bits: the smaller one is in look-up tables, on Xilinx both");
            Assert.That(Used(device, "DSP blocks"), Is.Zero, "multiplier: fabric");
            Assert.That(Used(device, "look-up tables"), Is.InRange(bits, 5 * bits));
            Assert.That(report.GetProperty("lut_rams").GetInt32(), Is.GreaterThan(0));
            Assert.That(report.GetProperty("clock_measured").GetBoolean() || report.GetProperty("placed_and_routed").GetBoolean(), Is.False);
            Assert.That(report.GetProperty("notes")[0].GetString(), Is.EqualTo(VendorReport.NoClock));
            Assert.That(File.ReadAllText(File_(device, "report.txt")), Does.Contain(VendorReport.NoClock));
        }
    }

    [Test]
    public void The_report_has_these_keys_and_no_others()
    {
        foreach (var device in s_devices)
        {
            var written = JsonNode.Parse(File.ReadAllText(File_(device, "report.json")))!.AsObject();
            Assert.That(written.ToJsonString(), Is.EqualTo(JsonNode.Parse(_reports[device].GetRawText())!.ToJsonString()), "--json prints what the file has");
            Assert.That(Keys(written), Is.EqualTo((string[])[
                "schema:String", "architecture:String", "device:String", "title:String", "part:String", "family:String", "source:String", "tools:String",
                "dsps_allowed:False", "resources:Array", "wide_muxes:Number", "carry_bits:Number", "lut_rams:Number", "register_bits:Number", "cells:Array",
                "placed_and_routed:False", "clock_measured:False", "constraint_mhz:Number", "notes:Array"]));
            Assert.That(written["schema"]!.GetValue<string>(), Is.EqualTo("hwseed/resource-report/v1"));
            foreach (var resource in written["resources"]!.AsArray())
            {
                Assert.That(Keys(resource!.AsObject()), Is.EqualTo((string[])["name:String", "used:Number", "available:Number", "percent:Number", "counted_as:String"]));
                Assert.That(resource["percent"]!.GetValue<double>(), Is.EqualTo(100.0 * resource["used"]!.GetValue<int>() / resource["available"]!.GetValue<int>()).Within(0.005));
            }

            Assert.That(written["cells"]!.AsArray().Select(c => string.Join(' ', Keys(c!.AsObject()))).Distinct(), Is.EqualTo((string[])["type:String count:Number"]));
        }
    }

    [TestCase("gw1n-9"), TestCase("ecp5-25f")]
    public async Task Two_runs_give_the_same_bytes(string device)
    {
        Assert.That((await SynthAsync(device, $"{device}-again")).Code, Is.Zero);
        var names = Directory.GetFiles(File_(device, "")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToList();
        Assert.That(Directory.GetFiles(File_($"{device}-again", "")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal), Is.EqualTo(names));
        Assert.That(names.Where(n => !File.ReadAllBytes(File_(device, n)).AsSpan().SequenceEqual(File.ReadAllBytes(File_($"{device}-again", n)))), Is.Empty);
        Assert.That(names, Has.Count.EqualTo(13).And.None.StartsWith("."));
        Assert.That(File.ReadAllLines(File_(device, "SHA256SUMS")).Select(l => l.Split("  ")[1]).Append("SHA256SUMS").Order(StringComparer.Ordinal), Is.EqualTo(names));
    }

    [Test]
    public async Task The_script_names_each_missing_tool_and_ends_with_3([ValueSource(nameof(s_devices))] string device)
    {
        var shell = new ExternalTool("sh", "dash", "running scripts");
        SmallGoal.NeedTools(shell);
        string[] wanted = device == "ecp5-25f" ? ["nextpnr-ecp5", "ecppack"] : device == "gw1n-9" ? ["gowin_pack"] : ["vivado"];
        var absent = wanted.Where(t => new ExternalTool(t, "", "").Locate() is null).ToList();
        Assume.That(absent, Is.Not.Empty, "all tools are here, and the script would run for minutes");
        var run = await ToolProcess.RunAsync(new ToolCommand(shell.Locate()!, (EquatableArray<string>)["build.sh"], File_(device, "")));
        Assert.That(run.ExitCode, Is.EqualTo(3), run.LastLines());
        Assert.That(run.StandardError, Does.StartWith("not installed:"));
        Assert.That(absent.Where(tool => !run.StandardError.Contains($"\n  {tool}: ", StringComparison.Ordinal)), Is.Empty, run.StandardError);
        Assert.That(Directory.Exists(File_(device, "build")), Is.False, "nothing was begun");
    }

    [Test]
    public async Task Make_counts_again_and_sees_a_changed_count()
    {
        var make = new ExternalTool("make", "make", "replaying synthesis");
        SmallGoal.NeedTools(make);
        using var copy = new TemporaryFolder();
        foreach (var name in (string[])["Makefile", "gemm_engine.v", "gemm_engine.ys", "gemm_engine.stat.json"])
        {
            File.Copy(File_("gw1n-9", name), copy.File(name));
        }

        var report = new ToolCommand(make.Locate()!, (EquatableArray<string>)["report"], copy.Path);
        var same = await ToolProcess.RunAsync(report);
        Assert.That(same.Succeeded, same.LastLines());
        File.AppendAllText(copy.File("gemm_engine.stat.json"), " ");
        Assert.That((await ToolProcess.RunAsync(report)).Succeeded, Is.False);
    }

    [Test]
    public async Task Vivados_script_is_tcl_and_reports_after_synthesis_and_only_when_asked_after_routing()
    {
        var tcl = new ExternalTool("tclsh", "tcl", "reading scripts");
        SmallGoal.NeedTools(tcl);

        // Vivado's commands, as procedures that say their name.
        string[] commands =
        [
            "create_project", "read_verilog", "read_xdc", "set_property", "synth_design", "report_utilization", "report_timing_summary",
            "write_checkpoint", "opt_design", "place_design", "phys_opt_design", "route_design",
        ];
        using var copy = new TemporaryFolder();
        File.Copy(File_("xc7a35t", "vivado.tcl"), copy.File("vivado.tcl"));
        await File.WriteAllTextAsync(copy.File("stub.tcl"), string.Concat(commands.Select(c => $"proc {c} args {{ puts \"{c} $args\" }}\n"))
            + "proc get_parts args { return [lindex $args end] }\nproc current_fileset {} { return sources_1 }\n"
            + "source vivado.tcl\n");
        async Task<string[]> RunAsync(params string[] more)
        {
            var run = await ToolProcess.RunAsync(new ToolCommand(tcl.Locate()!, ["stub.tcl", .. more], copy.Path));
            Assert.That(run.Succeeded, run.LastLines());
            return run.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }

        var synthesis = await RunAsync();
        Assert.That(synthesis.Select(l => l.Split(' ')[0]), Is.EqualTo(commands[..8]));
        Assert.That(synthesis[4], Is.EqualTo("synth_design -top gemm_engine -part xc7a35tcpg236-1 -mode out_of_context -max_dsp 0"));
        Assert.That((await RunAsync("route")).Select(l => l.Split(' ')[0]), Is.EqualTo(commands.Concat(commands[5..8])));
    }

    [Test]
    public void Constraints_have_the_boards_clock_and_pins() => Assert.Multiple(() =>
    {
        Assert.That(File.ReadAllText(File_("ecp5-25f", "chip.lpf")), Does.Contain("FREQUENCY PORT \"clk\" 25 MHZ;").And.Contain("LOCATE COMP \"clk\" SITE \"G2\";"));
        Assert.That(File.ReadAllText(File_("gw1n-9", "chip.cst")), Does.Contain("IO_LOC \"clk\" 52;"));
        Assert.That(File.ReadAllText(File_("xc7a35t", "gemm_engine.xdc")), Does.Contain("create_clock -name clk -period 10.000 [get_ports clk]"));
        Assert.That(File.ReadAllText(File_("ecp5-25f", "build.sh")), Does.Contain("nextpnr-ecp5 --25k --package CABGA381").And.Contain("ecppack "));
    });

    [Test]
    public async Task What_is_too_large_is_refused_with_the_excess_and_a_parameter_that_is_enough()
    {
        // 4x2 PEs of four lanes: 32 multipliers for the 28 of the ECP5-25F, known without Yosys.
        var dsp = s_tiny with { Rows = 4, Columns = 2, Lanes = 4, InputBits = 8, WeightBits = 8, AccumulatorBits = 24, PePipeline = 2, Multiplier = Multiplier.Dsp };
        var run = await Hwseed.RunAsync("synth", _folder!.Write("dsp.yaml", ArchitectureDocument.Write(dsp)), "--device", "ecp5-25f", "--out", _folder.File("x"));
        run.IsBadInput("HW5115", "needs 32 DSP blocks (MULT18X18D), LFE5U-25F has 28: 4 too many; lower array.rows to 3, or lower array.columns to 1, or lower array.lanes to 2, or lower dsp_lanes to 2, or set multiplier to fabric");
        Assert.That(Directory.Exists(_folder.File("x")), Is.False);

        // A device with one look-up table too few: what is advised has to fit when it is counted. Memories are block memories at any width.
        var engine = s_tiny with { InputDepth = 1024, WeightDepth = 1024 };
        var real = VendorDevices.Find("gw1n-9")!;
        var fits = (await VendorBuild.RunAsync(new(engine, real), _folder.File("fits"), SynthesisOptions.Default)).OrThrow();
        var small = real with { Luts = fits.Resources[0].Used - 1 };
        var refused = await VendorBuild.RunAsync(new(engine, small), _folder.File("fits"), SynthesisOptions.Default);
        Assert.That(refused.Diagnostics.Single().ToString(), Does.Match(
            "^error HW5115: needs [\\d,]+ look-up tables after synthesis, GW1N-9 has [\\d,]+: 1 too many; lower array.columns to 1, or lower input_bits to 2, or lower weight_bits to 2$"));
        Assert.That(File.Exists(Path.Combine(_folder.File("fits"), "report.json")), Is.False, "nothing of the earlier run stays that looks like a result");
        Assert.That((await VendorBuild.RunAsync(new(engine with { Columns = 1 }, small), _folder.File("fits"), SynthesisOptions.Default)).IsOk);
    }

    [Test]
    public async Task Bad_input_has_its_code()
    {
        var file = _folder!.Write("tiny.yaml", TinyEngine.Yaml);
        (await Hwseed.RunAsync("synth", file, "--device", "ecp5-25", "--out", _folder.File("x"))).IsBadInput("HW3202", "did you mean 'ecp5-25f'");
        (await Hwseed.RunAsync("synth", file, "--device", "gw1n-9", "--baud", "20000000", "--out", _folder.File("x"))).IsBadInput("HW5117");
        (await Hwseed.RunAsync("synth", file, "--device", "xc7z020", "--mhz", "0", "--out", _folder.File("x"))).IsBadInput("HW5305", "--mhz");
    }

    private Task<Hwseed> SynthAsync(string device, string name) =>
        Hwseed.RunAsync("synth", _folder!.Write("tiny.yaml", TinyEngine.Yaml), "--device", device, "--out", _folder.File(name), "--json");

    private int Used(string device, string resource) => _reports[device].GetProperty("resources").EnumerateArray()
        .Single(r => r.GetProperty("name").GetString() == resource).GetProperty("used").GetInt32();

    private string File_(string device, string name) => Path.Combine(_folder!.File(device), name);

    private static string[] Keys(JsonObject node) => [.. node.Select(p => $"{p.Key}:{p.Value!.GetValueKind()}")];
}
