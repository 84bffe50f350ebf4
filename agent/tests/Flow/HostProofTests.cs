using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Tests.Loop;
using HwSeed.Hdl.Properties;
using HwSeed.Hdl.Rtl;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Tests.Flow;

/// <summary>What stands between a bus and an engine is proved, and a fault in it is not.</summary>
[Category("fpga")]
internal sealed class HostProofTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private static IEnumerable<string> Parts => HostProperties.All.Select(h => h.Part);

    [SetUp]
    public void RequireTools() => SmallGoal.NeedTools(ExternalTool.Yosys, ExternalTool.Abc);

    [TestCaseSource(nameof(Parts))]
    public async Task A_part_is_proved(string part)
    {
        using var folder = new TemporaryFolder();
        var proof = (await EngineProof.PartAsync(HostProperties.All.Single(h => h.Part == part), s_limit, folder.Path)).OrThrow();
        Assert.That(proof.Statements.Where(s => s.Level != VerificationLevel.Proved).Select(s => $"{s.Text}: {s.Label} {s.Reason}"), Is.Empty);
    }

    [TestCase("stream slice", "spare_stays", FaultKind.Operator)]
    [TestCase("stream queue", "fetch", FaultKind.Operator)]
    [TestCase("word assembler", "completes", FaultKind.Constant)]
    [TestCase("AXI4-Lite slave", "write_now", FaultKind.Operator)]
    [TestCase("Wishbone slave", "waits", FaultKind.Operator)]
    public async Task A_fault_gives_a_counterexample_that_our_simulator_confirms(string part, string place, FaultKind kind)
    {
        using var folder = new TemporaryFolder();
        var harness = HostProperties.All.Single(h => h.Part == part);
        var fault = FaultInjector.Faults(harness.Design).First(f => !f.Module.StartsWith("property_", StringComparison.Ordinal)
            && f.Kind == kind && f.Description.Contains($".{place}:", StringComparison.Ordinal));
        var proof = (await EngineProof.PartAsync(harness with { Design = fault.Design }, s_limit, folder.Path)).OrThrow();
        Assert.That(proof.Weakest.Label, Is.EqualTo("broken"), fault.Description);
        Assert.That(proof.Statements.Where(s => s.Reason is not null).Select(s => s.Reason), Is.Empty);
    }
}
