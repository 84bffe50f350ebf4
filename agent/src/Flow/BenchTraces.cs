using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Sim;
using HwSeed.Sim.Accelerators;
using HwSeed.Sim.Traces;

namespace HwSeed.Agent.Flow;

/// <summary>The runs of one case on the right engine.</summary>
/// <param name="Case">The product with its operands.</param>
/// <param name="Plain">At full speed.</param>
/// <param name="Stalled">With stalls on every stream; null when they were not asked for.</param>
public sealed record CaseTraces(IEngineCase Case, Trace Plain, Trace? Stalled)
{
    /// <summary>Runs the right engine on each case; a failure when a run does not end.</summary>
    /// <param name="simulator">The engine.</param>
    /// <param name="cases">The products.</param>
    /// <param name="stallSeed">Decides the stalls; null for none.</param>
    public static Checked<IReadOnlyList<CaseTraces>> Record(Simulator simulator, IReadOnlyList<IEngineCase> cases, int? stallSeed)
    {
        var traces = new List<CaseTraces>();
        foreach (var each in cases)
        {
            var plain = AcceleratorRun.Execute(simulator, each.Traffic(), each.CycleLimit, new() { RecordPorts = true });
            var stalled = stallSeed is null ? null : AcceleratorRun.Execute(
                simulator, each.Traffic(), each.CycleLimit, new() { RecordPorts = true, StallSeed = stallSeed });
            if (!plain.IsOk || stalled is { IsOk: false })
            {
                return Checked.Fail<IReadOnlyList<CaseTraces>>(plain.IsOk ? stalled!.Diagnostics : plain.Diagnostics);
            }

            traces.Add(new(each, plain.Value, stalled?.Value));
        }

        return Checked.Ok<IReadOnlyList<CaseTraces>>(traces);
    }
}

/// <summary>Everything that the bench replays: every port in every cycle of runs of the right engine.</summary>
/// <param name="Cases">Whole products.</param>
/// <param name="Stress">Random commands, stalls and resets; null when stalls were not asked for.</param>
public sealed record BenchTraces(EquatableArray<CaseTraces> Cases, PortTrace? Stress)
{
    /// <summary>Cycles of random commands.</summary>
    public const int StressCycles = 16_000;

    /// <summary>All traces with what they are, those that show most faults soonest first.</summary>
    public IEnumerable<(string Name, PortTrace Ports)> All =>
    [
        .. Cases.Select(c => ($"{c.Case.Title}", c.Plain.Ports!)),
        .. Cases.Where(c => c.Stalled is not null).Select(c => ($"{c.Case.Title} with stalls", c.Stalled!.Ports!)),
        .. Stress is null ? [] : new[] { ("random commands", Stress) },
    ];

    /// <summary>Runs the right engine; a failure when a run does not end.</summary>
    /// <param name="simulator">The engine.</param>
    /// <param name="architecture">What it was made from.</param>
    /// <param name="cases">The products.</param>
    /// <param name="stallSeed">Decides stalls and random commands; null for neither.</param>
    public static Checked<BenchTraces> Record(
        Simulator simulator, Architecture architecture, IReadOnlyList<IEngineCase> cases, int? stallSeed) =>
        CaseTraces.Record(simulator, cases, stallSeed).Then(traces => Checked.Ok(new BenchTraces(
            [.. traces], stallSeed is { } seed ? StressRun.Record(simulator, architecture, seed, StressCycles) : null)));
}
