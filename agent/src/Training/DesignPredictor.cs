using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Estimates;
using HwSeed.Agent.Flow;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Mapper.Searches;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Training;

/// <summary>
/// Predicts designs for one workload: legality, area and clock, and the cycles of the best mapping of each product.
/// Cheap refusals come before the search of mappings. One caller at a time.
/// </summary>
/// <param name="workload">Products, at least one.</param>
internal sealed class DesignPredictor(Workload workload)
{
    /// <summary>Pins of the iCE40 HX8K's ct256 package that logic may use.</summary>
    private const int Pins = 206;

    /// <summary>Largest mapspace that is searched whole; larger ones are sampled as many times.</summary>
    private const int MostMappings = 4096;

    private const ulong MappingSeed = 1;
    private readonly int _largestK = workload.Gemms.Max(g => g.Shape.K);
    private readonly Dictionary<Architecture, long> _cycles = [];

    /// <summary>
    /// Whether the design can be built and computes the workload without overflow, whatever its area.
    /// </summary>
    public bool IsLegal(Architecture architecture) =>
        architecture.AccumulatorBits >= architecture.AccumulatorBitsFor(_largestK)
        && EnginePins.Count(architecture) <= Pins
        && ArchitectureRules.Check(architecture).Count == 0;

    /// <summary>The prediction, or null where the design is illegal or no mapping of some product fits.</summary>
    public PredictedDesign? Predict(DesignPoint point)
    {
        var architecture = DesignSpace.ArchitectureOf(point);
        return IsLegal(architecture) && Cycles(architecture) is > 0 and var cycles
            ? new(point, workload.Macs / (double)cycles, AreaModel.Hx8k.Estimate(architecture))
            : null;
    }

    private long Cycles(Architecture architecture)
    {
        // The width of the sums changes no cycle once it is wide enough.
        var key = architecture with { Name = "", AccumulatorBits = 32 };
        if (!_cycles.TryGetValue(key, out var cycles))
        {
            _cycles[key] = cycles = Search(key);
        }

        return cycles;
    }

    private long Search(Architecture architecture)
    {
        var cycles = 0L;
        foreach (var gemm in workload.Gemms)
        {
            var space = new Mapspace(gemm.Shape, architecture);
            ISearch search = space.Count <= MostMappings
                ? new ExhaustiveSearch()
                : new RandomSearch(MostMappings, MappingSeed);
            if (search.Best(space).Best is not { } best)
            {
                return 0;
            }

            cycles += best.Cost.Cycles * gemm.Repeats;
        }

        return cycles;
    }
}
