using System.Globalization;
using System.Text;
using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Lockstep;

/// <summary>
/// Replays a trace on another compiled simulator: what a lockstep replay does in Verilator, without a build. The design may
/// have been read from Verilog: then its only clock input takes the place of the implicit clock.
/// </summary>
public static class PortReplay
{
    /// <summary>The first difference in any output in any cycle, from power-up; null when there is none.</summary>
    /// <param name="simulator">A design with the ports of the trace.</param>
    /// <param name="trace">A run of the design that is right.</param>
    /// <param name="cancellation">Ends the replay.</param>
    public static Divergence? FirstDifference(Simulator simulator, PortTrace trace, CancellationToken cancellation = default) =>
        FirstDifference(simulator, simulator.OnlyClock, trace, cancellation);

    /// <summary>The first difference, with pulses of a given clock; of the implicit one when it is null.</summary>
    internal static Divergence? FirstDifference(Simulator simulator, PortHandle? clock, PortTrace trace, CancellationToken cancellation)
    {
        simulator.PowerUp();
        var inputs = trace.Inputs.Select(p => simulator.Port(p.Name)).ToArray();
        var outputs = trace.Outputs.Select(p => simulator.Port(p.Name)).ToArray();
        for (var cycle = 0; cycle < trace.Cycles; cycle++)
        {
            cancellation.ThrowIfCancellationRequested();
            var words = trace[cycle];
            foreach (var input in inputs)
            {
                simulator.Poke(input, words[..input.Limbs]);
                words = words[input.Limbs..];
            }

            foreach (var output in outputs)
            {
                var got = simulator.PeekWords(output);
                var expected = words[..output.Limbs];
                if (!got.SequenceEqual(expected))
                {
                    return new(cycle, output.Name, Hex(expected), Hex(got));
                }

                words = words[output.Limbs..];
            }

            if (clock is { } pulsed)
            {
                simulator.Step(pulsed, 1);
            }
            else
            {
                simulator.Step();
            }
        }

        return null;
    }

    /// <summary>All words in full, the most significant first, as a bench in Verilator writes them.</summary>
    private static string Hex(ReadOnlySpan<ulong> words)
    {
        var text = new StringBuilder();
        for (var i = words.Length - 1; i >= 0; i--)
        {
            text.Append(words[i].ToString("x16", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
