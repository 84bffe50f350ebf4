using HwSeed.Agent.Tests.Brain;

namespace HwSeed.Agent.Tests.Cli;

internal sealed class BadInputTests
{
    private const string Engine =
        """
        schema: hwseed/architecture/v1
        name: small
        array: {rows: 2, columns: 2}
        dataflow: output_stationary
        operand_bits: 8
        accumulator_bits: 18
        pe_pipeline: 1
        scratchpad: {input_depth: 64, weight_depth: 64}
        double_buffering: false

        """;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task Zero_rows_are_refused_at_their_place()
    {
        var path = _folder.Write("a.yaml", Engine.Replace("rows: 2", "rows: 0", StringComparison.Ordinal));
        (await Hwseed.RunAsync("emit", path, "--out", _folder.File("out"))).IsBadInput("HW1101", $"{path}:3:15:");
        Assert.That(Directory.Exists(_folder.File("out")), Is.False);
    }

    [TestCase("HW5306", "--random", "1", "--family", "wx")]
    [TestCase("HW5306", "--random", "1", "--kind", "conv")]
    [TestCase("HW5131", "--random", "1", "--family", "ws", "--family", "broadcast")]
    [TestCase("HW5305", "--family", "ws")]
    [TestCase("HW5305", "--random", "2", "--workloads-per-engine", "2", "--inject-fault")]
    [TestCase("HW5300", "--random", "2", "--workloads-per-engine", "0")]
    public async Task Random_pairs_that_cannot_be_drawn_are_refused(string code, params string[] words) =>
        (await Hwseed.RunAsync(["verify", .. words])).IsBadInput(code);

    [Test]
    public async Task A_layer_that_contradicts_itself_is_refused_at_its_place()
    {
        var engine = _folder.Write("a.yaml", Engine);
        var path = _folder.Write("w.yaml", "schema: hwseed/workload/v1\ntokens_per_pass: 1\nconvs: [{c: 1, m: 1, h: 2, w: 2, r: 3, s: 1}]\n");
        (await Hwseed.RunAsync("map", engine, "--workload", path)).IsBadInput("HW4203", $"{path}:3:");
        (await Hwseed.RunAsync("map", engine)).IsBadInput("HW5305");
        (await Hwseed.RunAsync("map", engine, "--workload", Room.Path("examples", "llama-block.yaml"))).IsBadInput("HW1104", engine);
    }

    [Test]
    public async Task An_unknown_key_is_refused_with_the_nearest()
    {
        var path = _folder.Write("a.yaml", Engine.Replace("pe_pipeline", "pe_pipelin", StringComparison.Ordinal));
        var run = await Hwseed.RunAsync("sim", path, "--gemm", "2x2x2");
        run.IsBadInput("HW5007", $"{path}:7:1:");
        Assert.That(run.Error, Does.Contain("did you mean 'pe_pipeline'?").And.Contain("^^^"));
    }

    [Test]
    public async Task A_broadcast_array_that_passes_sums_on_is_refused_at_its_interconnect()
    {
        var engine = Engine.Replace("columns: 2}", "columns: 2, interconnect: broadcast}", StringComparison.Ordinal)
            .Replace("output_stationary", "weight_stationary", StringComparison.Ordinal)
            .Replace("weight_depth: 64", "weight_depth: 64, accumulator_depth: 16", StringComparison.Ordinal);
        var path = _folder.Write("a.yaml", engine);
        (await Hwseed.RunAsync("emit", path, "--out", _folder.File("out"))).IsBadInput("HW1107", $"{path}:3:44:");
    }

    [TestCase("rows: 2, columns: 2, lanes: 17", "", "HW1101", "3:37")]
    [TestCase("rows: 2, columns: 2, lanes: 3", "\nadder_pipeline: 3", "HW1108", "8:17")]
    [TestCase("rows: 16, columns: 2, lanes: 16", "", "HW1109", "3:38")]
    [TestCase("rows: 2, columns: 2, lanes: 3", "\nmultiplier: dsp", "HW1110", "3:37")]
    [TestCase("rows: 2, columns: 2, lanes: 2", "\nmultiplier: dsp", "HW1110", "7:14")]
    [TestCase("rows: 2, columns: 2, lanes: 4", "\nmultiplier: dsp\ndsp_lanes: 3", "HW1110", "9:12")]
    [TestCase("rows: 2, columns: 2, lanes: 4", "\ndsp_lanes: 2", "HW1110", "8:12")]
    [TestCase("rows: 2, columns: 2", "\noutput: {channels: 100, table: true, residual: false}", "HW1102", "8:20")]
    [TestCase("rows: 2, columns: 2", "\noutput: {channels: 128, scale_bits: 24, table: true, residual: false}", "HW1111", "8:37")]
    [TestCase("rows: 2, columns: 2", "\ninput_bits: 16\nweight_bits: 2\noutput: {channels: 128, table: false, residual: false}", "HW1112", "10:9")]
    [TestCase("rows: 2, columns: 2", "\nweight_bits: 3", "HW1103", "8:14")]
    [TestCase("rows: 2, columns: 2, interconnect: adder_tree", "", "HW1114", "3:44")]
    [TestCase("rows: 2, columns: 3, cores: 2", "", "HW1115", "3:37")]
    public async Task Engines_that_cannot_be_built_are_refused_at_their_field(string array, string more, string code, string at)
    {
        var engine = Engine.Replace("rows: 2, columns: 2", array, StringComparison.Ordinal)
            .Replace("pe_pipeline: 1", $"pe_pipeline: 1{more}", StringComparison.Ordinal);
        var path = _folder.Write("a.yaml", engine);
        (await Hwseed.RunAsync("emit", path, "--out", _folder.File("out"))).IsBadInput(code, $"{path}:{at}:");
    }

    [TestCase("spi")]
    [TestCase("axi")]
    public async Task A_port_that_is_too_narrow_for_the_sums_is_refused(string host)
    {
        var path = _folder.Write("a.yaml", Engine.Replace("accumulator_bits: 18", "accumulator_bits: 40", StringComparison.Ordinal));
        (await Hwseed.RunAsync("emit", path, "--host", host, "--out", _folder.File("out"))).IsBadInput("HW1113");
        Assert.That((await Hwseed.RunAsync("emit", path, "--out", _folder.File("bare"))).Code, Is.Zero);
    }

    [TestCase("sim")]
    [TestCase("map")]
    [TestCase("verify")]
    public async Task An_accumulator_too_narrow_for_K_is_refused_at_its_field(string command)
    {
        var path = _folder.Write("a.yaml", Engine);
        (await Hwseed.RunAsync(command, path, "--gemm", "2x5x2")).IsBadInput("HW1104", $"{path}:6:19:");
    }

    [Test]
    public async Task An_accumulator_too_narrow_for_one_product_is_refused()
    {
        var path = _folder.Write("a.yaml", Engine.Replace("accumulator_bits: 18", "accumulator_bits: 15", StringComparison.Ordinal));
        (await Hwseed.RunAsync("emit", path, "--out", _folder.File("out"))).IsBadInput("HW1104", $"{path}:6:");
    }

    [Test]
    public async Task A_truncated_model_is_refused()
    {
        var model = File.ReadAllBytes(Room.Path("brain", "models", "seed.gguf"));
        var path = _folder.File("short.gguf");
        File.WriteAllBytes(path, model[..(model.Length / 2)]);
        foreach (var command in new[] { "generate", "bench" })
        {
            var run = await Hwseed.RunAsync("brain", command, "--model", path);
            run.IsBadInput("HW60", path);
        }
    }

    [Test]
    public async Task A_model_of_another_vocabulary_is_refused()
    {
        var path = _folder.File("tiny.gguf");
        TinyBrain.File(TinyBrain.Shape).Write(path);
        (await Hwseed.RunAsync("brain", "generate", "--model", path)).IsBadInput("HW5203", path);
    }

    [Test]
    public async Task A_goal_for_an_unknown_device_is_refused_before_a_run_is_made()
    {
        var goal = File.ReadAllText(Room.Path("goals", "brain-on-ice40.yaml")).Replace("device: hx8k", "device: hx8l", StringComparison.Ordinal);
        var path = _folder.Write("goal.yaml", goal);
        var run = await Hwseed.RunAsync("evolve", path, "--runs", _folder.File("runs"));
        run.IsBadInput("HW5012", $"{path}:6:");
        Assert.That(run.Error, Does.Contain("did you mean 'hx8k'?"));
        Assert.That(Directory.Exists(_folder.File("runs")), Is.False);
    }

    [Test]
    public async Task An_unknown_device_is_refused_before_a_tool_runs() =>
        (await Hwseed.RunAsync("synth", Room.Path("examples", "os-4x4.yaml"), "--device", "hx9k", "--out", _folder.File("out")))
            .IsBadInput("HW3202", "did you mean 'hx8k'");

    [TestCase("2x2", "three numbers")]
    [TestCase("0x2x2", "M must be from 1")]
    [TestCase("2x2x99999999999", "N must be")]
    [TestCase("9000x1x9000", "more than 2^26 elements")]
    [TestCase("-1x2x2", "three numbers")]
    public async Task A_product_that_is_none_is_refused(string gemm, string reason) =>
        (await Hwseed.RunAsync("map", Room.Path("examples", "os-4x4.yaml"), $"--gemm={gemm}")).IsBadInput("HW5301", reason);

    [Test]
    public async Task A_product_without_room_is_refused_with_the_reason()
    {
        var path = _folder.Write("a.yaml", Engine
            .Replace("output_stationary", "weight_stationary", StringComparison.Ordinal).Replace("accumulator_bits: 18", "accumulator_bits: 32", StringComparison.Ordinal)
            .Replace("weight_depth: 64}", "weight_depth: 16, accumulator_depth: 16}", StringComparison.Ordinal).Replace("rows: 2, columns: 2", "rows: 16, columns: 1", StringComparison.Ordinal));
        var run = await Hwseed.RunAsync("map", path, "--gemm", "4x8000x4");
        Assert.That(run.Code, Is.Zero.Or.EqualTo(2), run.Error);
        if (run.Code == 2)
        {
            run.IsBadInput("HW5302", "does not run on 'small'");
        }
    }

    [Test]
    public async Task A_missing_file_is_named() =>
        (await Hwseed.RunAsync("emit", _folder.File("none.yaml"), "--out", _folder.File("out"))).IsBadInput("HW5001", "none.yaml");

    [Test]
    public async Task A_folder_that_is_a_file_is_refused()
    {
        var file = _folder.Write("file", "");
        (await Hwseed.RunAsync("emit", Room.Path("examples", "os-4x4.yaml"), "--out", file)).IsBadInput("HW5303");
    }

    [Test]
    public async Task A_baud_rate_that_the_clock_cannot_make_is_refused() => (await Hwseed.RunAsync(
        "emit", Room.Path("examples", "os-4x4.yaml"), "--host", "uart", "--mhz", "0.2", "--out", _folder.File("out"))).IsBadInput("HW5117");

    [TestCase("simm", "'sim'")]
    [TestCase("--jsno", "'--json'")]
    public async Task A_misspelt_word_gives_the_nearest(string word, string nearest) =>
        (await Hwseed.RunAsync(word)).IsBadInput("HW5300", $"did you mean {nearest}?");

    [TestCase("sim")]
    [TestCase("verify", "--random", "0")]
    [TestCase("verify", "--random", "many")]
    [TestCase("evolve", "--without", "everything")]
    [TestCase("emit", "x.yaml", "--host", "pci", "--out", "y")]
    public async Task A_command_line_that_is_not_understood_ends_with_2(params string[] words) =>
        (await Hwseed.RunAsync(words)).IsBadInput("HW5300", "--help");

    [TestCase("verify")]
    [TestCase("verify", "x.yaml", "--random", "3")]
    [TestCase("verify", "--random", "3", "--gemm", "2x2x2")]
    [TestCase("evolve", "--resume", "runs/x", "--seed", "3")]
    [TestCase("test")]
    [TestCase("emit", "x.yaml", "--host", "uart", "--out", "y")]
    public async Task Contradicting_choices_are_refused(params string[] words) => (await Hwseed.RunAsync(words)).IsBadInput("HW5305");

    [Test]
    public async Task A_run_that_is_none_is_refused()
    {
        (await Hwseed.RunAsync("audit", _folder.Path)).IsBadInput("HW5104");
        (await Hwseed.RunAsync("evolve", "--resume", _folder.Path)).IsBadInput("HW5104");
    }

    [Test]
    public async Task With_json_bad_input_is_one_document_too()
    {
        var path = _folder.Write("a.yaml", Engine.Replace("rows: 2", "rows: 0", StringComparison.Ordinal));
        var run = await Hwseed.RunAsync("emit", path, "--out", _folder.File("out"), "--json");
        var found = run.Json().GetProperty("diagnostics")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Json().GetProperty("exit_code").GetInt32(), Is.EqualTo(2));
            Assert.That(found.GetProperty("code").GetString(), Is.EqualTo("HW1101"));
            Assert.That(found.GetProperty("file").GetString(), Is.EqualTo(path));
            Assert.That(found.GetProperty("line").GetInt32(), Is.EqualTo(3));
            Assert.That(found.GetProperty("column").GetInt32(), Is.EqualTo(15));
        }
    }

    [Test]
    public async Task Text_from_a_file_does_not_steer_the_terminal()
    {
        var path = _folder.Write("a.yaml", Engine.Replace("name: small", "name: \"[red]\\u001b[2J\"", StringComparison.Ordinal));
        var run = await Hwseed.RunAsync("map", path, "--gemm", "2x2x2");
        Assert.That(run.Output + run.Error, Does.Not.Contain("\u001b"));
    }
}
