using HwSeed.Hdl.Architectures;

namespace HwSeed.Kernels.Plans;

/// <summary>
/// What a plan should be worth on a host processor, in closed form: search decides by it, since decisions must not
/// depend on the clock. Only the order of plans means something, not the scale; launch costs are left out.
/// </summary>
/// <param name="MacsPerCycle">Useful multiply-accumulates a cycle of one core.</param>
/// <param name="MacsPerLoad">Multiply-accumulates for each vector or broadcast loaded: the reuse of the register tile.</param>
/// <param name="SpilledVectors">Vectors that do not find a register.</param>
/// <param name="TileUse">Useful part of the padded tiles, 0..1.</param>
public sealed record KernelEstimate(double MacsPerCycle, double MacsPerLoad, int SpilledVectors, double TileUse)
{
    private const int Registers = 32;
    private const double MemoryPerCycle = 2;
    private const double DotLatencyCycles = 4;
    private const double PlainMacsPerCycle = 0.5;
    private const double TilePrologueCycles = 20;
    private const double StreamedRows = 64;

    /// <summary>The estimate for one product.</summary>
    /// <param name="plan">A plan that fits (<see cref="KernelPlan.Problem"/> is null).</param>
    /// <param name="shape">The product.</param>
    /// <param name="elementsPerLane">Summed elements in a 32-bit lane: 2 for portable kernels, 4 with vpdpbusd.</param>
    public static KernelEstimate Of(KernelPlan plan, GemmShape shape, int elementsPerLane = 2)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(elementsPerLane);
        if (plan.Problem is { } problem)
        {
            throw new ArgumentException(problem, nameof(plan));
        }

        return plan.Dataflow switch
        {
            KernelDataflow.Plain => new(PlainMacsPerCycle, 0.5, 0, 1),
            KernelDataflow.OutputStationary => OutputStationary(plan, shape, elementsPerLane),
            _ => WeightStationary(plan, shape, elementsPerLane),
        };
    }

    private static KernelEstimate OutputStationary(KernelPlan plan, GemmShape shape, int elementsPerLane)
    {
        var (rows, vectors) = (plan.RegisterRows, plan.RegisterColumns / KernelPlan.VectorColumns);
        double dots = rows * vectors;
        double loads = rows + vectors;

        // The sums, the streamed vectors of B (as two halves where lanes are split), one broadcast and one product.
        var spilled = Math.Max(0, (rows * vectors) + (vectors * Parts(elementsPerLane)) + 2 - Registers);
        var memory = loads + (2 * spilled);

        // One step of K is one link of every sum's chain.
        var step = Math.Max(DotLatencyCycles, Math.Max(dots / DotsPerCycle(elementsPerLane), memory / MemoryPerCycle));
        var steps = Steps(shape.K, elementsPerLane);
        var cycles = (steps * step) + TilePrologueCycles + (dots / MemoryPerCycle);
        var tiles = Tiles(shape.M, rows) * Tiles(shape.N, plan.RegisterColumns);
        return Make(shape, tiles * cycles, dots * KernelPlan.VectorColumns * elementsPerLane / loads, spilled,
            tiles * rows * plan.RegisterColumns * steps * elementsPerLane);
    }

    private static KernelEstimate WeightStationary(KernelPlan plan, GemmShape shape, int elementsPerLane)
    {
        var vectors = plan.RegisterColumns / KernelPlan.VectorColumns;
        var held = plan.HeldGroups(elementsPerLane);
        double dots = held * vectors;

        // A row brings one broadcast a group, and its sums from memory and back.
        double loads = held + (2 * vectors);
        var spilled = Math.Max(0, (held * vectors * Parts(elementsPerLane)) + vectors + 2 - Registers);
        var row = Math.Max(dots / DotsPerCycle(elementsPerLane), (loads + spilled) / MemoryPerCycle);
        var blocks = Tiles(Steps(shape.K, elementsPerLane), held) * Tiles(shape.N, plan.RegisterColumns);
        var chunks = Tiles(shape.M, StreamedRows);
        var cycles = blocks * ((shape.M * row) + (chunks * (TilePrologueCycles + (dots / MemoryPerCycle))));
        return Make(shape, cycles, dots * KernelPlan.VectorColumns * elementsPerLane / loads, spilled,
            blocks * shape.M * held * plan.RegisterColumns * elementsPerLane);
    }

    /// <summary>Multiplications that one lane's dot product takes: vpdpbusd does all four at once.</summary>
    private static int Parts(int elementsPerLane) => elementsPerLane == 4 ? 1 : 2;

    private static double DotsPerCycle(int elementsPerLane) => 2.0 / Parts(elementsPerLane);

    private static double Steps(int k, int elementsPerLane) => Tiles(k, elementsPerLane);

    private static double Tiles(double extent, double tile) => Math.Ceiling(extent / tile);

    private static KernelEstimate Make(GemmShape shape, double cycles, double macsPerLoad, int spilled, double paddedMacs) =>
        shape.Macs == 0
            ? new(0, macsPerLoad, spilled, 0)
            : new(shape.Macs / cycles, macsPerLoad, spilled, shape.Macs / paddedMacs);
}
