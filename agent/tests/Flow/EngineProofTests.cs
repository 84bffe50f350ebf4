using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Tests.Loop;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Properties;
using HwSeed.Hdl.Rtl;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Flow;

[Category("fpga")]
internal sealed class EngineProofTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    [SetUp]
    public void RequireTools() => SmallGoal.NeedTools(ExternalTool.Yosys, ExternalTool.Abc);

    [Test]
    public async Task A_small_output_stationary_engine_is_proved_part_by_part()
    {
        using var folder = new TemporaryFolder();
        var report = (await EngineProof.RunAsync(Small(Dataflow.OutputStationary), s_limit, new(1), folder.Path)).OrThrow();
        Assert.That(report.Parts.SelectMany(p => p.Statements).Where(s => s.Level != VerificationLevel.Proved).Select(s => $"{s.Text}: {s.Label} {s.Reason}"), Is.Empty);
        Assert.That(report.Label, Is.EqualTo("proved"));
    }

    [Test]
    public async Task What_is_only_sampled_bounds_the_level_of_an_engine_that_keeps_operands()
    {
        using var folder = new TemporaryFolder();
        var report = (await EngineProof.RunAsync(Small(Dataflow.WeightStationary), s_limit, new(1), folder.Path)).OrThrow();
        Assert.That(report.Parts.SkipLast(1).SelectMany(p => p.Statements).Where(s => s.Level != VerificationLevel.Proved).Select(s => s.Text), Is.Empty);
        Assert.That(report.Label, Does.StartWith("sampled(n=").And.EndWith(", seed=1)"));
        Assert.That(report.Weakest.Part, Is.EqualTo("array and accumulator memories"));
    }

    [TestCase("load unit", "input_left", FaultKind.Constant)]
    [TestCase("compute unit", "streaming_q", FaultKind.Enable)]
    [TestCase("drain unit: spare registers", "second_valid", FaultKind.Operator)]
    [TestCase("drain unit with the array's chain", "is_used", FaultKind.Operator)]
    [TestCase("processing element", "sum_q", FaultKind.Reset)]
    [TestCase("dispatcher and ports", "store_may", FaultKind.Operator)]
    [TestCase("wavefront through the array", "capture_q", FaultKind.Assignment)]
    [TestCase("wiring of units and scratchpads", "input_scratchpad", FaultKind.Assignment)]
    public async Task A_fault_in_a_unit_gives_a_counterexample_that_our_simulator_confirms(string part, string place, FaultKind kind)
    {
        using var folder = new TemporaryFolder();
        var harness = EngineProof.Parts(Small(Dataflow.OutputStationary)).OrThrow().Single(h => h.Part == part);
        var broken = new List<string>();
        foreach (var fault in FaultInjector.Faults(harness.Design)
            .Where(f => !f.Module.StartsWith("property_", StringComparison.Ordinal) && f.Kind == kind && f.Description.Contains($".{place}:", StringComparison.Ordinal)).Take(1))
        {
            var proof = (await EngineProof.PartAsync(harness with { Design = fault.Design }, s_limit, Path.Combine(folder.Path, $"{broken.Count}"))).OrThrow();
            Assert.That(proof.Weakest.Label, Is.EqualTo("broken"), fault.Description);
            Assert.That(proof.Statements.Where(s => s.Reason is not null).Select(s => s.Reason), Is.Empty);
            broken.Add(fault.Description);
        }

        Assert.That(broken, Is.Not.Empty);
    }

    [Test]
    public async Task A_lemma_that_breaks_is_not_a_broken_statement()
    {
        using var folder = new TemporaryFolder();
        var m = new ModuleBuilder("property_lemma");
        var step = m.Input("step");
        m.Output("bad_never", step);
        m.Output("bad_never_alone", Expression.Equal(m.Register("low", step), 1) & ~m.Register("same", step));
        m.Output("bad_broken", step);
        m.Output("bad_broken_alone", step);
        Property Of(string name) => new($"bad_{name}", name) { Alone = $"bad_{name}_alone" };
        var proof = (await EngineProof.PartAsync(new("lemma", new(m.Build()), [Of("never"), Of("broken")]), s_limit, folder.Path)).OrThrow();
        Assert.That(proof.Statements.Select(s => s.Label), Is.EqualTo(new[] { "proved", "broken" }));
    }

    [Test]
    public async Task A_multiplier_that_no_proof_ends_for_is_run_on_all_pairs_of_operands()
    {
        using var folder = new TemporaryFolder();
        var engine = Small(Dataflow.OutputStationary) with { InputBits = 8, WeightBits = 8, AccumulatorBits = 20, PePipeline = 3 };
        var harness = EngineProof.Parts(engine).OrThrow().Single(h => h.Part == "multiplier");
        var right = (await EngineProof.PartAsync(harness, TimeSpan.FromSeconds(2), Path.Combine(folder.Path, "right"))).OrThrow();
        Assert.That(right.Weakest.Label, Is.EqualTo("exhaustive(65536 pairs)"));

        var fault = FaultInjector.Faults(harness.Design).First(f => f.Description.Contains("sum_1_", StringComparison.Ordinal) && f.Kind == FaultKind.Operator);
        var wrong = (await EngineProof.PartAsync(harness with { Design = fault.Design }, s_limit, Path.Combine(folder.Path, "wrong"))).OrThrow();
        Assert.That(wrong.Weakest.Label, Is.EqualTo("broken"));
    }

    [TestCase(4, 8, Multiplier.Booth, 2, "exhaustive(4096 pairs)")]
    [TestCase(8, 8, Multiplier.Booth, 3, "exhaustive(65536 pairs)")]
    [TestCase(8, 2, Multiplier.Array, 1, "exhaustive(1024 pairs)")]
    [TestCase(2, 16, Multiplier.Booth, 3, "exhaustive(262144 pairs)")]
    [TestCase(16, 4, Multiplier.Array, 0, "exhaustive(1048576 pairs)")]
    [TestCase(16, 16, Multiplier.Booth, 3, "sampled(n=1048576, seed=1)")]
    [TestCase(16, 8, Multiplier.Array, 2, "sampled(n=1048576, seed=1)")]
    public void A_multiplier_of_any_widths_and_kind_gives_the_products(int input, int weight, Multiplier kind, int stages, string label)
    {
        var engine = Small(Dataflow.OutputStationary) with { InputBits = input, WeightBits = weight, AccumulatorBits = 40, PePipeline = stages, Multiplier = kind };
        var harness = EngineProof.Parts(engine).OrThrow().Single(h => h.Part == "multiplier");
        var statement = ExhaustiveProducts.Try(harness, harness.Properties[0], default);
        Assert.That(statement?.Label, Is.EqualTo(label));
        var fault = FaultInjector.Faults(harness.Design).First(f => f.Kind == FaultKind.Operator && (f.Description.Contains("sum_", StringComparison.Ordinal) || f.Description.Contains("row_", StringComparison.Ordinal)));
        Assert.That(ExhaustiveProducts.Try(harness with { Design = fault.Design }, harness.Properties[0], default), Is.Null);
    }

    [Test]
    public void A_level_is_that_of_the_weakest_statement_and_a_broken_one_leaves_none()
    {
        static ProvedStatement At(VerificationLevel level, string parameters = "") => new("", "", level, parameters, "", default);
        static EngineProofReport Report(params EquatableArray<ProvedStatement> statements) => new([.. statements.Select(s => new PartProof(s.Label, [At(VerificationLevel.Proved), s]))], default);
        var proved = At(VerificationLevel.Proved);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Report(proved, proved).Label, Is.EqualTo("proved"));
            Assert.That(Report(proved, At(VerificationLevel.Exhaustive, "256 pairs")).Label, Is.EqualTo("exhaustive(256 pairs)"));
            Assert.That(Report(At(VerificationLevel.Bounded, "k=9"), proved, At(VerificationLevel.Bounded, "k=31")).Label, Is.EqualTo("bounded(k=9)"));
            Assert.That(Report(At(VerificationLevel.Sampled, "n=3, seed=1"), At(VerificationLevel.Bounded, "k=31")).Label, Is.EqualTo("sampled(n=3, seed=1)"));
            Assert.That(Report(proved, At(VerificationLevel.Unverified)).Label, Is.EqualTo("unverified"));
        }
    }

    [Test]
    public async Task Memories_are_taken_out_to_prove_that_two_engines_are_one([Values(null, "output_stationary_pe")] string? box)
    {
        using var folder = new TemporaryFolder();
        var design = HwSeed.Hdl.Generators.AcceleratorGenerator.Generate(Small(Dataflow.OutputStationary) with { InputDepth = 2048 }).OrThrow();
        Assert.That(await Verdict("input_scratchpad.words: at the read port the enable was dropped"), Is.InstanceOf<Holds>());
        Assert.That(await Verdict("input_scratchpad.words: at the read port the enable was inverted"), Is.InstanceOf<Violated>());
        Assert.That(await Verdict("output_stationary_array.a_1_1: the assignment was dropped"), Is.InstanceOf<Violated>());

        async Task<PropertyVerdict> Verdict(string description)
        {
            var fault = FaultInjector.Faults(design).Single(f => f.Description == description);
            var harness = SameOutputs.Of(design, fault.Design, box)!;
            return (await ModelChecker.CheckAsync(
                Path.Combine(folder.Path, $"{description.Length}"), harness.Design, [harness.Properties[0].Output], new(s_limit))).OrThrow()[0].Verdict;
        }
    }

    private static Architecture Small(Dataflow dataflow) => new(
        "small", 2, 3, dataflow, 4, 4, 12, 1, 16, 16, dataflow == Dataflow.OutputStationary ? 0 : 16, true);
}
