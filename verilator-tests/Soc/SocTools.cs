using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators.Hosts.Soc;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim;
using HwSeed.Toolchain;

namespace HwSeed.VerilatorTests.Soc;

/// <summary>What tests of both buses share.</summary>
internal static class SocTools
{
    /// <summary>Skips the running test where Verilator is missing.</summary>
    public static void Need()
    {
        if (ExternalTool.Missing(ExternalTool.Verilator, ExternalTool.Compiler) is { Count: > 0 } missing)
        {
            Assert.Ignore(missing[0].ToString());
        }
    }

    /// <summary>A random engine whose program adds no residual: hosts on a bus have no stream for one.</summary>
    public static RandomEngine Draw(int seed, Dataflow dataflow)
    {
        while (true)
        {
            var drawn = RandomEngine.Draw(seed, dataflow);
            if (drawn.Output is not { HasResidual: true })
            {
                return drawn;
            }

            seed += 10_000;
        }
    }

    /// <summary>A random read or write of a register, mapped or not.</summary>
    public static void Access(Random random, Action<int> read, Action<int, uint, int> write, bool control)
    {
        var offset = random.Next(10) == 0 ? 4 * random.Next(0x200) : 4 * random.Next(0xA0 / 4);
        if (random.Next(3) > 0)
        {
            read(offset);
            if (offset >= RegisterMap.Counters && offset % 8 == 0 && random.Next(2) == 0)
            {
                read(offset + 4);
            }

            return;
        }

        offset = random.Next(4) == 0 ? offset : random.Next(2) == 0 ? RegisterMap.Scratch : RegisterMap.Control;
        var value = unchecked((uint)random.NextInt64());
        if (offset == RegisterMap.Control)
        {
            value = control ? value & ~(1u << RegisterMap.ResetBit) : 0;
        }

        write(offset, value, random.Next(16));
    }

    /// <summary>Changes all inputs but one, which stays at zero or one, within a cycle: no output may follow.</summary>
    public static void HasNoCombinationalPath(Simulator simulator, string reset, ulong inactive, int seed)
    {
        var random = new Random(seed);
        var inputs = simulator.Ports.Where(p => p.Direction == PortDirection.Input && p.Name != reset).ToArray();
        var outputs = simulator.Ports.Where(p => p.Direction == PortDirection.Output).ToArray();
        simulator.PowerUp();
        for (var cycle = 0; cycle < 2000; cycle++)
        {
            simulator.Poke(simulator.Port(reset), cycle == 0 ? 1 - inactive : inactive);
            var before = Outputs();
            for (var change = 0; change < 2; change++)
            {
                foreach (var input in inputs)
                {
                    simulator.Poke(input, [.. Enumerable.Range(0, input.Limbs).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))]);
                }

                Assert.That(Outputs(), Is.EqualTo(before), $"cycle {cycle}");
            }

            simulator.Step();
        }

        ulong[] Outputs() => [.. outputs.SelectMany(o => simulator.PeekWords(o).ToArray())];
    }
}
