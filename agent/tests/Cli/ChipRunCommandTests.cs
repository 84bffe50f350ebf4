using HwSeed.Agent.Tests.Brain;
using HwSeed.Cli;
using HwSeed.Cli.Commands;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Cli;

internal sealed class ChipRunCommandTests
{
    private static readonly string Engine = Room.Path("examples", "ws-4x4.yaml");

    private TemporaryFolder _folder = null!;
    private string _model = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new();
        _model = _folder.File("tiny.gguf");
        TinyBrain.File(TinyBrain.Shape).Write(_model);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task The_document_has_predicted_beside_simulated_cycles_of_every_pass()
    {
        var run = await Tiny("--tokens", "4", "--verilator", "false", "--json");
        var result = run.Json();
        var passes = result.GetProperty("passes").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(result.GetProperty("passed").GetBoolean(), Is.True);
            Assert.That(result.GetProperty("tokens").GetArrayLength(), Is.EqualTo(4));
            Assert.That(passes, Has.Count.EqualTo(4));
            Assert.That(passes.Select(p => p.GetProperty("simulated_cycles").GetInt64()), Is.EqualTo(passes.Select(p => p.GetProperty("predicted_cycles").GetInt64())));
            Assert.That(passes.Sum(p => p.GetProperty("simulated_cycles").GetInt64()), Is.EqualTo(result.GetProperty("simulated_cycles").GetInt64()).And.Positive);
            Assert.That(passes.SelectMany(p => p.GetProperty("products").EnumerateArray()).Select(p => p.GetProperty("utilisation").GetDouble()), Is.All.InRange(1e-3, 1));
            Assert.That(result.GetProperty("verilator").GetProperty("done").GetBoolean(), Is.False);
            Assert.That(result.GetProperty("verilator").GetProperty("skipped").GetString(), Is.EqualTo("left out by request"));
        }
    }

    [Test]
    public async Task People_get_a_table_a_token_and_what_stays_on_the_host()
    {
        var run = await Tiny("--tokens", "3", "--verilator", "false");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(run.Output, Does.Contain("blk.attn_qkv").And.Contain("predicted").And.Contain("PEs busy"));
            Assert.That(run.Output, Does.Contain("token for token the host's").And.Contain("bit for bit the host's").And.Contain("on the host"));
            Assert.That(run.Output, Does.Contain("not compared with Verilator: left out by request"));
        }
    }

    [Test]
    public async Task A_broken_chip_ends_with_1()
    {
        var codes = new List<int>();
        for (var seed = 1; seed <= 8 && !codes.Contains(1); seed++)
        {
            codes.Add((await Tiny("--tokens", "2", $"--inject-fault={seed}")).Code);
        }

        Assert.That(codes, Has.Some.EqualTo(1).And.All.AnyOf(0, 1));
        (await Tiny("--verilator", "--inject-fault")).IsBadInput("HW5305", "give one of them");
    }

    [Test]
    public async Task An_unknown_model_is_refused() =>
        (await Hwseed.RunAsync("chip-run", "--model", _folder.File("none.gguf"))).IsBadInput("HW6013", "none.gguf");

    [Test]
    public async Task Operands_of_4_bits_are_refused_at_their_field()
    {
        var engine = Room.Path("examples", "os-8x8-int4.yaml");
        (await Hwseed.RunAsync("chip-run", "--arch", engine)).IsBadInput("HW5401", $"{engine}:5:15:");
    }

    [Test]
    public async Task Accumulators_too_narrow_for_the_models_K_are_refused_at_their_field()
    {
        var engine = Room.Path("examples", "os-4x4.yaml");
        var run = await Hwseed.RunAsync("chip-run", "--arch", engine);
        run.IsBadInput("HW1104", $"{engine}:6:19:");
        Assert.That(run.Error, Does.Contain("sums over K = 384"));
    }

    [TestCase("50", "leaves 38 of the model's context of 40")]
    [TestCase("2147483647", "2147483647 tokens are wanted")]
    public async Task Tokens_beyond_the_context_are_refused(string tokens, string reason) =>
        (await Tiny("--tokens", tokens)).IsBadInput("HW5402", reason);

    [Test]
    public async Task A_prompt_that_fills_the_context_is_refused() =>
        (await Hwseed.RunAsync("chip-run", "--arch", Engine, "--model", _model, "--prompt", string.Join(' ', Enumerable.Repeat("w1", 40))))
            .IsBadInput("HW5402", "leaves no room");

    [Test]
    public async Task Tokens_from_1_on_are_understood() => (await Tiny("--tokens", "0")).IsBadInput("HW5300", "at least 1");

    [Test]
    public async Task Words_that_the_model_does_not_have_are_refused() =>
        (await Hwseed.RunAsync("chip-run", "--arch", Engine, "--model", _model, "--prompt", "w1 w99")).IsBadInput("HW6041", "'w99'");

    [Test]
    public async Task A_model_of_another_vocabulary_needs_a_prompt()
    {
        (await Hwseed.RunAsync("chip-run", "--arch", Engine, "--model", _model)).IsBadInput("HW5403", _model);
        (await Hwseed.RunAsync("chip-run", "--arch", Engine, "--model", _model, "--prompt", "  ")).IsBadInput("HW5403", "no words");
    }

    [Test]
    public void Verilator_is_needed_only_when_it_is_asked_for()
    {
        Diagnostic[] missing = [ToolDiagnostics.ToolMissing(ExternalTool.Verilator)];
        var needed = Assert.Throws<InvalidInputException>(() => ChipRunCommand.WhyNotVerilator(true, false, missing));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ExitCode.Of(needed!.Diagnostics), Is.EqualTo(ExitCode.ToolMissing));
            Assert.That(ChipRunCommand.WhyNotVerilator(null, false, missing), Does.Contain("verilator"));
            Assert.That(ChipRunCommand.WhyNotVerilator(null, false, []), Is.Null);
            Assert.That(ChipRunCommand.WhyNotVerilator(true, false, []), Is.Null);
        }
    }

    [Test]
    [Category("verilator")]
    public async Task One_block_takes_the_same_cycles_in_Verilator()
    {
        var missing = ExternalTool.Missing(ExternalTool.Verilator, ExternalTool.Compiler);
        if (missing.Count > 0 && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Ignore(missing[0].Message);
        }

        var run = await Tiny("--tokens", "2", "--verilator", "--json");
        var verilator = run.Json().GetProperty("verilator");
        var products = verilator.GetProperty("products").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error);
            Assert.That(verilator.GetProperty("passed").GetBoolean(), Is.True);
            Assert.That(products, Has.Count.EqualTo(4));
            Assert.That(
                products.Select(p => p.GetProperty("verilator_cycles").GetInt64()),
                Is.EqualTo(products.Select(p => p.GetProperty("predicted_cycles").GetInt64())).And.All.Positive);
        }
    }

    private Task<Hwseed> Tiny(params string[] words) =>
        Hwseed.RunAsync(["chip-run", "--model", _model, "--arch", Engine, "--prompt", "w3 w1", .. words]);
}
