using CsCheck;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Tests.Oracles;

namespace HwSeed.Sim.Tests;

/// <summary>The compiled simulator means what the language means.</summary>
public sealed class SimulatorTests
{
    [Test]
    public void A_random_design_simulates_as_it_evaluates_in_every_cycle() =>
        Gen.Int[0, 1_000_000].Sample(seed => AgreesWithTheTree(RandomDesign.Generate(seed), seed, 24), iter: 60, threads: 1);

    [Test]
    public void A_random_lawful_design_of_three_levels_simulates_as_it_evaluates() =>
        Gen.Int[0, 1_000_000].Sample(seed => AgreesWithTheTree(RandomModules.Generate(seed), seed, 12), iter: 40, threads: 1);

    [Test]
    public void A_random_design_of_several_clocks_and_latches_simulates_as_it_evaluates() =>
        Gen.Int[0, 1_000_000].Sample(seed => AgreesWithTheTree(RandomDesign.WithClocks(seed), seed, 24), iter: 60, threads: 1);

    internal static void AgreesWithTheTree(Design design, int seed, int cycles)
    {
        var random = new Random(seed);
        var compiled = Simulator.Compile(design).OrThrow();
        var tree = new TreeSimulator(design);
        var paths = compiled.Netlist.Nets.Select(n => n.Path).ToList();
        var probe = compiled.Probe(paths);
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            foreach (var port in design.Top.InputPorts)
            {
                var value = RandomDesign.Value(random, port.Width);
                var limbs = new ulong[compiled.Port(port.Name).Limbs];
                Simulator.CopyLimbs(value, limbs);
                compiled.Poke(compiled.Port(port.Name), limbs);
                tree.Poke(port.Name, value);
            }

            probe.Sample();
            for (var signal = 0; signal < paths.Count; signal++)
            {
                Assert.That(probe[signal], Is.EqualTo(tree.Peek(paths[signal])), $"seed {seed}, cycle {cycle}, {paths[signal]}");
            }

            foreach (var port in design.Top.OutputPorts)
            {
                var limbs = new ulong[compiled.Port(port.Name).Limbs];
                compiled.Peek(compiled.Port(port.Name), limbs);
                Assert.That(
                    Simulator.ToBits(limbs, port.Width),
                    Is.EqualTo(tree.Peek(port.Name)),
                    $"seed {seed}, cycle {cycle}, output {port.Name}");
            }

            if (random.Next(4) > 0)
            {
                compiled.Step();
                tree.Step();
            }
        }
    }
}
