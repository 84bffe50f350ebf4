using HwSeed.Agent.Archives;
using HwSeed.Agent.Estimates;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Goals;
using HwSeed.Hdl;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Loop;

/// <summary>What a goal's objectives are worth for a design: routed figures where there are any, else estimates.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Workload">Its workload.</param>
public sealed record DesignFigures(Goal Goal, Workload Workload)
{
    /// <summary>MHz that no routed design on these chips reaches.</summary>
    private const double GenerousFmaxMhz = 250;

    /// <summary>Logic cells of the smallest multiply-accumulate that was ever measured, generously.</summary>
    private const double CellsPerMac = 100;

    /// <summary>The objectives that searches decide by: those that do not depend on this machine's clock.</summary>
    public EquatableArray<Objective> Objectives { get; } = Goal.Objectives.Where(o => !o.Metric.IsTiming()).ToEquatableArray();

    /// <summary>An empty front over these objectives.</summary>
    public ParetoArchive NewFront() => new(Objectives.Select(Axis).ToEquatableArray());

    /// <summary>The objectives' values with the goal's own words; empty before the design is mapped.</summary>
    public EquatableArray<MetricValue> Values(Evaluation evaluation) => evaluation.Mapped is null
        ? []
        : Objectives.Select(o => new MetricValue(o.Metric, Value(o.Metric, evaluation), evaluation.Synthesised is null))
            .ToEquatableArray();

    /// <summary>Only the numbers, in the order of the axes.</summary>
    public double[] Vector(Evaluation evaluation) => [.. Objectives.Select(o => Value(o.Metric, evaluation))];

    /// <summary>Clock: routed, or estimated.</summary>
    public static double FmaxMhz(Evaluation e) => e.Synthesised?.FmaxMhz ?? e.Mapped!.PredictedFmaxMhz!.Value;

    /// <summary>Logic cells: routed, or estimated.</summary>
    public static double LogicCells(Evaluation e) => e.Synthesised?.Luts ?? e.Mapped!.PredictedLuts!.Value;

    /// <summary>Block RAMs: placed, or counted.</summary>
    public static int Brams(Evaluation e) => e.Synthesised?.Brams ?? AreaModel.Brams(e.Proposal.Architecture);

    /// <summary>Cycles for one model token.</summary>
    public double CyclesPerToken(Evaluation e) => (double)e.Mapped!.Cycles / Workload.TokensPerPass;

    /// <summary>Model tokens a second on the chip at its clock.</summary>
    public double ChipTokensPerSecond(Evaluation e) => FmaxMhz(e) * 1e6 / CyclesPerToken(e);

    private double Value(Metric metric, Evaluation e) => metric switch
    {
        Metric.ChipTokensPerSecond => ChipTokensPerSecond(e),
        Metric.Luts => LogicCells(e),
        Metric.Brams => Brams(e),
        Metric.FmaxMhz => FmaxMhz(e),
        Metric.Cycles => e.Mapped!.Cycles,
        _ => throw new System.Diagnostics.UnreachableException($"metric {metric}"),
    };

    /// <summary>The scale of each metric; the best is a bound that physics sets on the device, not a wish.</summary>
    private ObjectiveAxis Axis(Objective objective)
    {
        var macsPerToken = (double)Workload.Macs / Workload.TokensPerPass;
        var mostMacs = Goal.Device.Luts / CellsPerMac;
        var (worst, best) = objective.Metric switch
        {
            Metric.ChipTokensPerSecond => (0, mostMacs * GenerousFmaxMhz * 1e6 / macsPerToken),
            Metric.Luts => (Goal.Constraints.MaxLuts, 0.0),
            Metric.Brams => (Goal.Constraints.MaxBrams, 0.0),
            Metric.FmaxMhz => (0, GenerousFmaxMhz),
            Metric.Cycles => (Workload.Macs * 2.0, Workload.Macs / mostMacs),
            _ => throw new System.Diagnostics.UnreachableException($"metric {objective.Metric}"),
        };
        return objective.Direction == objective.Metric.UsualDirection()
            ? new(objective, worst, best)
            : new(objective, best, worst);
    }
}
