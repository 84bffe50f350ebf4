using System.Diagnostics;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Lockstep;

/// <summary>
/// The compiled simulator as the model that replays runs of another design with the same ports, such as a netlist that
/// was read back: what <see cref="LockstepModel"/> does with Verilator.
/// </summary>
public sealed class SimulatorReplay
{
    private readonly Simulator _simulator;
    private readonly PortHandle? _clock;
    private readonly bool _isEngine;

    private SimulatorReplay(Simulator simulator, PortHandle? clock, bool isEngine, TimeSpan buildTime) =>
        (_simulator, _clock, _isEngine, BuildTime) = (simulator, clock, isEngine, buildTime);

    /// <summary>Design to machine code.</summary>
    public TimeSpan BuildTime { get; }

    /// <summary>Compiles the model.</summary>
    /// <param name="design">The design that replays; a <c>clk</c> among its ports is the clock.</param>
    /// <param name="top">The module whose runs are replayed: its ports, by name and width, are those of the model.</param>
    public static Checked<SimulatorReplay> Of(Design design, Module top)
    {
        var clock = Stopwatch.StartNew();
        return Simulator.Compile(design).Then(simulator =>
        {
            var ports = simulator.Ports.ToDictionary(p => p.Name);
            foreach (var port in top.Ports)
            {
                if (!ports.TryGetValue(port.Name, out var own) || own.Width != port.Width || own.Direction != port.Direction)
                {
                    throw new ArgumentException($"the model has no port like '{port.Name}' of '{top.Name}'", nameof(design));
                }
            }

            return Checked.Ok(new SimulatorReplay(
                simulator, ports.GetValueOrDefault("clk"), BenchWriter.IsEngine(top), clock.Elapsed));
        });
    }

    /// <summary>Replays a trace from power-up, to its end or to the first difference.</summary>
    /// <param name="trace">The recorded run.</param>
    /// <param name="cancellation">Ends the replay.</param>
    public LockstepReport Replay(PortTrace trace, CancellationToken cancellation = default)
    {
        var time = Stopwatch.StartNew();
        var difference = PortReplay.FirstDifference(_simulator, _clock, trace, cancellation);
        var watch = new EngineWatch(trace);
        for (var cycle = 0; _isEngine && cycle < (difference?.Cycle ?? trace.Cycles); cycle++)
        {
            watch.Observe(cycle, trace[cycle]);
        }

        return new(
            difference is null ? LockstepVerdict.Agreed : LockstepVerdict.Diverged,
            difference?.ToString() ?? $"all outputs equal in all {trace.Cycles} cycles",
            _isEngine ? watch.Cycles : trace.Cycles, [.. watch.Accepted], difference, BuildTime, time.Elapsed, "");
    }

    /// <summary>Counts an engine's cycles and takes its outputs; every output that it sees was compared before.</summary>
    private sealed class EngineWatch
    {
        private readonly Dictionary<string, int> _places = [];
        private long _first = -1;
        private long _last = -1;

        public EngineWatch(PortTrace trace)
        {
            var at = 0;
            foreach (var port in trace.Inputs.Concat(trace.Outputs))
            {
                _places.Add(port.Name, at);
                at += port.Limbs;
            }
        }

        public List<ulong> Accepted { get; } = [];

        public long Cycles => _last - _first + 1;

        public void Observe(long cycle, ReadOnlySpan<ulong> words)
        {
            if (_first < 0 && words[_places["cmd_valid"]] != 0 && words[_places["rst"]] == 0)
            {
                _first = cycle;
            }

            if (words[_places["out_valid"]] != 0 && words[_places["out_ready"]] != 0)
            {
                Accepted.Add(words[_places["out_data"]]);
                _last = cycle;
            }
        }
    }
}
