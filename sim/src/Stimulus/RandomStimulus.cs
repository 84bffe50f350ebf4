using System.Numerics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Stimulus;

/// <summary>
/// Random inputs by a seed: the reset is held for the first cycles and then released, control bits hold their value for a
/// while, and wide values are corners as often as noise.
/// </summary>
/// <param name="ports">Clock and reset.</param>
/// <param name="seed">The same seed gives the same inputs.</param>
public sealed class RandomStimulus(ClockAndReset ports, ulong seed) : IStimulus
{
    /// <summary>Cycles when nobody says how many.</summary>
    public const int DefaultCycles = 100;

    private const int ResetCycles = 2;
    private ulong _state = seed;

    /// <inheritdoc/>
    public StimulusResult Run(TestBench bench, long? cycles, CancellationToken cancellation)
    {
        var inputs = bench.Simulator.Netlist.Design.Top.InputPorts.Where(p => p.Name != bench.Clock && p.Name != ports.Reset).ToList();
        var many = cycles ?? DefaultCycles;
        for (long cycle = 0; cycle < many; cycle++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (ports.Reset is { } reset)
            {
                bench.Poke(reset, new(ports.ResetLevel(cycle < ResetCycles), 1));
            }

            foreach (var input in inputs)
            {
                // One cycle in four an input stays as it is.
                if (cycle == 0 || Below(4) > 0)
                {
                    bench.Poke(input.Name, Value(input.Width));
                }
            }

            bench.Step();
        }

        return new(many, 0, 0, []);
    }

    private BitVector Value(int width) => Below(width == 1 ? 1 : 6) switch
    {
        _ when width == 1 => new(Below(2), 1),
        0 => BitVector.Zero(width),
        1 => new(-BigInteger.One, width),
        2 => new(BigInteger.One << Below(width), width),
        3 => new(Below(16), width),
        _ => new(Noise(width), width),
    };

    private BigInteger Noise(int width)
    {
        var value = BigInteger.Zero;
        for (var bits = 0; bits < width; bits += 64)
        {
            value = (value << 64) | Next();
        }

        return value;
    }

    private int Below(int bound) => (int)(Next() % (ulong)bound);

    // SplitMix64 (Steele, Lea and Flood, 2014): runs must replay for years, so the algorithm is written out.
    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
