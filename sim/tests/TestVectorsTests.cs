using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Tests.Verilog.Corpus;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim.Compilation.Lanes;
using HwSeed.Sim.Tests.Oracles;

namespace HwSeed.Sim.Tests;

/// <summary>Rows of test vectors, and stimuli of a batch, do what ports that are poked one by one do.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TestVectorsTests
{
    private static IEnumerable<string> Clocked => CorpusFolder.Accepted
        .Where(f => new CorpusHeader(CorpusFolder.PathOf("accept", f)).All("clock").Any());

    [TestCaseSource(nameof(Clocked))]
    public void Rows_of_a_design_by_file_equal_single_pokes(string name)
    {
        var (design, clock) = Read(name);
        RowsEqualPokes(design, clock, name.Length);
    }

    [TestCase(3)]
    [TestCase(11)]
    [TestCase(20)]
    public void Rows_of_a_design_with_the_implicit_clock_equal_single_pokes(int seed) =>
        Assert.That(RowsEqualPokes(RandomDesign.Generate(seed), null, seed), Is.True, "the loop is compiled");

    [Test]
    public void A_reset_with_an_edge_of_its_own_acts_between_compiled_rows()
    {
        var (design, clock) = Read("reset_styles.v");
        Assert.That(RowsEqualPokes(design, clock, 1), Is.True, "the loop is compiled");
    }

    [Test]
    public void What_stands_above_a_port_is_dropped_and_an_output_is_no_input()
    {
        var builder = new ModuleBuilder("m");
        builder.Output("y", ~builder.Input("a", 5));
        var simulator = Simulator.Compile(new Design(builder.Build())).OrThrow();
        var vectors = simulator.Vectors(null, [simulator.Port("y")], 2);
        vectors.Stimuli[0] = 0xFFFF_FFE3;
        vectors.Stimuli[1] = 31;
        vectors.Run(2);
        Assert.Multiple(() =>
        {
            Assert.That(vectors.Responses.ToArray(), Is.EqualTo(new ulong[] { 0x1C, 0 }));
            Assert.That(simulator.Peek(simulator.Port("a")), Is.EqualTo(31UL));
            Assert.That(simulator.Cycles, Is.EqualTo(2));
            Assert.That(() => vectors.PlaceOf(simulator.Port("y")), Throws.ArgumentException);
            Assert.That(() => vectors.Run(3), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => simulator.Vectors(null, [simulator.Port("a")], 2), Throws.ArgumentException);
        });
    }

    [TestCaseSource(nameof(Clocked))]
    public void Stimuli_of_a_design_by_file_equal_single_runs(string name)
    {
        var (design, clock) = Read(name);
        var netlist = Netlist.Elaborate(design).OrThrow();
        const int Stimuli = 19;
        var batch = BatchSimulator.Compile(netlist, Stimuli, name.Length % 2 == 0 ? LaneMachine.Best : LaneMachine.Narrow).OrThrow();
        Assert.That(batch.UsesLanes, Is.EqualTo(LaneMachine.Best.IsOn && !netlist.Latches.Any(l => l.IsCut)));
        var singles = Enumerable.Range(0, Stimuli).Select(_ => Simulator.Compile(netlist).OrThrow()).ToArray();
        var random = new Random(name.Length);
        for (var cycle = 0; cycle < 24; cycle++)
        {
            for (var stimulus = 0; stimulus < Stimuli; stimulus++)
            {
                foreach (var port in batch.Ports.Where(p => p.Direction == PortDirection.Input && p.Name != clock))
                {
                    var limbs = Words(random, port);
                    batch.Poke(port, stimulus, limbs);
                    singles[stimulus].Poke(port, limbs);
                }
            }

            for (var stimulus = 0; stimulus < Stimuli; stimulus++)
            {
                foreach (var port in batch.Ports.Where(p => p.Direction == PortDirection.Output))
                {
                    var limbs = new ulong[port.Limbs];
                    batch.Peek(port, stimulus, limbs);
                    Assert.That(limbs, Is.EqualTo(singles[stimulus].PeekWords(port).ToArray()), $"cycle {cycle}, stimulus {stimulus}, {port.Name}");
                }
            }

            var edges = 1 + (cycle % 3);
            batch.Step(batch.Port(clock), edges);
            foreach (var single in singles)
            {
                single.Step(single.Port(clock), edges);
            }
        }
    }

    // Whether the loop was compiled.
    private static bool RowsEqualPokes(Design design, string? clock, int seed)
    {
        const int Rows = 40;
        var (rows, pokes) = (Simulator.Compile(design).OrThrow(), Simulator.Compile(design).OrThrow());
        var random = new Random(seed);
        var outputs = rows.Ports.Where(p => p.Direction == PortDirection.Output).ToList();
        var inputs = rows.Ports.Where(p => p.Direction == PortDirection.Input && p.Name != clock).ToList();
        var vectors = rows.Vectors(clock is null ? null : rows.Port(clock), outputs, Rows);
        var last = inputs.ToDictionary(i => i.Name, i => new ulong[i.Limbs]);
        for (var run = 0; run < 3; run++)
        {
            var count = Rows - (7 * run);
            var expected = new List<ulong>();
            for (var row = 0; row < count; row++)
            {
                foreach (var input in inputs)
                {
                    // Most rows keep a value, so that resets stay long enough for something to happen. Peeking at one
                    // would settle the design before the next is poked.
                    if (random.Next(4) == 0)
                    {
                        last[input.Name] = Words(random, input);
                    }

                    pokes.Poke(pokes.Port(input.Name), last[input.Name]);
                    last[input.Name].CopyTo(vectors.Stimuli[((row * vectors.StimulusWords) + vectors.PlaceOf(input))..]);
                }

                foreach (var output in outputs)
                {
                    expected.AddRange(pokes.PeekWords(pokes.Port(output.Name)));
                }

                if (clock is null)
                {
                    pokes.Step();
                    continue;
                }

                foreach (var level in (ulong[])[1, 0])
                {
                    pokes.Poke(pokes.Port(clock), level);
                    pokes.Evaluate();
                }
            }

            vectors.Run(count);
            Assert.That(vectors.Responses[..expected.Count].ToArray(), Is.EqualTo(expected), $"run {run}");
        }

        return vectors.IsCompiled;
    }

    private static (Design Design, string Clock) Read(string name)
    {
        var header = new CorpusHeader(CorpusFolder.PathOf("accept", name));
        var options = new VerilogOptions { Defines = header.Pairs("define") };
        var read = VerilogReader.Read(
            [CorpusFolder.PathOf("accept", name)], options, new() { Top = header.Top, Parameters = header.Pairs("param") }).OrThrow();
        return (read.Design, header.All("clock").First());
    }

    private static ulong[] Words(Random random, PortHandle port)
    {
        var limbs = new ulong[port.Limbs];
        Simulator.CopyLimbs(RandomDesign.Value(random, port.Width), limbs);
        return limbs;
    }
}
