using CsCheck;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation.Lanes;
using HwSeed.Sim.Tests.Oracles;

namespace HwSeed.Sim.Tests;

/// <summary>Each stimulus of a batch is a simulation of its own.</summary>
public sealed class BatchSimulatorTests
{
    [Test]
    public void Every_stimulus_of_a_random_design_equals_a_single_run() =>
        Gen.Int[0, 1_000_000].Sample(seed => { AgreesWithSingles(RandomDesign.Generate(seed), seed, 5, LaneMachine.Best); }, iter: 10, threads: 1);

    [Test]
    public void Every_stimulus_of_a_random_array_equals_a_single_run_in_vectors_of_any_width() =>
        Gen.Int[0, 1_000_000].Sample(
            seed => Assert.That(AgreesWithSingles(
                ReplicatedDesign.Generate(seed), seed, 19, seed % 2 == 0 || !LaneMachine.Best.IsOn ? LaneMachine.Best : LaneMachine.Narrow),
                Is.EqualTo(LaneMachine.Best.IsOn)),
            iter: 12, threads: 1);

    [Test]
    public void Without_vectors_a_batch_is_a_row_of_simulators() =>
        Assert.That(AgreesWithSingles(RandomDesign.Generate(7), 7, 3, LaneMachine.Off), Is.False);

    private static bool AgreesWithSingles(Design design, int seed, int stimuli, LaneMachine machine)
    {
        var random = new Random(seed);
        var netlist = Netlist.Elaborate(design).OrThrow();
        var batch = BatchSimulator.Compile(netlist, stimuli, machine).OrThrow();
        var singles = Enumerable.Range(0, stimuli).Select(_ => Simulator.Compile(netlist, LaneMachine.Off).OrThrow()).ToList();
        for (var cycle = 0; cycle < 12; cycle++)
        {
            for (var stimulus = 0; stimulus < stimuli; stimulus++)
            {
                foreach (var port in batch.Ports.Where(p => p.Direction == PortDirection.Input))
                {
                    var limbs = new ulong[port.Limbs];
                    Simulator.CopyLimbs(RandomDesign.Value(random, port.Width), limbs);
                    batch.Poke(port, stimulus, limbs);
                    singles[stimulus].Poke(port, limbs);
                }
            }

            for (var stimulus = 0; stimulus < stimuli; stimulus++)
            {
                foreach (var port in batch.Ports)
                {
                    var (mine, single) = (new ulong[port.Limbs], new ulong[port.Limbs]);
                    batch.Peek(port, stimulus, mine);
                    singles[stimulus].Peek(port, single);
                    Assert.That(mine, Is.EqualTo(single), $"seed {seed}, cycle {cycle}, stimulus {stimulus}, {port.Name}");
                }
            }

            batch.Step();
            singles.ForEach(s => s.Step());
        }

        return batch.UsesLanes;
    }
}
