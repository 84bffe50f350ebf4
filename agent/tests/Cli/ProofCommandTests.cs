using HwSeed.Agent.Tests.Loop;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Cli;

[Category("fpga")]
internal sealed class ProofCommandTests
{
    private const string Engine =
        """
        schema: hwseed/architecture/v1
        name: small
        array: {rows: 2, columns: 2, lanes: 2, interconnect: broadcast}
        dataflow: output_stationary
        operand_bits: 4
        accumulator_bits: 12
        pe_pipeline: 1
        scratchpad: {input_depth: 16, weight_depth: 16}
        double_buffering: false

        """;

    [Test]
    public async Task Prove_lists_parts_with_their_levels_and_gives_the_weakest()
    {
        SmallGoal.NeedTools(ExternalTool.Yosys, ExternalTool.Abc);
        using var folder = new TemporaryFolder();
        var run = await Hwseed.RunAsync("verify", folder.Write("a.yaml", Engine), "--prove", "--limit", "20", "--json");
        Assert.That(run.Code, Is.Zero, run.Error);
        var result = run.Json();
        var parts = result.GetProperty("parts").EnumerateArray().ToList();
        Assert.That(result.GetProperty("verification_level").GetString(), Is.EqualTo("proved"));
        Assert.That(parts.Select(p => p.GetProperty("part").GetString()), Does.Contain("dot product of lanes").And.Contain("load unit"));
        Assert.That(parts.Select(p => p.GetProperty("level").GetString()), Is.All.EqualTo("proved"));
    }

    [TestCase("--prove", "--gemm", "2x2x2")]
    [TestCase("--prove", "--mutations", "3")]
    [TestCase("--limit", "3")]
    public async Task What_does_not_go_together_is_refused(params string[] words)
    {
        using var folder = new TemporaryFolder();
        var run = await Hwseed.RunAsync(["verify", folder.Write("a.yaml", Engine), .. words]);
        Assert.That(run.Code, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("HW5305").And.Contain("--prove"));
    }
}
