using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Cosimulation.Fuzzing;

/// <summary>A design with the implicit clock beside what its printed text was read back as, where the clock is a port.</summary>
internal static class PrintedDesign
{
    /// <summary>Runs both on the same random inputs; the first output that differs, or null.</summary>
    public static string? FirstDifference(Simulator built, Simulator read, int seed, long cycles)
    {
        var random = new Random(seed);
        var clock = read.Port("clk");
        var ports = built.Ports.Select(p => (Built: p, Read: read.Port(p.Name))).ToList();
        var inputs = ports.Where(p => p.Built.Direction == PortDirection.Input).ToList();
        var outputs = ports.Where(p => p.Built.Direction == PortDirection.Output).ToList();
        built.PowerUp();
        read.PowerUp();
        for (var cycle = 0L; cycle < cycles; cycle++)
        {
            foreach (var (there, here) in inputs)
            {
                var words = new ulong[there.Limbs];
                for (var limb = 0; limb < words.Length; limb++)
                {
                    words[limb] = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
                }

                built.Poke(there, words);
                read.Poke(here, words);
            }

            if (Differing() is { } before)
            {
                return before;
            }

            built.Step();
            read.Poke(clock, 1);
            if (Differing() is { } after)
            {
                return after;
            }

            read.Poke(clock, 0);
        }

        return null;

        string? Differing()
        {
            built.Evaluate();
            read.Evaluate();
            foreach (var (there, here) in outputs)
            {
                var (x, y) = (new ulong[there.Limbs], new ulong[there.Limbs]);
                built.Peek(there, x);
                read.Peek(here, y);
                if (!x.AsSpan().SequenceEqual(y))
                {
                    return there.Name;
                }
            }

            return null;
        }
    }
}
