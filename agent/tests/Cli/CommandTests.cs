using System.Text.Json;

namespace HwSeed.Agent.Tests.Cli;

internal sealed class CommandTests
{
    private static readonly string Engine = Room.Path("examples", "os-4x4.yaml");

    [Test]
    public async Task Emit_writes_the_same_files_every_time()
    {
        using TemporaryFolder first = new(), second = new();
        var run = await Hwseed.RunAsync("emit", Engine, "--out", first.Path);
        await Hwseed.RunAsync("emit", Engine, "--out", second.Path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(run.Output, Does.Contain("gemm_engine").And.Contain("in_data").And.Contain("output_stationary_array"));
            Assert.That(Directory.GetFiles(first.Path).Select(Path.GetFileName), Is.EquivalentTo(new[] { "gemm_engine.v", "architecture.yaml" }));
            Assert.That(File.ReadAllText(first.File("gemm_engine.v")), Is.EqualTo(File.ReadAllText(second.File("gemm_engine.v"))));
            Assert.That((await Hwseed.RunAsync("map", first.File("architecture.yaml"), "--gemm", "4x4x4")).Code, Is.Zero);
        }
    }

    [TestCase("axi", "axi_engine", "m_axis_result_tlast", "axi_engine_regs.h", "package_ip.tcl")]
    [TestCase("wishbone", "wishbone_engine", "wb_stall_o", "wishbone_engine_regs.h")]
    [TestCase("spi", "spi_engine", "miso")]
    [TestCase("uart", "uart_engine", "rx")]
    public async Task Emit_puts_a_port_around_the_engine(string host, string top, string port, params string[] others)
    {
        using TemporaryFolder folder = new();
        var run = await Hwseed.RunAsync("emit", Engine, "--host", host, "--mhz", "12", "--out", folder.Path, "--json");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(run.Json().GetProperty("top").GetString(), Is.EqualTo(top));
            Assert.That(run.Json().GetProperty("ports").EnumerateArray().Select(p => p.GetProperty("name").GetString()), Does.Contain(port));
            Assert.That(Directory.GetFiles(folder.Path).Select(Path.GetFileName), Is.EquivalentTo([$"{top}.v", "architecture.yaml", .. others]));
            Assert.That(run.Json().GetProperty("files").GetArrayLength(), Is.EqualTo(2 + others.Length));
            Assert.That(others.Length == 0 || File.ReadAllText(folder.File(others[0])).Contains($"#define {top.ToUpperInvariant()}_CYCLES_LOW 0x040u", StringComparison.Ordinal));
        }
    }

    [TestCase("os-4x4.yaml")]
    [TestCase("os-8x8-int4.yaml")]
    [TestCase("ws-4x4.yaml")]
    public async Task Sim_is_exact_and_takes_the_predicted_cycles(string example)
    {
        var run = await Hwseed.RunAsync("sim", Room.Path("examples", example), "--gemm", "7x13x9", "--seed", "3", "--toggles", "--json");
        var result = run.Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(result.GetProperty("outputs_exact").GetBoolean(), Is.True);
            Assert.That(result.GetProperty("outputs").GetInt32(), Is.EqualTo(63));
            Assert.That(result.GetProperty("simulated_cycles").GetInt64(), Is.EqualTo(result.GetProperty("predicted_cycles").GetInt64()));
            Assert.That(result.GetProperty("toggles").GetInt64(), Is.Positive);
        }
    }

    [Test]
    public async Task Sim_writes_waveforms()
    {
        using var folder = new TemporaryFolder();
        var run = await Hwseed.RunAsync("sim", Engine, "--gemm", "4x4x4", "--vcd", folder.File("w.vcd"));
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(File.ReadAllText(folder.File("w.vcd")), Does.Contain("$var").And.Contain("cmd_valid").And.Contain("$enddefinitions"));
    }

    [Test]
    public async Task Map_prints_nest_cost_plan_and_commands()
    {
        var run = await Hwseed.RunAsync("map", Engine, "--gemm", "9x16x9", "--commands");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(run.Output, Does.Contain("parallel_for m").And.Contain("mappings").And.Contain("register tile").And.Contain("store    C["));
            Assert.That(run.Output, Does.Not.Contain("\u001b"));
        }
    }

    [Test]
    public async Task The_commands_of_map_are_the_ones_that_are_counted()
    {
        var result = (await Hwseed.RunAsync("map", Engine, "--gemm", "9x16x9", "--commands", "--json")).Json();
        var commands = result.GetProperty("commands").EnumerateArray().ToList();
        Assert.That(commands, Is.Not.Empty);
        Assert.That(commands.All(c => c.GetProperty("word").GetString()!.Length == 16), Is.True);
        Assert.That(result.GetProperty("feasible").GetInt64(), Is.Positive.And.LessThanOrEqualTo(result.GetProperty("mapspace").GetInt64()));
    }

    [Test]
    public async Task A_workload_is_mapped_layer_by_layer_with_both_lowerings_of_a_convolution()
    {
        var file = Room.Path("examples", "small-convnet.yaml");
        var run = await Hwseed.RunAsync("map", Engine, "--workload", file);
        var result = (await Hwseed.RunAsync("map", Engine, "--workload", file, "--json")).Json();
        var layers = result.GetProperty("layers").EnumerateArray().ToList();
        long Cycles(JsonElement layer, string lowering) =>
            layer.TryGetProperty(lowering, out var cost) ? cost.GetProperty("cycles").GetInt64() : long.MaxValue;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(run.Output, Does.Match(@"conv2 +│ 256x144x32 .*\n│ +│ direct").And.Contain("classifier"));
            Assert.That(layers, Has.Count.EqualTo(4));
            Assert.That(
                layers.Sum(l => l.GetProperty("repeats").GetInt64() * Math.Min(Cycles(l, "product"), Cycles(l, "direct"))),
                Is.EqualTo(result.GetProperty("cycles").GetInt64()));
        }
    }

    [TestCase("explain", "HW1104")]
    [TestCase("explain")]
    [TestCase("map", "ENGINE", "--gemm", "4x4x4")]
    [TestCase("sim", "ENGINE", "--gemm", "4x4x4")]
    [TestCase("bench", "area")]
    [TestCase("brain", "generate", "--count", "5")]
    public async Task With_json_standard_output_is_one_document(params string[] words)
    {
        var run = await Hwseed.RunAsync([.. words.Select(w => w == "ENGINE" ? Engine : w), "--json"]);
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Json().ValueKind, Is.EqualTo(JsonValueKind.Object).Or.EqualTo(JsonValueKind.Array));
        Assert.That(run.Output, Does.Not.Contain("\u001b"));
    }

    [Test]
    public async Task Benches_give_machine_and_rows_with_the_ratio_of_their_figures()
    {
        var report = (await Hwseed.RunAsync("bench", "area", "--json")).Json();
        Assert.That(report.GetProperty("machine").GetProperty("cores").GetInt32(), Is.Positive);
        foreach (var row in report.GetProperty("rows").EnumerateArray())
        {
            Assert.That(
                row.EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "name", "unit", "ours", "theirs", "against", "ratio", "runs" }));
            // Of an error less is better, so theirs over ours; of a rank correlation more is.
            var (ours, theirs) = (row.GetProperty("ours").GetDouble(), row.GetProperty("theirs").GetDouble());
            Assert.That(row.GetProperty("ratio").GetDouble(), Is.EqualTo(row.GetProperty("unit").GetString() == "%" ? theirs / ours : ours / theirs).Within(1e-9));
        }
    }

    [Test]
    public async Task Explain_knows_codes_in_any_form_and_names_the_nearest_of_an_unknown_one()
    {
        foreach (var code in new[] { "HW1104", "hw1104", "1104" })
        {
            var run = await Hwseed.RunAsync("explain", code);
            Assert.That(run.Code, Is.Zero);
            Assert.That(run.Output, Does.Contain("accumulator is too narrow"));
        }

        (await Hwseed.RunAsync("explain", "HW1199")).IsBadInput("HW5304", "did you mean HW11");
        (await Hwseed.RunAsync("explain", "HWxyz")).IsBadInput("HW5304");
    }

    [Test]
    public async Task The_model_writes_the_same_designs_for_the_same_seed()
    {
        var first = (await Hwseed.RunAsync("brain", "generate", "--count", "10", "--seed", "5", "--json")).Json();
        var second = (await Hwseed.RunAsync("brain", "generate", "--count", "10", "--seed", "5", "--json")).Json();
        Assert.That(first.GetProperty("designs").GetArrayLength(), Is.EqualTo(10));
        Assert.That(JsonElement.DeepEquals(first.GetProperty("designs"), second.GetProperty("designs")), Is.True);
    }

    [Test]
    public async Task A_cancelled_command_ends_with_130()
    {
        using StringWriter output = new(), error = new();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var code = await HwSeed.Cli.CommandLine.RunAsync(["sim", Engine, "--gemm", "64x512x64"], output, error, stop.Token);
        Assert.That(code, Is.EqualTo(130));
        Assert.That(output.ToString(), Is.Empty);
    }

    [Test]
    public async Task Every_command_stands_in_the_help_with_a_sentence()
    {
        var help = await Hwseed.RunAsync("--help");
        Assert.That(help.Code, Is.Zero);
        foreach (var command in HwSeed.Cli.CommandLine.Root().Subcommands)
        {
            Assert.That(help.Output, Does.Contain(command.Name));
            Assert.That(command.Description, Is.Not.Null.And.Not.Empty, command.Name);
            foreach (var option in command.Options.Concat(command.Subcommands.SelectMany(c => c.Options)))
            {
                Assert.That(option.Description, Is.Not.Null.And.Not.Empty, $"{command.Name} {option.Name}");
            }
        }
    }
}
