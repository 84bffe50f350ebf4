using System.Diagnostics;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim;
using HwSeed.Sim.Coverage;
using HwSeed.Sim.Stimulus;
using HwSeed.Sim.Traces;
using HwSeed.Sim.Traces.Fst;
using HwSeed.Sim.Traces.Text;

namespace HwSeed.Agent.Simulations;

/// <summary>A simulation of a design with a table, a script or random inputs.</summary>
/// <param name="Result">What the stimulus found.</param>
/// <param name="Ports">Clock and reset that were driven.</param>
/// <param name="Netlist">The elaborated design.</param>
/// <param name="Waves">The window that is shown as text, when one was asked for.</param>
/// <param name="Coverage">What was exercised, when it was counted.</param>
/// <param name="Compiling">Time to compile the design.</param>
/// <param name="Running">Time of the run.</param>
public sealed record SimulationRun(
    StimulusResult Result,
    ClockAndReset Ports,
    Netlist Netlist,
    TextWaves? Waves,
    CoverageReport? Coverage,
    TimeSpan Compiling,
    TimeSpan Running)
{
    private const int LargestStimulus = 64 << 20;

    /// <summary>Runs a design. Its own and the stimulus' faults, HW1060 for signals, HW1068 for the clock, HW5504.</summary>
    public static Checked<SimulationRun> Execute(Design design, SimulationRequest request, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        return Netlist.Elaborate(design).Then(Simulator.Compile).Then(simulator =>
        {
            var compiling = watch.Elapsed;
            var ports = ClockAndReset.Of(simulator.Netlist, request.Clock, request.Reset);
            return Check(ports, request, design.Top)
                .Then(_ => Patterns(simulator.Netlist, request))
                .Then(signals => Stimulus(simulator, ports, request)
                    .Then(stimulus => Checked.Ok(Run(simulator, ports, signals, stimulus, request, compiling, cancellation))));
        });
    }

    private static SimulationRun Run(
        Simulator simulator, ClockAndReset ports, IReadOnlyList<string> chosen, IStimulus stimulus, SimulationRequest request,
        TimeSpan compiling, CancellationToken cancellation)
    {
        var clock = ports.Clock;
        var text = request.Window is var (from, count) ? new TextWaves(from, count, clock) : null;
        var coverage = request.Covers ? new CoverageRecorder(simulator, request.NameOf) : null;
        var watch = new Stopwatch();
        StimulusResult result;
        // Files show all signals unless some are chosen; text shows the ports.
        IReadOnlyList<string>? signals = chosen.Count > 0 ? chosen : null;
        var shown = signals ?? [.. simulator.Netlist.Design.Top.Ports.Select(p => p.Name)];
        List<WaveRecorder> recorders = [];
        try
        {
            if (text is not null)
            {
                recorders.Add(new(simulator, shown, text));
            }

            if (Files(request) is { Count: > 0 } files)
            {
                recorders.Add(new(simulator, signals, files));
            }

            var bench = new TestBench(simulator, clock) { Waves = recorders, Coverage = coverage };
            watch.Start();
            result = stimulus.Run(bench, request.Cycles, cancellation);
        }
        finally
        {
            recorders.ForEach(r => r.Dispose());
        }

        return new(result, ports, simulator.Netlist, text, coverage?.Report(), compiling, watch.Elapsed);
    }

    private static List<IWaveSink> Files(SimulationRequest request)
    {
        var files = new List<IWaveSink>();
        if (request.Vcd is not null)
        {
            files.Add(new VcdWriter(new StreamWriter(request.Vcd)));
        }

        if (request.Fst is not null)
        {
            files.Add(new FstWriter(File.Create(request.Fst)));
        }

        return files;
    }

    private static Checked<ClockAndReset> Check(ClockAndReset ports, SimulationRequest request, Module top)
    {
        foreach (var name in new[] { request.Clock, request.Reset }.OfType<string>())
        {
            if (!top.InputPorts.Any(p => p.Name == name && p.Width == 1))
            {
                return Checked.Fail<ClockAndReset>(StimulusDiagnostics.NotAClock(name, top));
            }
        }

        return Checked.Ok(ports);
    }

    private static Checked<IReadOnlyList<string>> Patterns(Netlist netlist, SimulationRequest request) => request.Signals.Count > 0
        ? SignalSelection.Choose(netlist, request.Signals)
        : Checked.Ok<IReadOnlyList<string>>([]);

    private static Checked<IStimulus> Stimulus(Simulator simulator, ClockAndReset ports, SimulationRequest request)
    {
        if (request.Stimulus is not { } path)
        {
            return Checked.Ok<IStimulus>(new RandomStimulus(ports, request.Seed.For("inputs").Value));
        }

        var kind = Path.GetExtension(path).ToLowerInvariant();
        if (kind is not (".csv" or ".csx"))
        {
            return Checked.Fail<IStimulus>(ScriptDiagnostics.UnknownKind(path));
        }

        if (new FileInfo(path) is { Exists: true, Length: > LargestStimulus })
        {
            return Checked.Fail<IStimulus>(ScriptDiagnostics.TooLarge(path, LargestStimulus));
        }

        var text = File.ReadAllText(path);
        return kind == ".csv"
            ? StimulusTable.Read(text, path, simulator, ports.Clock).Then(t => Checked.Ok<IStimulus>(t))
            : ScriptStimulus.Compile(text, path, request.Seed, request.TimeLimit, request.Output).Then(s => Checked.Ok<IStimulus>(s));
    }
}
