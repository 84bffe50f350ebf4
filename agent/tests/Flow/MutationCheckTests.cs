using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Agent.Tests.Loop;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Flow;

internal sealed class MutationCheckTests
{
    private static Architecture Engine(Dataflow dataflow) => new(
        "mutated", 2, 3, dataflow, 8, 8, 24, 1, 32, 32, dataflow == Dataflow.OutputStationary ? 0 : 16, true);

    [Test]
    public void Faults_are_distinct_and_come_from_every_module_and_kind([Values] Dataflow dataflow)
    {
        var design = AcceleratorGenerator.Generate(Engine(dataflow)).OrThrow();
        var chosen = FaultSample.Choose(design, 80, new(1));
        var all = FaultInjector.Faults(design);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(chosen, Has.Count.EqualTo(80));
            Assert.That(chosen.Select(c => c.Verilog), Is.Unique);
            Assert.That(chosen.Select(c => (c.Fault.Module, c.Fault.Kind)).Distinct(),
                Is.EquivalentTo(all.Select(f => (f.Module, f.Kind)).Distinct()));
            Assert.That(FaultSample.Choose(design, 80, new(1)).Select(c => c.Fault.Description),
                Is.EqualTo(chosen.Select(c => c.Fault.Description)));
            Assert.That(FaultSample.Choose(design, 80, new(2)).Select(c => c.Fault.Description),
                Is.Not.EqualTo(chosen.Select(c => c.Fault.Description)));
        }
    }

    [Test]
    [Category("verilator")]
    [Category("fpga")]
    public async Task The_bench_sees_faults_and_Verilator_sees_the_same([Values] Dataflow dataflow)
    {
        SmallGoal.NeedTools(ExternalTool.Verilator, ExternalTool.Compiler, ExternalTool.Yosys);
        using var folder = new TemporaryFolder();
        var engine = Engine(dataflow);
        var cases = VerificationShapes.CasesFor(engine, new(1));
        var check = MutationCheck.Prepare(engine, cases, 60, new(1), folder.Path).OrThrow();
        check.ProofLimit = TimeSpan.FromSeconds(4);
        var report = (await check.RunAsync(_ => { })).OrThrow();
        using (Assert.EnterMultipleScope())
        {
            // How many of the rest can be proved equivalent depends on the time that there is.
            Assert.That(report.Caught, Is.GreaterThanOrEqualTo(54), string.Join("\n", report.Mutants.Where(m => m.IsOpen).Select(m => m.Description)));
            Assert.That(report.Mutants, Has.Count.EqualTo(60));
            Assert.That(report.Verilator, Has.Count.EqualTo(4));
            Assert.That(report.Verilator.Select(v => v.Seen), Is.EqualTo(report.Verilator.Select(v => v.Mutant.Seen)));
            Assert.That(report.Verilator.Count(v => v.Seen is not null), Is.GreaterThanOrEqualTo(3));
        }
    }

    [Test]
    public void A_report_passes_only_with_enough_faults_caught_and_with_equal_verdicts()
    {
        MutantVerdict seen = new(0, FaultKind.Enable, "a: b", "4x4x4: in cycle 3"), open = new(1, FaultKind.Enable, "a: c", null);
        var proved = open with { Equivalence = new(true, "proved") };
        MutationReport Report(int caught, params IReadOnlyList<MutantVerdict> others) =>
            new(Engine(Dataflow.OutputStationary), [.. Enumerable.Repeat(seen, caught), .. others], [], 300, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Report(98, open, open).Passed, Is.True);
            Assert.That(Report(97, open, open, open).Passed, Is.False);
            Assert.That(Report(97, open, open, proved).Passed, Is.True);
            Assert.That(Report(97, open, open, open with { Equivalence = new(false, "bounded") }).Passed, Is.False);
            Assert.That((Report(100) with { Verilator = [new(seen, seen.Seen)] }).Passed, Is.True);
            Assert.That((Report(100) with { Verilator = [new(seen, null)] }).Passed, Is.False);
        }
    }
}
