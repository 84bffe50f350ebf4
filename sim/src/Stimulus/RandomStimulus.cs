using System.Numerics;
using System.Runtime.InteropServices;

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
    private readonly RandomWords _random = new(seed);

    /// <inheritdoc/>
    public StimulusResult Run(TestBench bench, long? cycles, CancellationToken cancellation)
    {
        var inputs = bench.Simulator.Netlist.Design.Top.InputPorts.Where(p => p.Name != bench.Clock && p.Name != ports.Reset).ToList();
        var many = cycles ?? DefaultCycles;
        var values = inputs.ToDictionary(i => i.Name, i => new ulong[(i.Width + 63) / 64]);
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
                if (cycle == 0 || _random.Below(4) > 0)
                {
                    _random.Draw(values[input.Name], input.Width);
                    bench.Poke(input.Name, new(new BigInteger(MemoryMarshal.AsBytes(values[input.Name].AsSpan()), isUnsigned: true), input.Width));
                }
            }

            bench.Step();
        }

        return new(many, 0, 0, []);
    }
}
