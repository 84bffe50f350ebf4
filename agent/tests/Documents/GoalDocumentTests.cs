using HwSeed.Agent.Documents;
using HwSeed.Agent.Goals;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Tests.Documents;

internal sealed class GoalDocumentTests
{
    private const string Good =
        """
        schema: hwseed/goal/v1
        name: small
        workload:
          tokens_per_pass: 2
          gemms:
            - {name: a, m: 2, k: 3, n: 4}
            - {m: 1, k: 1, n: 1, repeats: 5}
        target: {device: hx8k}
        objectives:
          - {metric: luts}
          - {metric: chip_tokens_per_second, direction: maximize}
        budget:
          generations: 2
          proposals_per_generation: 8
          simulate_per_generation: 4
          verify_per_generation: 2
          synthesise_per_generation: 1
          wall_minutes: 1.5
        seed: 18446744073709551615
        """;

    [Test]
    public void Reads_every_field()
    {
        var goal = GoalDocument.ReadText(Good, "g.yaml").OrThrow();
        Assert.That(goal, Is.EqualTo(new Goal(
            "small",
            new ExplicitWorkload(new Workload("small", [new("a", new GemmShape(2, 3, 4)), new("gemm1", new GemmShape(1, 1, 1), 5)], 2)),
            TargetDevice.Find("hx8k")!,
            [new(Metric.Luts, Direction.Minimize), new(Metric.ChipTokensPerSecond, Direction.Maximize)],
            new Constraints(7680, 32, 0, null),
            new Budget(2, 8, 4, 2, 1, 1.5),
            ulong.MaxValue)));
    }

    [Test]
    public void The_default_goal_names_the_agents_own_model()
    {
        var goal = GoalDocument.Read(Room.Path("goals", "brain-on-ice40.yaml")).OrThrow();
        var model = (ModelWorkload)goal.Workload;
        Assert.Multiple(() =>
        {
            Assert.That(Path.GetFullPath(model.ModelPath), Is.EqualTo(Room.Path("brain", "models", "seed.gguf")));
            Assert.That(model.Batch, Is.EqualTo(64));
            Assert.That(goal.Device.Name, Is.EqualTo("hx8k"));
            Assert.That(goal.Constraints.OperandBits, Is.EqualTo(8));
            Assert.That((goal.Budget.Generations, goal.Seed), Is.EqualTo((3, 1UL)));
        });
    }

    [Test]
    public void A_workload_file_stands_beside_the_goal()
    {
        using var folder = new TemporaryFolder();
        folder.Write("w.yaml", "schema: hwseed/workload/v1\ntokens_per_pass: 1\ngemms: [{m: 1, k: 2, n: 3}]\n");
        var start = Good.IndexOf("  tokens", StringComparison.Ordinal);
        var end = Good.IndexOf("target", StringComparison.Ordinal);
        var path = folder.Write("g.yaml", Good[..start] + "  file: w.yaml\n" + Good[end..]);
        var goal = GoalDocument.Read(path).OrThrow();
        Assert.That(goal.Workload, Is.EqualTo(new ExplicitWorkload(new Workload("w", [new("gemm0", new GemmShape(1, 2, 3))], 1))));

        folder.Write("w.yaml", "schema: hwseed/workload/v1\ntokens_per_pass: 1\ngemms: [{m: 0, k: 2, n: 3}]\n");
        var bad = GoalDocument.Read(path).Diagnostics.Single();
        Assert.That((bad.Code, bad.Span!.File), Is.EqualTo(("HW5011", folder.File("w.yaml"))));
    }

    [TestCase("device: hx8k", "device: hx9k", "g.yaml:8:18: error HW5012: 'target.device' is 'hx9k'; did you mean 'hx1k'?\n  target: {device: hx9k}\n                   ^^^^")]
    [TestCase("device: hx8k", "device: ecp5", "g.yaml:8:18: error HW5012: 'target.device' is 'ecp5'; it must be one of: hx1k, hx8k, up5k\n  target: {device: ecp5}\n                   ^^^^")]
    [TestCase("{metric: luts}", "{metric: lutz}", "g.yaml:10:14: error HW5012: 'objectives[0].metric' is 'lutz'; did you mean 'luts'?\n    - {metric: lutz}\n               ^^^^")]
    [TestCase("metric: chip_tokens_per_second", "metric: luts", "g.yaml:11:14: error HW5016: metric 'luts' stands twice\n    - {metric: luts, direction: maximize}\n               ^^^^")]
    [TestCase("generations: 2", "generations: 0", "g.yaml:13:16: error HW5011: 'budget.generations' is 0; it must be from 1 to 1000000\n    generations: 0\n                 ^")]
    [TestCase("seed: 18446744073709551615", "seed: -1", "g.yaml:19:7: error HW5010: 'seed' must be a whole number from 0 to 18446744073709551615, not '-1'\n  seed: -1\n        ^^")]
    [TestCase("  tokens_per_pass: 2", "  tokens_per_pass: 2\n  model: x.gguf", "g.yaml:4:3: error HW5014: 'workload' needs exactly one of: model, file, gemms\n    tokens_per_pass: 2\n    ^")]
    [TestCase("m: 2, k: 3", "m: 2, k: 3.0", "g.yaml:6:26: error HW5010: 'workload.gemms[0].k' must be a whole number, not '3.0'\n      - {name: a, m: 2, k: 3.0, n: 4}\n                           ^^^")]
    [TestCase("seed:", "constraints: {max_luts: 9000}\nseed:", "g.yaml:19:25: error HW5011: 'constraints.max_luts' is 9000; it must be from 1 to 7680\n  constraints: {max_luts: 9000}\n                          ^^^^")]
    public void One_mistake_gives_one_message(string good, string bad, string message)
    {
        var read = GoalDocument.ReadText(Good.Replace(good, bad), "g.yaml");
        Assert.That(string.Join("\n", read.Diagnostics), Is.EqualTo(message));
    }

    [Test]
    public void An_empty_list_is_no_objective()
    {
        var text = Good[..Good.IndexOf("  - {metric", StringComparison.Ordinal)] + Good[Good.IndexOf("budget", StringComparison.Ordinal)..];
        var read = GoalDocument.ReadText(text.Replace("objectives:", "objectives: []"), "g.yaml");
        Assert.That(read.Diagnostics.Single().Message, Is.EqualTo("'objectives' must be a list with at least one item, not an empty list"));
    }

    [Test]
    public void Workload_example_round_trips()
    {
        var workload = WorkloadDocument.Read(Room.Path("examples", "transformer-block.yaml")).OrThrow();
        Assert.That(workload.Gemms, Has.Count.EqualTo(4));
        Assert.That(WorkloadDocument.ReadText(WorkloadDocument.Write(workload), "w.yaml").OrThrow(), Is.EqualTo(workload));
    }
}
