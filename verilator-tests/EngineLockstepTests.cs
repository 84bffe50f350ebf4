using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim;
using HwSeed.Sim.Accelerators;
using HwSeed.Sim.Lockstep;
using HwSeed.Toolchain;

namespace HwSeed.VerilatorTests;

/// <summary>Random engines in lockstep with Verilator: every port, every cycle.</summary>
[Category("verilator")]
public sealed class EngineLockstepTests
{
    private string _work = "";

    [SetUp]
    public void MakeWorkFolder()
    {
        if (ExternalTool.Missing(ExternalTool.Verilator, ExternalTool.Compiler) is { Count: > 0 } missing)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(missing[0].ToString());
            }

            Assert.Ignore(missing[0].ToString());
        }

        _work = Directory.CreateTempSubdirectory("hwseed-lockstep-").FullName;
    }

    [TearDown]
    public void RemoveWorkFolder()
    {
        if (_work.Length > 0)
        {
            Directory.Delete(_work, recursive: true);
        }
    }

    [Test]
    public async Task Predicted_simulated_and_verilated_cycles_are_one_number(
        [Values] Dataflow dataflow, [Range(300, 309)] int seed)
    {
        var drawn = RandomEngine.Draw(seed, dataflow);
        var design = AcceleratorGenerator.Generate(drawn.Mapping.Architecture).OrThrow();
        var simulator = Simulator.Compile(design).OrThrow();
        var model = (await LockstepModel.BuildAsync(design, _work)).OrThrow();

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

    [Test]
    public async Task Faults_in_the_emitted_verilog_are_caught([Values] Dataflow dataflow)
    {
        // Several rows, columns, tiles and blocks, so that counters and addresses matter.
        var engine = new Architecture("faults", 3, 4, dataflow, 8, 24, 1, 64, 64, dataflow == Dataflow.WeightStationary ? 64 : 0, true);
        var drawn = RandomEngine.Draw(engine, new Random(3))!;
        var design = AcceleratorGenerator.Generate(engine).OrThrow();
        var trace = Execute(Simulator.Compile(design).OrThrow(), drawn, 1);
        var faults = FaultInjector.Faults(design);
        var (tried, caught, missed) = (0, 0, new List<string>());
        for (var i = 0; i < faults.Count; i += Math.Max(1, faults.Count / 12), tried++)
        {
            var report = (await LockstepModel.VerifyAsync(
                design, trace.Ports!, Path.Combine(_work, $"fault-{i}"), verilogText: VerilogWriter.Write(faults[i].Design))).OrThrow();
            if (report.Verdict == LockstepVerdict.Diverged)
            {
                caught++;
            }
            else
            {
                missed.Add(faults[i].Description);
            }
        }

        // Some faults cannot be seen from outside; most must be.
        TestContext.Out.WriteLine($"{drawn.Mapping}: {caught} of {tried} caught; not seen: {string.Join("; ", missed)}");
        Assert.That(caught, Is.GreaterThanOrEqualTo(tried * 3 / 4), string.Join("; ", missed));
    }

    private static Trace Execute(Simulator simulator, RandomEngine drawn, int? stalls) => AcceleratorRun.Execute(
        simulator, drawn.Traffic(), (drawn.Cost.Cycles * 8) + 1000, new() { RecordPorts = true, StallSeed = stalls }).OrThrow();
}
