using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;
using HwSeed.Hdl.Rtl;
using HwSeed.Hdl.Verilog;
using HwSeed.Sim;
using HwSeed.Sim.Accelerators;
using HwSeed.Sim.Lockstep;
using HwSeed.Sim.Traces;

namespace HwSeed.Agent.Flow;

/// <summary>One case under the cost model, the compiled simulator and another model: Verilator's, or a netlist's.</summary>
/// <param name="Shape">The GEMM.</param>
/// <param name="PredictedCycles">The cost model's.</param>
/// <param name="SimulatedCycles">The compiled simulator's.</param>
/// <param name="ModelCycles">The other model's own count.</param>
/// <param name="SimulatedExact">Whether the simulator's results are the product.</param>
/// <param name="ModelExact">Whether the words that came from it are the product.</param>
/// <param name="Lockstep">The comparison on every port in every cycle.</param>
public sealed record CaseVerification(
    GemmShape Shape, long PredictedCycles, long SimulatedCycles, long ModelCycles, bool SimulatedExact,
    bool ModelExact, LockstepReport Lockstep)
{
    /// <summary>Whether everything agreed to the cycle and the bit.</summary>
    public bool Passed => SimulatedExact && ModelExact && Lockstep.Agreed
        && PredictedCycles == SimulatedCycles && SimulatedCycles == ModelCycles;

    /// <summary>The first thing that disagreed, in a few words.</summary>
    public string Verdict => Passed ? "exact"
        : !Lockstep.Agreed ? Lockstep.Reason
        : PredictedCycles != SimulatedCycles ? $"predicted {PredictedCycles} cycles, simulated {SimulatedCycles}"
        : SimulatedCycles != ModelCycles ? $"simulated {SimulatedCycles} cycles, the other model {ModelCycles}"
        : "outputs differ from the integer reference";
}

/// <summary>A design under verification: every case ran on one simulator and one Verilator model.</summary>
/// <param name="Architecture">The engine.</param>
/// <param name="Cases">Its cases.</param>
/// <param name="Fault">What was broken on purpose in the Verilog, if anything.</param>
/// <param name="BuildTime">Verilator's build.</param>
public sealed record EngineVerification(
    Architecture Architecture, EquatableArray<CaseVerification> Cases, string? Fault, TimeSpan BuildTime)
{
    /// <summary>Whether all cases passed.</summary>
    public bool Passed => Cases.All(c => c.Passed);

    /// <summary>Generates, simulates and replays in Verilator.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="cases">What it has to compute, at least one.</param>
    /// <param name="workDirectory">A directory of this verification's own.</param>
    /// <param name="faultSeed">Breaks the emitted Verilog in one place chosen by the seed; the simulator keeps the
    /// right design, so a verification that passes has missed the fault.</param>
    /// <param name="stallSeed">Makes the host's streams stall at random in an extra replay of each case.</param>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<Checked<EngineVerification>> RunAsync(
        Architecture architecture, IReadOnlyList<EngineCase> cases, string workDirectory, int? faultSeed = null,
        int? stallSeed = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(cases.Count);
        var design = AcceleratorGenerator.Generate(architecture);
        var simulator = design.Then(Simulator.Compile);
        if (!simulator.IsOk || !design.IsOk)
        {
            return Checked.Fail<EngineVerification>(simulator.Diagnostics);
        }

        var faulty = faultSeed is { } seed ? FaultInjector.Inject(design.Value, seed) : null;
        var model = await LockstepModel.BuildAsync(
            design.Value, workDirectory, verilogText: faulty is null ? null : VerilogWriter.Write(faulty.Design),
            cancellation: cancellation).ConfigureAwait(false);
        if (!model.IsOk)
        {
            return Checked.Fail<EngineVerification>(model.Diagnostics);
        }

        var results = await CompareAsync(
            simulator.Value, cases, (trace, stop) => model.Value.ReplayAsync(trace, cancellation: stop), stallSeed, cancellation)
            .ConfigureAwait(false);
        return results.IsOk
            ? Checked.Ok(new EngineVerification(architecture, [.. results.Value], faulty?.Description, model.Value.BuildTime))
            : Checked.Fail<EngineVerification>(results.Diagnostics);
    }

    /// <summary>Runs every case on the compiled simulator and has another model replay it.</summary>
    /// <param name="simulator">The design.</param>
    /// <param name="cases">What it has to compute.</param>
    /// <param name="replay">The other model.</param>
    /// <param name="stallSeed">As for <see cref="RunAsync"/>.</param>
    /// <param name="cancellation">Stops the replays.</param>
    public static async Task<Checked<IReadOnlyList<CaseVerification>>> CompareAsync(
        Simulator simulator, IReadOnlyList<EngineCase> cases, Func<PortTrace, CancellationToken, Task<LockstepReport>> replay,
        int? stallSeed, CancellationToken cancellation)
    {
        var results = new List<CaseVerification>();
        foreach (var each in cases)
        {
            var trace = AcceleratorRun.Execute(simulator, each.Traffic(), each.CycleLimit, new() { RecordPorts = true });
            if (!trace.IsOk)
            {
                return Checked.Fail<IReadOnlyList<CaseVerification>>(trace.Diagnostics);
            }

            var report = await replay(trace.Value.Ports!, cancellation).ConfigureAwait(false);
            if (stallSeed is { } stall && report.Agreed)
            {
                report = await ReplayStalledAsync(simulator, replay, each, trace.Value, stall, report, cancellation).ConfigureAwait(false);
            }

            results.Add(new(each.Mapping.Shape, each.Cost.Cycles, trace.Value.Cycles, report.Cycles,
                each.IsProduct(trace.Value.Outputs), each.IsProduct(report.OutputsRead), report));
        }

        return Checked.Ok<IReadOnlyList<CaseVerification>>(results);
    }

    /// <summary>A run with stalls must agree too, and give the same words; its cycles are its own.</summary>
    private static async Task<LockstepReport> ReplayStalledAsync(
        Simulator simulator, Func<PortTrace, CancellationToken, Task<LockstepReport>> replay, EngineCase each, Trace plain,
        int stallSeed, LockstepReport unstalled, CancellationToken cancellation)
    {
        var stalled = AcceleratorRun.Execute(
            simulator, each.Traffic(), each.CycleLimit, new() { RecordPorts = true, StallSeed = stallSeed });
        if (!stalled.IsOk || !stalled.Value.Outputs.AsSpan().SequenceEqual(plain.Outputs))
        {
            var reason = stalled.IsOk ? "stalls on the host streams changed an output" : stalled.Diagnostics[0].Message;
            return unstalled with { Verdict = LockstepVerdict.Diverged, Reason = reason };
        }

        var report = await replay(stalled.Value.Ports!, cancellation).ConfigureAwait(false);
        return report.Agreed ? unstalled : report with { Reason = $"with stalls: {report.Reason}" };
    }
}
