using HwSeed.Sim.Accelerators;
using HwSeed.Sim.Tests.Accelerators;
using HwSeed.Sim.Tests.Oracles;
using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Tests.Traces;

public sealed class VcdWriterTests
{
    [Test]
    public void A_dump_of_a_random_design_reads_back_as_the_signals_were()
    {
        var design = RandomDesign.Generate(77);
        var simulator = Simulator.Compile(design).OrThrow();
        var tree = new TreeSimulator(design);
        var text = new StringWriter();
        var expected = new List<Dictionary<string, System.Numerics.BigInteger>>();
        var random = new Random(5);
        using (var vcd = new WaveRecorder(simulator, null, new VcdWriter(text)))
        {
            for (var cycle = 0; cycle < 12; cycle++)
            {
                foreach (var port in design.Top.InputPorts)
                {
                    var value = RandomDesign.Value(random, port.Width);
                    var limbs = new ulong[simulator.Port(port.Name).Limbs];
                    Simulator.CopyLimbs(value, limbs);
                    simulator.Poke(simulator.Port(port.Name), limbs);
                    tree.Poke(port.Name, value);
                }

                vcd.Sample();
                expected.Add(simulator.Netlist.Nets.ToDictionary(n => n.Path, n => tree.Peek(n.Path).Unsigned));
                simulator.Step();
                tree.Step();
            }
        }

        var dump = new VcdReader(text.ToString());
        Assert.That(dump.End, Is.EqualTo(120));
        Assert.That(dump.Paths.Count(), Is.EqualTo(simulator.Netlist.Nets.Count + 1));
        for (var cycle = 0; cycle < expected.Count; cycle++)
        {
            foreach (var (path, value) in expected[cycle])
            {
                Assert.That(dump.ValueAt($"{design.Top.Name}.{path}", (cycle * 10) + 9), Is.EqualTo(value), $"{path} in {cycle}");
            }
        }

        Assert.That(Enumerable.Range(0, 120).Count(t => t > 0 && dump.ValueAt($"{design.Top.Name}.clk", t) == 1
            && dump.ValueAt($"{design.Top.Name}.clk", t - 1) == 0), Is.EqualTo(11), "rising edges between 12 cycles");
    }

    [Test]
    public void Only_chosen_signals_are_dumped()
    {
        var engine = new SampleEngine(1, 1, new(1, 2, 1));
        var text = new StringWriter();
        AcceleratorRun.Execute(engine.Design, engine.Traffic, 100, new() { Waves = [new VcdWriter(text)], WaveSignals = ["out_valid", "out_data"] })
            .OrThrow();
        var dump = new VcdReader(text.ToString());
        Assert.That(dump.Paths, Is.EqualTo(new[] { "gemm_engine.clk", "gemm_engine.out_valid", "gemm_engine.out_data" }));
        Assert.That(dump.ValueAt("gemm_engine.out_data", dump.End), Is.EqualTo(new System.Numerics.BigInteger((uint)engine.Expected[0])));
    }
}
