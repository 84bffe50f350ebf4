using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators;
using HwSeed.Sim;
using HwSeed.Sim.Accelerators;
using HwSeed.Sim.Lockstep;
using HwSeed.Toolchain;

namespace HwSeed.VerilatorTests;

/// <summary>Random engines in lockstep with Verilator: every port, every cycle.</summary>
[Category("verilator")]
public sealed class EngineLockstepTests : LockstepFixture
{
    [Test]
    public async Task Predicted_simulated_and_verilated_cycles_are_one_number(
        [Values] Dataflow dataflow, [Range(300, 309)] int seed)
    {
        var drawn = RandomEngine.Draw(seed, dataflow);
        var design = AcceleratorGenerator.Generate(drawn.Mapping.Architecture).OrThrow();
        var simulator = Simulator.Compile(design).OrThrow();
        var model = (await LockstepModel.BuildAsync(design, Work)).OrThrow();

        var trace = Execute(simulator, drawn, null);
        var report = await model.ReplayAsync(trace.Ports!);
        Assert.Multiple(() =>
        {
            Assert.That(report.Agreed, $"{report.Reason} {report.FirstDivergence} {drawn.Mapping}");
            Assert.That(trace.Cycles, Is.EqualTo(drawn.Cost.Cycles), $"{drawn.Mapping}");
            Assert.That(report.Cycles, Is.EqualTo(drawn.Cost.Cycles), $"{drawn.Mapping}");
            Assert.That(drawn.IsProduct(report.OutputsRead), $"{drawn.Mapping}");
        });

        var stalled = await model.ReplayAsync(Execute(simulator, drawn, seed).Ports!);
        Assert.That(stalled.Agreed, $"with stalls: {stalled.Reason} {drawn.Mapping}");
        Assert.That(drawn.IsProduct(stalled.OutputsRead));
    }

    private static Trace Execute(Simulator simulator, RandomEngine drawn, int? stalls) => AcceleratorRun.Execute(
        simulator, drawn.Traffic(), (drawn.Cost.Cycles * 8) + 1000, new() { RecordPorts = true, StallSeed = stalls }).OrThrow();
}
