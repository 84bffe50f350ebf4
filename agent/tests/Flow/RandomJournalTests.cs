using HwSeed.Agent.Flow;

namespace HwSeed.Agent.Tests.Flow;

internal sealed class RandomJournalTests
{
    private const string Tools = "abc, verilator 5";
    private static readonly RandomPlan Plan = new(new(3), 20) { WorkloadsPerEngine = 4, Families = ["dsp"] };
    private static readonly PassedEngine Engine = new(2, "os-2x2", ["dsp", "systolic"], 20_000, 3.5, 2.25, [new(WorkloadKind.ConvDirect, "1x2x3", 2, 99)]);

    private TemporaryFolder _folder = null!;

    private string Path => _folder.File("j.jsonl");

    [SetUp]
    public void MakeFolder() => _folder = new();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void What_passed_is_there_after_a_kill_in_the_middle_of_a_line()
    {
        using (var journal = RandomJournal.Open(Path, Plan, Tools).OrThrow())
        {
            journal.Add(Engine);
            journal.Add(Engine with { Engine = 4 });
        }

        var text = File.ReadAllText(Path);
        File.WriteAllText(Path, text[..^40]);
        using var again = RandomJournal.Open(Path, Plan with { Pairs = 40 }, Tools).OrThrow();
        Assert.That(again.Engines.Values, Is.EqualTo(new[] { Engine }));
        again.Add(Engine with { Engine = 4 });
        Assert.That(again.Engines.Keys, Is.EqualTo(new[] { 2, 4 }));
    }

    [Test]
    public void Another_plan_or_version_is_refused()
    {
        RandomJournal.Open(Path, Plan, Tools).OrThrow().Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(Why(Plan with { Seed = new(4) }, Tools), Does.Contain("HW5130").And.Contain("another seed (3)"));
            Assert.That(Why(Plan with { WorkloadsPerEngine = 1 }, Tools), Does.Contain("number of workloads for each engine (4)"));
            Assert.That(Why(Plan with { Families = [] }, Tools), Does.Contain("choice of engines or workloads"));
            Assert.That(Why(Plan, "def, verilator 5"), Does.Contain("another version (abc, verilator 5)"));
        });
    }

    [Test]
    public void Two_writers_and_a_changed_line_are_refused()
    {
        using (var journal = RandomJournal.Open(Path, Plan, Tools).OrThrow())
        {
            journal.Add(Engine);
            Assert.That(Why(Plan, Tools), Does.Contain("HW5108"));
            journal.Add(Engine with { Engine = 3 });
        }

        File.WriteAllText(Path, File.ReadAllText(Path).Replace("20000", "20001", StringComparison.Ordinal));
        Assert.That(Why(Plan, Tools), Does.Contain("HW5102"));
    }

    [Test]
    public void The_record_counts_pairs_of_this_sitting_and_of_earlier_ones()
    {
        var summary = new RandomSummary(Plan);
        summary.Add(Engine);
        summary.Add(Engine with { Engine = 3, Families = ["dsp"], Pairs = [new(WorkloadKind.Gemm, "1x1x1", 1, 1), new(WorkloadKind.ConvDirect, "", 1, 2)] });
        summary.Write(_folder.File("r.json"), new("1.0", "verilator 5", "abc"), 3.21);
        var record = System.Text.Json.JsonDocument.Parse(File.ReadAllText(_folder.File("r.json"))).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(record.GetProperty("pairs").GetInt32(), Is.EqualTo(3));
            Assert.That(record.GetProperty("exact").GetInt32(), Is.EqualTo(3));
            Assert.That(record.GetProperty("cycles").GetInt64(), Is.EqualTo(102));
            Assert.That(record.GetProperty("cycles_replayed").GetInt64(), Is.EqualTo(40_000));
            Assert.That(record.GetProperty("engine_seconds").GetDouble(), Is.EqualTo(7));
            Assert.That(record.GetProperty("build_seconds").GetDouble(), Is.EqualTo(4.5));
            Assert.That(record.GetProperty("last_sitting_seconds").GetDouble(), Is.EqualTo(3.2));
            Assert.That(record.GetProperty("pairs_by_kind").GetProperty("conv_direct").GetInt32(), Is.EqualTo(2));
            Assert.That(record.GetProperty("pairs_by_family").GetProperty("dsp").GetInt32(), Is.EqualTo(3));
            Assert.That(record.GetProperty("command").GetString(), Is.EqualTo("hwseed verify --random 20 --workloads-per-engine 4 --seed 3 --family dsp"));
        });
    }

    private string Why(RandomPlan plan, string tools) => $"{RandomJournal.Open(Path, plan, tools).Diagnostics.Single()}";
}
