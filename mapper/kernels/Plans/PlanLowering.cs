using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mappings;

namespace HwSeed.Kernels.Plans;

/// <summary>A plan and the rules that led to it.</summary>
internal sealed record PlanLowering(KernelPlan Plan, EquatableArray<string> Lines)
{
    /// <summary>
    /// Vectors for the stationary operand. Of 32 registers, 8 stay for the streamed vectors, the broadcast operand and
    /// the products on their way.
    /// </summary>
    private const int VectorBudget = 24;

    /// <summary>Summed elements that one lane of a weight register holds in the portable packing.</summary>
    private const int ElementsPerLane = 2;

    public static PlanLowering Of(Mapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return mapping.Architecture.Dataflow == Dataflow.OutputStationary
            ? OutputStationary(mapping)
            : WeightStationary(mapping);
    }

    private static PlanLowering OutputStationary(Mapping mapping)
    {
        var lines = Head(mapping, "sums stay in registers while K streams");
        var (rows, vectors) = Columns(mapping, lines);
        lines.Add($"{rows} PE rows -> {rows} register rows of C");
        if (rows > mapping.Shape.M)
        {
            rows = mapping.Shape.M;
            lines.Add($"the product has {rows} rows -> {rows} register rows");
        }

        (rows, vectors) = Fit(rows, vectors, "register rows", lines);
        lines.Add($"tile K {mapping.TileK} -> K unrolled within {mapping.TileK}; the sums stay in registers over all of K");
        return Finish(new(KernelDataflow.OutputStationary, rows, vectors * KernelPlan.VectorColumns, mapping.TileK), mapping, lines);
    }

    private static PlanLowering WeightStationary(Mapping mapping)
    {
        var lines = Head(mapping, "weights stay in registers while rows of A stream");
        var (rows, vectors) = Columns(mapping, lines);
        lines.Add($"{rows} PE rows -> {rows} register rows of B, each holding {ElementsPerLane} summed elements a lane");
        var needed = (mapping.Shape.K + ElementsPerLane - 1) / ElementsPerLane;
        if (rows > needed)
        {
            rows = needed;
            lines.Add($"the product has {mapping.Shape.K} summed elements -> {rows} register rows");
        }

        (rows, vectors) = Fit(rows, vectors, "register rows of B", lines);
        lines.Add($"{rows} register rows -> B is reloaded every {rows * ElementsPerLane} summed elements; C is accumulated in memory");
        return Finish(
            new(KernelDataflow.WeightStationary, 1, vectors * KernelPlan.VectorColumns, rows * ElementsPerLane), mapping, lines);
    }

    private static List<string> Head(Mapping mapping, string meaning) =>
        [$"{mapping.Architecture.Dataflow} -> {mapping.Architecture.Dataflow}: {meaning}"];

    private static (int Rows, int Vectors) Columns(Mapping mapping, List<string> lines)
    {
        var (rows, vectors) = (mapping.Architecture.Rows, mapping.Architecture.Columns);
        lines.Add($"{vectors} PE columns -> {vectors} vectors of {KernelPlan.VectorColumns} lanes");
        // The chip's scratchpad block is not a bound: caches hold more, and the PE array is what the tile stands for.
        var needed = (mapping.Shape.N + KernelPlan.VectorColumns - 1) / KernelPlan.VectorColumns;
        if (vectors > needed)
        {
            vectors = needed;
            lines.Add($"the product has {mapping.Shape.N} columns -> {vectors} vectors");
        }

        return (rows, vectors);
    }

    private static (int Rows, int Vectors) Fit(int rows, int vectors, string rowName, List<string> lines)
    {
        if (rows * vectors <= VectorBudget)
        {
            return (rows, vectors);
        }

        var wanted = rows * vectors;
        var columns = Math.Max(1, VectorBudget / rows);
        if (columns < vectors)
        {
            lines.Add($"{wanted} vectors do not fit the {VectorBudget} of the register file -> {columns} vectors a row");
            vectors = columns;
        }

        if (rows * vectors > VectorBudget)
        {
            lines.Add($"{rows * vectors} vectors still do not fit -> {VectorBudget / vectors} {rowName}");
            rows = VectorBudget / vectors;
        }

        return (rows, vectors);
    }

    private static PlanLowering Finish(KernelPlan plan, Mapping mapping, List<string> lines)
    {
        lines.Add($"block order {string.Join(", ", mapping.Order)} -> not carried over: the device orders its work-items");
        if (mapping.Architecture is not { InputBits: 8, WeightBits: 8 })
        {
            lines.Add($"{mapping.Architecture.InputBits}-bit activations and {mapping.Architecture.WeightBits}-bit weights -> 8-bit operands: the kernels have no others");
        }

        lines.Add($"= {plan.Describe()}");
        return new(plan, lines.ToEquatableArray());
    }
}
