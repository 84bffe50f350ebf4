using System.Text.Json.Serialization;
using HwSeed.Hdl.Architectures;
using HwSeed.Kernels.Managed;
using HwSeed.Kernels.OpenCl;

namespace HwSeed.Kernels.Measurements;

/// <summary>One line of <c>hwseed bench kernels --json</c>.</summary>
/// <param name="Name">Kernel and shape.</param>
/// <param name="Unit">Unit of both figures.</param>
/// <param name="Ours">This kernel.</param>
/// <param name="Theirs">The opponent, measured in the same rounds.</param>
/// <param name="Against">The opponent.</param>
/// <param name="Ratio">Ours over theirs: above 1 ours is better.</param>
/// <param name="Runs">Timed pairs behind the medians.</param>
public sealed record KernelBenchRow(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("ours")] double Ours,
    [property: JsonPropertyName("theirs")] double Theirs,
    [property: JsonPropertyName("against")] string Against,
    [property: JsonPropertyName("ratio")] double Ratio,
    [property: JsonPropertyName("runs")] int Runs);

/// <summary>Every kernel beside the strong managed baseline, interleaved.</summary>
public static class KernelBench
{
    /// <summary>The shapes of the bench.</summary>
    public static IReadOnlyList<GemmShape> Shapes { get; } =
        [new(64, 128, 128), new(64, 128, 384), new(256, 256, 256), new(512, 512, 512)];

    /// <summary>The strong fixed baseline's plan; its register tile is its own.</summary>
    public static KernelPlan BaselinePlan { get; } = new(KernelDataflow.OutputStationary, 6, 16, 256);

    /// <summary>Measures all rows: GOP/s, a multiply-accumulate counting 2. Without OpenCL only the managed rows.</summary>
    /// <param name="best">The plan to show as the best OpenCL one; null to choose by <see cref="Plans.KernelEstimate"/>.</param>
    /// <param name="shapes">Shapes; null for <see cref="Shapes"/>.</param>
    /// <param name="settings">How to measure; null for the defaults.</param>
    public static IReadOnlyList<KernelBenchRow> Run(
        KernelPlan? best = null, IReadOnlyList<GemmShape>? shapes = null, MeasurementSettings? settings = null)
    {
        settings ??= new();
        using var baseline = new ManagedBackend();
        using var single = new ManagedBackend(1);
        using var scalar = new ScalarBackend();
        using var opencl = OpenClBackend.Open().Value;
        using var portable = OpenClBackend.Open(instructions: OpenClInstructions.Portable).Value;
        var rows = new List<KernelBenchRow>();
        foreach (var shape in shapes ?? Shapes)
        {
            Add("managed one thread", single, BaselinePlan, 1);
            Add("managed plain loops", scalar, KernelPlan.Plain, 3);
            if (opencl is not null && portable is not null)
            {
                Add($"opencl {opencl.Instructions}", opencl, best ?? PlanChoice.Best(shape, opencl.Instructions.GroupSize()), 1);
                Add("opencl Portable", portable, best ?? PlanChoice.Best(shape, 2), 1);
                Add("opencl plain", portable, KernelPlan.Plain, 3);
            }

            void Add(string name, IBackend backend, KernelPlan plan, int fewer)
            {
                // Slow kernels need fewer rounds for the same certainty.
                var own = settings with { Rounds = Math.Max(3, settings.Rounds / fewer), WarmupRounds = settings.WarmupRounds / fewer };
                var measured = KernelMeasurement.Compare((baseline, BaselinePlan), (backend, plan), [shape], own);
                if (!measured.OutputsIdentical)
                {
                    throw new InvalidOperationException(measured.Diagnostics[0].ToString());
                }

                var operations = 2.0 * shape.Macs / 1e9;
                rows.Add(new(
                    $"{name} {shape} ({plan.Describe()})", "GOP/s", operations / measured.CandidateMedianSeconds,
                    operations / measured.CurrentMedianSeconds, baseline.Name, measured.Ratio, own.Rounds));
            }
        }

        return rows;
    }
}

/// <summary>The plan with the best estimate, of all that fit.</summary>
internal static class PlanChoice
{
    public static KernelPlan Best(GemmShape shape, int elementsPerLane)
    {
        var plans =
            from rows in Enumerable.Range(1, 16)
            from vectors in Enumerable.Range(1, 6)
            let plan = new KernelPlan(
                KernelDataflow.OutputStationary, rows, vectors * KernelPlan.VectorColumns, Math.Max(1, Math.Min(shape.K, 256)))
            where plan.Problem is null
            orderby Plans.KernelEstimate.Of(plan, shape, elementsPerLane).MacsPerCycle descending, plan.Vectors
            select plan;
        return plans.First();
    }
}
