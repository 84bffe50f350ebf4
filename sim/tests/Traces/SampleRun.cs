using System.Numerics;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Tests.Oracles;
using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Tests.Traces;

/// <summary>Runs a random design under random stimulus, recorded by sinks.</summary>
internal static class SampleRun
{
    public static void Of(int seed, int cycles, params IReadOnlyList<IWaveSink> sinks)
    {
        var design = RandomDesign.Generate(seed);
        var simulator = Simulator.Compile(design).OrThrow();
        using var waves = new WaveRecorder(simulator, null, sinks);
        var random = new Random(seed);
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            foreach (var port in design.Top.InputPorts)
            {
                var limbs = new ulong[simulator.Port(port.Name).Limbs];
                Simulator.CopyLimbs(random.Next(3) == 0 ? BitVector.Zero(port.Width) : RandomDesign.Value(random, port.Width), limbs);
                simulator.Poke(simulator.Port(port.Name), limbs);
            }

            waves.Sample();
            simulator.Step();
        }
    }

    /// <summary>Every value of every signal at every nanosecond at which one of the dumps changes.</summary>
    public static void AreEqual(VcdReader ours, VcdReader theirs)
    {
        Assert.That(theirs.Paths, Is.EquivalentTo(ours.Paths));
        Assert.That(theirs.End, Is.EqualTo(ours.End));
        foreach (var path in ours.Paths)
        {
            Assert.That(Distinct(theirs.ChangesOf(path)), Is.EqualTo(Distinct(ours.ChangesOf(path))), path);
        }
    }

    private static List<(long, BigInteger)> Distinct(IReadOnlyList<(long Time, BigInteger Value)> changes) =>
        [.. changes.Where((c, i) => i == 0 || changes[i - 1].Value != c.Value)];
}
