using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim;
using HwSeed.Sim.Accelerators;

namespace HwSeed.VerilatorTests;

/// <summary>Many engines on the compiled simulator: the cost model's cycles, the reference's results.</summary>
public sealed class EngineSimulationTests
{
    [Test]
    public void Cycles_and_results_are_exact([Values] Dataflow dataflow, [Range(0, 59)] int seed)
    {
        var drawn = RandomEngine.Draw(seed, dataflow);
        var design = AcceleratorGenerator.Generate(drawn.Mapping.Architecture).OrThrow();
        var trace = AcceleratorRun.Execute(design, drawn.Traffic(), (drawn.Cost.Cycles * 2) + 100).OrThrow();
        Assert.Multiple(() =>
        {
            Assert.That(drawn.IsProduct(trace.Outputs), $"{drawn.Mapping}");
            Assert.That(trace.Cycles, Is.EqualTo(drawn.Cost.Cycles), $"{drawn.Mapping}");
        });
    }

    [Test]
    public void Stalls_on_any_stream_change_no_output([Values] Dataflow dataflow, [Range(100, 114)] int seed)
    {
        var drawn = RandomEngine.Draw(seed, dataflow);
        var simulator = Simulator.Compile(AcceleratorGenerator.Generate(drawn.Mapping.Architecture).OrThrow()).OrThrow();
        for (var stall = 0; stall < 5; stall++)
        {
            var trace = AcceleratorRun.Execute(
                simulator, drawn.Traffic(), (drawn.Cost.Cycles * 8) + 1000, new() { StallSeed = stall }).OrThrow();
            Assert.That(drawn.IsProduct(trace.Outputs), $"stalls {stall} on {drawn.Mapping}");
            Assert.That(trace.Cycles, Is.GreaterThanOrEqualTo(drawn.Cost.Cycles));
        }
    }

    [Test]
    public void Programs_may_follow_each_other_without_reset([Values] Dataflow dataflow, [Range(7, 12)] int seed)
    {
        var drawn = RandomEngine.Draw(seed, dataflow);
        var twice = drawn.Traffic();
        var commands = twice.Commands.ToArray();
        ulong sync = CommandEncoding.Encode(new Sync());
        var traffic = new HostTraffic(
            (ulong[])[.. commands, sync, .. commands], (ulong[])[.. twice.Words.ToArray(), .. twice.Words.ToArray()],
            twice.LimbsPerWord, 2 * twice.OutputsExpected)
        {
            Residual = (ulong[])[.. twice.Residual.ToArray(), .. twice.Residual.ToArray()],
        };
        var design = AcceleratorGenerator.Generate(drawn.Mapping.Architecture).OrThrow();
        var trace = AcceleratorRun.Execute(design, traffic, (drawn.Cost.Cycles * 4) + 100).OrThrow();
        Assert.That(drawn.IsProduct(trace.Outputs.AsSpan(0, twice.OutputsExpected)));
        Assert.That(drawn.IsProduct(trace.Outputs.AsSpan(twice.OutputsExpected)));
    }

    [Test]
    public void Every_generated_engine_keeps_the_rtl_rules([Values] Dataflow dataflow, [Range(200, 211)] int seed)
    {
        var design = AcceleratorGenerator.Generate(RandomEngine.Draw(seed, dataflow).Mapping.Architecture).OrThrow();
        var errors = RtlRules.Check(design).Where(d => d.Severity == Hdl.Diagnostics.Severity.Error);
        Assert.That(errors, Is.Empty);
    }
}
