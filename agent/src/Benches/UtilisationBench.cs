using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators;
using HwSeed.Sim.Accelerators;

namespace HwSeed.Agent.Benches;

/// <summary>
/// How busy the PEs of each kind of array are on one GEMM: cycles of a simulated run, whose outputs are checked, beside the
/// closed-form ideal of every PE busy in every cycle.
/// </summary>
public static class UtilisationBench
{
    /// <summary>Every dataflow and interconnect, double-buffered, 16x16 int8 PEs.</summary>
    public static IReadOnlyList<Architecture> Engines { get; } =
    [
        Engine("output-stationary systolic", Dataflow.OutputStationary, Interconnect.Systolic),
        Engine("output-stationary broadcast", Dataflow.OutputStationary, Interconnect.Broadcast),
        Engine("weight-stationary", Dataflow.WeightStationary, Interconnect.Systolic),
        Engine("input-stationary", Dataflow.InputStationary, Interconnect.Systolic),
    ];

    /// <summary>The GEMM.</summary>
    public static GemmShape Shape { get; } = new(512, 512, 512);

    /// <summary>One row an engine: simulated cycles beside the ideal; the ratio is the utilisation.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="shape">The GEMM.</param>
    /// <returns>The row, and whether the cycles are the predicted ones and the outputs the product.</returns>
    public static (BenchRow Row, bool IsExact) Measure(Architecture engine, GemmShape shape)
    {
        var (best, reason) = EngineCase.Best(engine, shape, new Seed(1));
        if (best is null)
        {
            throw new ArgumentException($"{engine.Name} does not run {shape}: {reason!.Reason}", nameof(shape));
        }

        var trace = AcceleratorRun.Execute(AcceleratorGenerator.Generate(engine).OrThrow(), best.Traffic(), best.CycleLimit).OrThrow();
        var ideal = (double)shape.Macs / engine.MacsPerCycle;
        return (
            new($"{engine.Name} {engine.Rows}x{engine.Columns}: {shape}", "cycles", trace.Cycles, ideal, "every PE busy", ideal / trace.Cycles, 1),
            trace.Cycles == best.Cost.Cycles && best.IsProduct(trace.Outputs));
    }

    private static Architecture Engine(string name, Dataflow dataflow, Interconnect interconnect) =>
        new(name, 16, 16, dataflow, 8, 8, 32, 1, 2048, 2048, dataflow == Dataflow.OutputStationary ? 0 : 2048, DoubleBuffering: true)
        {
            Interconnect = interconnect,
        };
}
