using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Accelerators;

/// <summary>
/// Runs an engine with ready/valid host streams (<c>cmd</c>, <c>in</c>, <c>out</c>, and <c>residual</c> where there is one) from reset to its last output word.
/// </summary>
public static class AcceleratorRun
{
    /// <summary>Edges with <c>rst</c> high before cycle 0.</summary>
    public const int ResetEdges = 2;

    /// <summary>Compiles the design and runs it.</summary>
    /// <param name="design">An engine with the ports of hdl/docs/engine.md.</param>
    /// <param name="traffic">What the host sends and waits for.</param>
    /// <param name="cycleLimit">Cycles after which the run is given up.</param>
    /// <param name="options">How to drive it and what to keep.</param>
    /// <returns>The trace. HW1044: the limit passed. HW1045: the engine took back an output word.</returns>
    public static Checked<Trace> Execute(
        Design design, HostTraffic traffic, long cycleLimit, AcceleratorRunOptions? options = null) =>
        Simulator.Compile(design).Then(simulator => Execute(simulator, traffic, cycleLimit, options));

    /// <summary>Runs a compiled engine, from power-up; the simulator may be used again afterwards.</summary>
    /// <param name="simulator">The engine.</param>
    /// <param name="traffic">What the host sends and waits for.</param>
    /// <param name="cycleLimit">Cycles after which the run is given up.</param>
    /// <param name="options">How to drive it and what to keep.</param>
    public static Checked<Trace> Execute(
        Simulator simulator, HostTraffic traffic, long cycleLimit, AcceleratorRunOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(traffic.LimbsPerWord, simulator.Port("in_data").Limbs);
        ArgumentOutOfRangeException.ThrowIfLessThan(traffic.OutputsExpected, 1);
        options ??= AcceleratorRunOptions.Default;
        simulator.PowerUp();
        if (options.IsPlain && traffic.Residual.IsEmpty)
        {
            var host = new HostLoop(simulator);
            var outputs = new ulong[traffic.OutputsExpected];
            return host.Run(traffic, outputs, cycleLimit) is { } cycles
                ? Checked.Ok(new Trace(cycles, outputs, null, null))
                : Checked.Fail<Trace>(SimulationDiagnostics.NotFinished(
                    cycleLimit, (host.Commands, traffic.Commands.Length), (host.Words, traffic.WordCount),
                    (host.Outputs, traffic.OutputsExpected)));
        }

        using var waves = options.Waves.Count == 0 ? null : new WaveRecorder(simulator, options.WaveSignals, options.Waves);
        var ports = options.RecordPorts ? new PortTrace(simulator) : null;

        simulator.Poke(simulator.Port("rst"), 1);
        for (var edge = 0; edge < ResetEdges; edge++)
        {
            Edge();
        }

        simulator.Poke(simulator.Port("rst"), 0);
        simulator.CountsToggles = options.CountToggles;
        var commands = new HostStream(simulator, "cmd", traffic.Commands, 1, new(options, 0));
        var words = new HostStream(simulator, "in", traffic.Words, traffic.LimbsPerWord, new(options, 1));
        var residual = traffic.Residual.IsEmpty ? null : new HostStream(simulator, "residual", traffic.Residual, 1, new(options, 3));
        var sink = new HostSink(simulator, "out", traffic.OutputsExpected, new(options, 2));
        for (long cycle = 0; cycle < cycleLimit; cycle++)
        {
            commands.Offer(mayStall: cycle > 0);
            words.Offer(mayStall: true);
            residual?.Offer(mayStall: true);
            sink.Offer();
            commands.Observe();
            words.Observe();
            residual?.Observe();
            if (!sink.Observe())
            {
                return Checked.Fail<Trace>(SimulationDiagnostics.OutputTakenBack(cycle));
            }

            Edge();
            if (sink.IsDone)
            {
                var toggles = options.CountToggles ? simulator.Toggles() : null;
                return Checked.Ok(new Trace(cycle + 1, sink.Words, toggles, ports));
            }
        }

        return Checked.Fail<Trace>(SimulationDiagnostics.NotFinished(
            cycleLimit,
            (commands.Accepted, commands.Count),
            (words.Accepted, words.Count),
            (sink.Accepted, traffic.OutputsExpected)));

        void Edge()
        {
            ports?.Record(simulator);
            waves?.Sample();
            simulator.Step();
        }
    }
}
