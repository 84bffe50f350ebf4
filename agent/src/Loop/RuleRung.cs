using HwSeed.Agent.Estimates;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Goals;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Mapper.Searches;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Loop;

/// <summary>The two cheapest rungs: what cannot be built or does not fit, and exact cycles for the rest.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Workload">Its workload.</param>
/// <param name="Area">Estimates before synthesis.</param>
public sealed record RuleRung(Goal Goal, Workload Workload, AreaModel Area)
{
    /// <summary>Rules, limits and the best mapping of every product; a rejection or exact cycles.</summary>
    public Evaluation Climb(Evaluation evaluation)
    {
        var architecture = evaluation.Proposal.Architecture;
        var reasons = Reasons(architecture).ToEquatableArray();
        if (reasons.Count > 0)
        {
            return evaluation with { Rejected = new(Rung.Rules, reasons) };
        }

        var (mapped, reason) = Map(architecture);
        return mapped is null
            ? evaluation with { Rejected = new(Rung.Mapped, [reason!]) }
            : evaluation with { Mapped = mapped };
    }

    private IEnumerable<string> Reasons(Architecture architecture)
    {
        var broken = ArchitectureRules.Check(architecture);
        if (broken.Count > 0)
        {
            return broken.Select(v => $"{v.Diagnostic.Code} {v.Field}: {v.Diagnostic.Message}");
        }

        return Limits(architecture);
    }

    private IEnumerable<string> Limits(Architecture architecture)
    {
        var limits = Goal.Constraints;
        if (limits.OperandBits is { } bits && Math.Min(architecture.InputBits, architecture.WeightBits) is var narrowest && narrowest < bits)
        {
            yield return $"operands have {narrowest} bits; the model's have {bits}";
        }

        var longest = Workload.Gemms.MaxBy(g => g.Shape.K)!.Shape.K;
        if (architecture.AccumulatorBits < architecture.AccumulatorBitsFor(longest))
        {
            yield return $"accumulators too narrow for K = {longest}: {architecture.AccumulatorBits} bits, {architecture.AccumulatorBitsFor(longest)} needed";
        }

        var pins = EnginePins.Count(architecture);
        if (DevicePins() is { } available && pins > available)
        {
            yield return $"needs {pins} pins; {Goal.Device.Name} has {available}";
        }

        var area = Area.Estimate(architecture);
        if (area.Brams > limits.MaxBrams)
        {
            yield return $"needs {area.Brams} block RAMs; the limit is {limits.MaxBrams}";
        }

        if (area.LogicCells > limits.MaxLuts)
        {
            yield return $"estimated at {area.LogicCells:F0} logic cells; the limit is {limits.MaxLuts}";
        }

        if (area.FmaxMhz < limits.MinFmaxMhz)
        {
            yield return $"estimated at {area.FmaxMhz:F0} MHz; the limit is {limits.MinFmaxMhz:F0}";
        }
    }

    private int? DevicePins() => HwSeed.Toolchain.FpgaDevices.All.FirstOrDefault(d => d.Name == Goal.Device.Name)?.Ios;

    private (Evaluations.Mapped? Mapped, string? Reason) Map(Architecture architecture)
    {
        long cycles = 0;
        foreach (var gemm in Workload.Gemms)
        {
            var found = new ExhaustiveSearch().Best(new Mapspace(gemm.Shape, architecture));
            if (found.Best is null)
            {
                return (null, $"{gemm.Name} {gemm.Shape}: {found.Reason!.Reason}");
            }

            cycles += gemm.Repeats * found.Best.Cost.Cycles;
        }

        var area = Area.Estimate(architecture);
        var utilisation = (double)Workload.Macs / (cycles * architecture.MacsPerCycle);
        return (new(cycles, Workload.Macs, utilisation, area.LogicCells, area.FmaxMhz), null);
    }
}
