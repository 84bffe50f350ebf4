using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Tests.Verilog;
using HwSeed.Hdl.Verilog;

namespace HwSeed.Hdl.Tests.Rtl;

internal sealed class FaultInjectorTests
{
    [Test]
    public void Faults_of_a_small_design_are_these() => Assert.That(
        FaultInjector.Faults(SampleDesigns.Registers()).Select(f => f.Description),
        Is.EqualTo((string[])
        [
            "registers.plain: bit 7 was lost",
            "registers.plain: the assignment was dropped",
            "registers.enabled: the enable was inverted",
            "registers.enabled: the enable was dropped",
            "registers.enabled: bit 7 was lost",
            "registers.enabled: the assignment was dropped",
            "registers.with_reset: the reset was inverted",
            "registers.with_reset: the reset was dropped",
            "registers.with_reset: the reset value is one too large",
            "registers.with_reset: bit 7 was lost",
            "registers.with_reset: the assignment was dropped",
            "registers.count: the enable was inverted",
            "registers.count: the enable was dropped",
            "registers.count: the reset was inverted",
            "registers.count: the reset was dropped",
            "registers.count: the reset value is one too large",
            "registers.count: '+' became '-'",
            "registers.count: the constant 8'h1 is one too large",
            "registers.count: the constant 8'h1 is one too small",
            "registers.count: bit 7 was lost",
            "registers.count: the assignment was dropped",
            "registers.q0: bit 7 was lost",
            "registers.q0: the assignment was dropped",
            "registers.q1: bit 7 was lost",
            "registers.q1: the assignment was dropped",
            "registers.q2: bit 7 was lost",
            "registers.q2: the assignment was dropped",
            "registers.q3: bit 7 was lost",
            "registers.q3: the assignment was dropped",
        ]));

    [Test]
    public void Every_fault_keeps_the_rules_and_changes_the_text()
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var design = RandomModules.Generate(seed);
            var text = VerilogWriter.Write(design);
            foreach (var fault in FaultInjector.Faults(design).Where((_, i) => i % 7 == seed))
            {
                var where = $"seed {seed}, {fault.Description}";
                Assert.That(RtlRules.Check(fault.Design).Where(d => d.Severity == Severity.Error), Is.Empty, where);
                Assert.That(VerilogWriter.Write(fault.Design) == text, Is.False, where);
            }
        }
    }

    [Test]
    public void A_seed_gives_one_fault_and_reaches_all_instances()
    {
        var design = SampleDesigns.Hierarchy();
        var descriptions = Enumerable.Range(0, 40).Select(seed => FaultInjector.Inject(design, seed).Description).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(FaultInjector.Inject(design, 3), Is.EqualTo(FaultInjector.Inject(design, 3)));
            Assert.That(descriptions.Distinct().Count(), Is.GreaterThan(5));
            Assert.That(
                FaultInjector.Faults(design).Select(f => f.Design.Top.Instances.Select(i => i.Module).Distinct().Count()),
                Is.All.EqualTo(1));
        });
    }

    [Test]
    public void A_design_without_logic_is_refused()
    {
        var m = new ModuleBuilder("plain");
        m.Input("a");
        Assert.That(
            () => FaultInjector.Inject(new(m.Build()), 0),
            Throws.ArgumentException.With.Message.EqualTo("design 'plain' drives nothing that could be changed"));
    }
}
