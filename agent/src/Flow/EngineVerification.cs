using System.Diagnostics;
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
    /// <summary>What was computed, as a person writes it.</summary>
    public string Title { get; init; } = $"{Shape}";

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
/// <param name="Stress">The comparison under random commands, stalls and resets; null when it was not asked for.</param>
/// <param name="Fault">What was broken on purpose in the Verilog, if anything.</param>
/// <param name="BuildTime">Verilator's build.</param>
public sealed record EngineVerification(
    Architecture Architecture, EquatableArray<CaseVerification> Cases, LockstepReport? Stress, string? Fault, TimeSpan BuildTime)
{
    /// <summary>Comparisons that failed.</summary>
    public int Failures => Cases.Count(c => !c.Passed) + (Stress is { Agreed: false } ? 1 : 0);

    /// <summary>Whether all cases passed.</summary>
    public bool Passed => Failures == 0;

    /// <summary>Everything: generation, simulation, Verilator's build and all replays.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>Cycles in which every output was compared with the other model's: all runs, those under random commands too.</summary>
    public long ReplayedCycles { get; init; }

    /// <summary>The first thing that disagreed, in a few words.</summary>
    public string Verdict => Cases.FirstOrDefault(c => !c.Passed) is { } failed ? $"on {failed.Title}, {failed.Verdict}"
        : Passed ? "exact"
        : $"under random commands, {Stress!.Reason}";

    /// <summary>Generates, simulates and replays in Verilator.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="cases">What it has to compute, at least one.</param>
    /// <param name="workDirectory">A directory of this verification's own.</param>
    /// <param name="faultSeed">Breaks the emitted Verilog in one place chosen by the seed; the simulator keeps the
    /// right design, so a verification that passes has missed the fault.</param>
    /// <param name="stallSeed">Makes the host's streams stall at random in an extra replay of each case, and adds a replay
    /// of random commands with stalls and resets.</param>
    /// <param name="cancellation">Stops the tools.</param>
    public static async Task<Checked<EngineVerification>> RunAsync(
        Architecture architecture, IReadOnlyList<IEngineCase> cases, string workDirectory, int? faultSeed = null,
        int? stallSeed = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(cases.Count);
        var clock = Stopwatch.StartNew();
        var design = AcceleratorGenerator.Generate(architecture);
        var traces = design.Then(Simulator.Compile).Then(simulator => BenchTraces.Record(simulator, architecture, cases, stallSeed));
        if (!traces.IsOk || !design.IsOk)
        {
            return Checked.Fail<EngineVerification>(traces.Diagnostics);
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
            traces.Value.Cases, (trace, stop) => model.Value.ReplayAsync(trace, cancellation: stop), cancellation).ConfigureAwait(false);
        var stress = traces.Value.Stress is { } trace
            ? await model.Value.ReplayAsync(trace, cancellation: cancellation).ConfigureAwait(false)
            : null;
        return Checked.Ok(new EngineVerification(architecture, [.. results], stress, faulty?.Description, model.Value.BuildTime)
        {
            Time = clock.Elapsed,
            ReplayedCycles = traces.Value.All.Sum(t => t.Ports.Cycles),
        });
    }

    /// <summary>Has another model replay what the compiled simulator did with every case.</summary>
    /// <param name="cases">What it did.</param>
    /// <param name="replay">The other model.</param>
    /// <param name="cancellation">Stops the replays.</param>
    internal static async Task<IReadOnlyList<CaseVerification>> CompareAsync(
        IReadOnlyList<CaseTraces> cases, Func<PortTrace, CancellationToken, Task<LockstepReport>> replay, CancellationToken cancellation)
    {
        var results = new List<CaseVerification>();
        foreach (var each in cases)
        {
            var report = await replay(each.Plain.Ports!, cancellation).ConfigureAwait(false);

            // A run with stalls must agree too, and give the same words; its cycles are its own.
            if (each.Stalled is { } stalled && report.Agreed)
            {
                var under = await replay(stalled.Ports!, cancellation).ConfigureAwait(false);
                report = !stalled.Outputs.AsSpan().SequenceEqual(each.Plain.Outputs)
                    ? report with { Verdict = LockstepVerdict.Diverged, Reason = "stalls on the host streams changed an output" }
                    : under.Agreed ? report : under with { Reason = $"with stalls: {under.Reason}" };
            }

            results.Add(new(each.Case.Shape, each.Case.PredictedCycles, each.Plain.Cycles, report.Cycles,
                each.Case.IsProduct(each.Plain.Outputs), each.Case.IsProduct(report.OutputsRead), report)
            {
                Title = each.Case.Title,
            });
        }

        return results;
    }
}
