using HwSeed.Agent.Flow;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Cli;

[Category("verilator")]
internal sealed class VerificationCommandTests
{
    [SetUp]
    public void RequireVerilator()
    {
        var missing = ExternalTool.Missing(ExternalTool.Verilator, ExternalTool.Compiler);
        if (missing.Count == 0)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(missing[0].Message);
        }

        Assert.Ignore(missing[0].Message);
    }

    [Test]
    public async Task Verify_agrees_on_ragged_shapes_and_says_what_it_is_worth()
    {
        var result = (await Hwseed.RunAsync("verify", Room.Path("examples", "ws-4x4.yaml"), "--seed", "4", "--json")).Json();
        Assert.That(result.GetProperty("passed").GetBoolean(), Is.True);
        Assert.That(result.GetProperty("verification_level").GetString(), Is.EqualTo($"sampled(n={result.GetProperty("cases").GetArrayLength()}, seed=4)"));
    }

    [Test]
    public async Task A_fault_is_caught_and_ends_with_1()
    {
        var run = await Hwseed.RunAsync("verify", Room.Path("examples", "os-4x4.yaml"), "--gemm", "5x9x6", "--inject-fault=3");
        Assert.That(run.Code, Is.EqualTo(1), run.Error);
        Assert.That(run.Output, Does.Contain("fault caught").And.Contain("in cycle").And.Contain("tried"));
    }

    [Test]
    public async Task Random_pairs_are_exact_one_line_each_in_order_and_nothing_is_left()
    {
        var before = Leftovers();
        var run = await Hwseed.RunAsync("verify", "--random", "3", "--seed", "11");
        var lines = run.Output.Split('\n').Where(l => l.EndsWith(" exact", StringComparison.Ordinal)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error + run.Output);
            Assert.That(lines.Select(l => l[0]), Is.EqualTo("012"));
            Assert.That(Leftovers(), Is.SubsetOf(before));
        }
    }

    [Test]
    public async Task Faults_in_random_pairs_end_with_1_and_are_counted()
    {
        var run = await Hwseed.RunAsync("verify", "--random", "2", "--seed", "7", "--inject-fault", "--json");
        var result = run.Json();
        Assert.That(run.Code, Is.EqualTo(1), run.Error);
        Assert.That(result.GetProperty("faults_caught").GetInt32(), Is.EqualTo(2 - result.GetProperty("exact").GetInt32()).And.Positive);
    }

    /// <summary>The hundred pairs of every build; two thousand are for the night (.ci/nightly).</summary>
    [Test]
    public async Task A_hundred_random_pairs_of_every_kind_are_exact()
    {
        using var folder = new TemporaryFolder();
        string[] words = ["verify", "--random", "100", "--workloads-per-engine", "8", "--seed", "2027", "--journal", folder.File("j.jsonl"), "--json"];
        var run = await Hwseed.RunAsync([.. words, "--record", folder.File("r.json")]);
        var result = run.Json();
        var kinds = result.GetProperty("pairs_by_kind").EnumerateObject().ToList();
        var families = result.GetProperty("pairs_by_family").EnumerateObject().Select(f => f.Name).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero, run.Error + run.Output);
            Assert.That(result.GetProperty("exact").GetInt32(), Is.EqualTo(100));
            Assert.That(kinds.Select(k => k.Name), Is.EquivalentTo(RandomWorkload.KindWords));
            Assert.That(kinds.Select(k => k.Value.GetInt32()), Is.All.GreaterThan(8));
            Assert.That(families, Is.SupersetOf(new[] { "output_stationary", "weight_stationary", "input_stationary", "broadcast", "output" }));
            Assert.That(File.ReadAllText(folder.File("r.json")), Does.Contain("\"exact\": 100"));
        }

        // All of them are known now: nothing is built again.
        var again = (await Hwseed.RunAsync(words)).Json();
        Assert.That(again.GetProperty("rows").GetArrayLength(), Is.Zero);
        Assert.That(again.GetProperty("cycles").GetInt64(), Is.EqualTo(result.GetProperty("cycles").GetInt64()));
    }

    [Test]
    public async Task Engines_and_workloads_are_those_that_were_asked_for()
    {
        var run = await Hwseed.RunAsync(
            "verify", "--random", "2", "--family", "is,double_buffering", "--kind", "conv_direct", "--workloads-per-engine", "2", "--json");
        var rows = run.Json().GetProperty("rows").EnumerateArray().ToList();
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(rows.Select(r => r.GetProperty("kind").GetString()), Is.EqualTo(new[] { "conv_direct", "conv_direct" }));
        Assert.That(
            rows[0].GetProperty("families").EnumerateArray().Select(f => f.GetString()), Is.SupersetOf(new[] { "input_stationary", "double_buffering" }));
    }

    private static string[] Leftovers() => Directory.GetDirectories(Path.GetTempPath(), "hwseed-verify-*");
}
