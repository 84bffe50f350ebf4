using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Generators;
using HwSeed.Mapper.Searches;
using HwSeed.Mapper.Workloads;
using HwSeed.Sim;
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

        return Measure(Simulator.Compile(AcceleratorGenerator.Generate(engine).OrThrow()).OrThrow(), engine, best, $"{shape}");
    }

    /// <summary>A row for each layer, each once; a convolution has two: by im2col, and direct. What does not fit has none.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="workload">The layers.</param>
    public static IEnumerable<(BenchRow Row, bool IsExact)> Measure(Architecture engine, Workload workload)
    {
        var simulator = Simulator.Compile(AcceleratorGenerator.Generate(engine).OrThrow()).OrThrow();
        foreach (var layer in workload.Gemms)
        {
            if (EngineCase.Best(engine, layer.Shape, new Seed(1)).Case is { } product)
            {
                yield return Measure(simulator, engine, product, $"{layer.Name} {layer.Shape}");
            }

            if (layer.Convolution is { } conv && new DirectSearch().Best(new(conv.OfGroup(), engine)).Best is { } direct)
            {
                yield return Measure(simulator, engine, DirectCase.Of(direct.Mapping, new Seed(1)), $"{layer.Name} direct {conv.OfGroup()}");
            }
        }
    }

    private static (BenchRow Row, bool IsExact) Measure(Simulator simulator, Architecture engine, IEngineCase test, string title)
    {
        var trace = AcceleratorRun.Execute(simulator, test.Traffic(), test.CycleLimit).OrThrow();
        var ideal = (double)test.Shape.Macs / engine.MacsPerCycle;
        return (
            new($"{engine.Name} {engine.Rows}x{engine.Columns}: {title}", "cycles", trace.Cycles, ideal, "every PE busy", ideal / trace.Cycles, 1),
            trace.Cycles == test.PredictedCycles && test.IsProduct(trace.Outputs));
    }

    private static Architecture Engine(string name, Dataflow dataflow, Interconnect interconnect) =>
        new(name, 16, 16, dataflow, 8, 8, 32, 1, 2048, 2048, dataflow == Dataflow.OutputStationary ? 0 : 2048, DoubleBuffering: true)
        {
            Interconnect = interconnect,
        };
}
