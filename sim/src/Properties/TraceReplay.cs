using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Traces;
using HwSeed.Sim.Traces.Text;
using HwSeed.Toolchain;

namespace HwSeed.Sim.Properties;

/// <summary>A counterexample of a model checker in our own simulator.</summary>
/// <param name="Cycle">The first cycle in which the output is high; null when it never is, and the counterexample is none.</param>
/// <param name="Waves">The harness's inputs, the unit's ports and the output, to be drawn.</param>
public sealed record TraceReplay(int? Cycle, TextWaves Waves)
{
    /// <summary>Gives the inputs of a trace to a design from power-up and looks at an output.</summary>
    /// <param name="simulator">The design that was checked.</param>
    /// <param name="trace">Its inputs.</param>
    /// <param name="output">The output that should never be high.</param>
    public static TraceReplay Run(Simulator simulator, InputTrace trace, string output)
    {
        simulator.PowerUp();
        var inputs = trace.Ports.Select(p => simulator.Port(p.Name)).ToArray();
        var claim = simulator.Port(output);
        var waves = new TextWaves(0, trace.Cycles.Count);
        int? first = null;
        using (var recorder = new WaveRecorder(simulator, Signals(simulator, output), waves))
        {
            for (var cycle = 0; cycle < trace.Cycles.Count; cycle++)
            {
                for (var i = 0; i < inputs.Length; i++)
                {
                    var limbs = new ulong[inputs[i].Limbs];
                    Simulator.CopyLimbs(trace.Cycles[cycle][i], limbs);
                    simulator.Poke(inputs[i], limbs);
                }

                recorder.Sample();
                if (simulator.Peek(claim) != 0)
                {
                    first ??= cycle;
                }

                simulator.Step();
            }
        }

        return new(first, waves);
    }

    private static List<string> Signals(Simulator simulator, string output)
    {
        var top = simulator.Netlist.Design.Top;
        return [.. top.InputPorts.Select(p => p.Name), .. top.Instances.Where(i => i.Name is "unit" or "engine")
            .SelectMany(i => i.Outputs).Select(o => o.Signal).Where(s => !s.Contains("__", StringComparison.Ordinal)), output];
    }
}
