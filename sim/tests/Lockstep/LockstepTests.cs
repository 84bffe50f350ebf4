using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim.Accelerators;
using HwSeed.Sim.Lockstep;
using HwSeed.Sim.Tests.Accelerators;
using HwSeed.Sim.Tests.Oracles;
using HwSeed.Sim.Traces;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Tests.Lockstep;

/// <summary>The compiled simulator and Verilator agree on every port in every cycle, and disagreement is seen.</summary>
[Category("verilator")]
public sealed class LockstepTests
{
    private string _directory = "";

    [SetUp]
    public void NeedsVerilator()
    {
        var missing = string.Join("; ", ExternalTool.Missing(ExternalTool.Verilator, ExternalTool.Compiler).Select(d => d.Message));
        if (missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(missing);
        }
        else if (missing.Length > 0)
        {
            Assert.Ignore(missing);
        }

        _directory = Directory.CreateTempSubdirectory("hwseed-lockstep-").FullName;
    }

    [TearDown]
    public void RemoveDirectory()
    {
        if (_directory.Length > 0)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Test]
    public async Task Random_designs_agree_under_random_stimulus()
    {
        // One top with several random designs side by side: one build for all of them.
        var design = Batch([RandomDesign.Generate(100), RandomDesign.Generate(101), RandomModules.Generate(7), RandomDesign.WithClocks(5)]);
        var model = (await LockstepModel.BuildAsync(design, _directory)).OrThrow();
        for (var seed = 0; seed < 3; seed++)
        {
            var report = await model.ReplayAsync(RandomRun(design, seed, cycles: 300));
            Assert.That(report.Agreed, Is.True, $"seed {seed}: {report.Reason}\n{report.Log}");
            Assert.That(report.Cycles, Is.EqualTo(300));
        }
    }

    [Test]
    public async Task Designs_with_clocks_as_ports_agree_at_every_change_of_an_input()
    {
        var design = Batch(Enumerable.Range(200, 4).Select(seed => RandomDesign.WithPorts(seed)).ToList(), hasImplicitClock: false);
        var model = (await LockstepModel.BuildAsync(design, _directory)).OrThrow();
        for (var seed = 0; seed < 3; seed++)
        {
            var report = await model.ReplayAsync(RandomRun(design, seed, cycles: 400));
            Assert.That(report.Agreed, Is.True, $"seed {seed}: {report.Reason}\n{report.Log}");
        }
    }

    [Test]
    public async Task An_engine_agrees_and_the_bench_counts_the_same_cycles_and_outputs()
    {
        var engine = new SampleEngine(4, 4, new(7, 12, 9));
        var simulator = Simulator.Compile(engine.Design).OrThrow();
        var model = (await LockstepModel.BuildAsync(engine.Design, _directory)).OrThrow();
        foreach (var options in new AcceleratorRunOptions[] { new() { RecordPorts = true }, new() { RecordPorts = true, StallSeed = 9 } })
        {
            var trace = AcceleratorRun.Execute(simulator, engine.Traffic, 10_000, options).OrThrow();
            var report = await model.ReplayAsync(trace.Ports!);
            TestContext.Out.WriteLine($"build {report.BuildTime}, run {report.RunTime}, {report.Cycles} cycles");
            Assert.That(report.Agreed, Is.True, $"{report.Reason}\n{report.Log}");
            Assert.That(report.Cycles, Is.EqualTo(trace.Cycles));
            Assert.That(report.OutputsRead, Is.EqualTo(trace.Outputs));
        }
    }

    [Test]
    public async Task A_fault_in_the_verilog_is_found_with_its_cycle_and_port()
    {
        var design = Counter(step: 1);
        var trace = RandomRun(design, 1, cycles: 20);
        var report = (await LockstepModel.VerifyAsync(
            design, trace, _directory, verilogText: VerilogWriter.Write(Counter(step: 3)))).OrThrow();
        Assert.That(report.Verdict, Is.EqualTo(LockstepVerdict.Diverged), report.Log);
        Assert.That(report.FirstDivergence, Is.EqualTo(
            new Divergence(1, "value", "0000000000000001", "0000000000000003")));
    }

    [Test]
    public async Task Verilog_that_ends_the_simulation_itself_is_not_verified()
    {
        var design = Counter(step: 1);
        var text = VerilogWriter.Write(design).Replace(
            "endmodule", "always @(posedge clk) if (count > 5) begin $display(\"divergence=none\"); $finish; end\nendmodule");
        var report = (await LockstepModel.VerifyAsync(design, RandomRun(design, 1, 20), _directory, verilogText: text)).OrThrow();
        Assert.That(report.Verdict, Is.EqualTo(LockstepVerdict.NotVerified));
        Assert.That(report.Reason, Is.EqualTo("the bench wrote no result file"));
        Assert.That(report.Log, Does.Contain("divergence=none"));
    }

    private static Design Counter(int step)
    {
        var builder = new ModuleBuilder("counter");
        var count = builder.Register("count", 8);
        builder.Drive(count, count + Expression.FromInteger(step, 8));
        builder.Output("value", count);
        return new(builder.Build());
    }

    private static PortTrace RandomRun(Design design, int seed, int cycles)
    {
        var simulator = Simulator.Compile(design).OrThrow();
        var trace = new PortTrace(simulator);
        var random = new Random(seed);
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            foreach (var port in trace.Inputs.Where(_ => design.Top.HasImplicitClock || random.Next(3) == 0))
            {
                var limbs = new ulong[port.Limbs];
                Simulator.CopyLimbs(RandomDesign.Value(random, port.Width), limbs);
                simulator.Poke(port, limbs);
            }

            trace.Record(simulator);
            if (design.Top.HasImplicitClock)
            {
                simulator.Step();
            }
        }

        return trace;
    }

    private static Design Batch(IReadOnlyList<Design> designs, bool hasImplicitClock = true)
    {
        var builder = new ModuleBuilder("batch", hasImplicitClock);
        var outputs = new List<(string Name, Expression Value)>();
        for (var i = 0; i < designs.Count; i++)
        {
            var inputs = designs[i].Top.InputPorts.Select(p => (p.Name, builder.Input($"d{i}_{p.Name}", p.Width))).ToArray();
            outputs.AddRange(builder.Instance($"u{i}", designs[i].Top, inputs).Select(o => ($"d{i}_{o.Key}", o.Value)));
        }

        outputs.ForEach(o => builder.Output(o.Name, o.Value));
        return new(builder.Build());
    }
}
