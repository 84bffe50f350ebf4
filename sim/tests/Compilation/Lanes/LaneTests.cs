using CsCheck;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation.Lanes;
using HwSeed.Sim.Tests.Oracles;

namespace HwSeed.Sim.Tests.Compilation.Lanes;

/// <summary>Code in lanes means what scalar code means.</summary>
public sealed class LaneTests
{
    [Test]
    public void A_random_array_in_lanes_of_any_width_is_equal_to_scalar_code() =>
        Gen.Int[0, 1_000_000].Sample(seed =>
        {
            var netlist = Netlist.Elaborate(ReplicatedDesign.Generate(seed)).OrThrow();
            var scalar = Simulator.Compile(netlist, LaneMachine.Off).OrThrow();
            Simulator[] lanes =
            [
                Simulator.Compile(netlist, LaneMachine.Best).OrThrow(),
                Simulator.Compile(netlist, LaneMachine.Best.IsOn ? LaneMachine.Narrow : LaneMachine.Off).OrThrow(),
            ];
            AreEqual(scalar, lanes, seed, cycles: 40);
        }, iter: 60, threads: 1);

    [Test]
    public void A_random_array_simulates_as_the_tree() =>
        Gen.Int[0, 1_000_000].Sample(
            seed => SimulatorTests.AgreesWithTheTree(ReplicatedDesign.Generate(seed), seed, 8), iter: 15, threads: 1);

    internal static void AreEqual(Simulator expected, IReadOnlyList<Simulator> others, int seed, int cycles)
    {
        var random = new Random(seed);
        var paths = expected.Netlist.Nets.Select(n => n.Path).ToList();
        var probes = others.Append(expected).Select(s => s.Probe(paths)).ToList();
        foreach (var simulator in others.Append(expected))
        {
            simulator.CountsToggles = true;
        }

        for (var cycle = 0; cycle < cycles; cycle++)
        {
            foreach (var port in expected.Ports.Where(p => p.Direction == PortDirection.Input))
            {
                var limbs = new ulong[port.Limbs];
                Simulator.CopyLimbs(RandomDesign.Value(random, port.Width), limbs);
                foreach (var simulator in others.Append(expected))
                {
                    simulator.Poke(port, limbs);
                }
            }

            probes.ForEach(p => p.Sample());
            foreach (var simulator in others)
            {
                foreach (var port in expected.Ports)
                {
                    var (mine, other) = (new ulong[port.Limbs], new ulong[port.Limbs]);
                    expected.Peek(port, mine);
                    simulator.Peek(port, other);
                    Assert.That(other, Is.EqualTo(mine), $"seed {seed}, cycle {cycle}, {port.Name}");
                }
            }

            for (var signal = 0; signal < paths.Count; signal++)
            {
                for (var other = 0; other < others.Count; other++)
                {
                    Assert.That(probes[other].Limbs(signal).SequenceEqual(probes[^1].Limbs(signal)), Is.True,
                        $"seed {seed}, cycle {cycle}, {paths[signal]}, simulator {other}");
                }
            }

            expected.Step();
            foreach (var simulator in others)
            {
                simulator.Step();
            }
        }

        foreach (var simulator in others)
        {
            Assert.That(simulator.Toggles().Signals, Is.EqualTo(expected.Toggles().Signals), $"seed {seed}");
        }
    }
}
