using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Estimates;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Proposers;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Training;

/// <summary>
/// Looks for good designs of one workload under all limits and trade-offs at once: half of the candidates are drawn at
/// random among the legal ones, half are bred from the best under limits and a trade-off of their own. Every candidate
/// is predicted once.
/// </summary>
internal sealed class EliteSearch
{
    private const int EightBits = 1;
    private const int TriesPerCandidate = 200;
    private const int Parents = 6;

    private static readonly TargetDevice Device = TargetDevice.Find("hx8k")!;
    private readonly DesignPredictor _predictor;
    private readonly Xoshiro256 _random;
    private readonly Dictionary<DesignPoint, PredictedDesign> _found = [];
    private readonly HashSet<DesignPoint> _tried = [];

    private EliteSearch(Workload workload, Seed seed) => (_predictor, _random) = (new(workload), seed.Random());

    /// <summary>The designs found, at most <paramref name="count"/>, in the order of their numbers.</summary>
    /// <param name="workload">What they compute, on 8-bit operands.</param>
    /// <param name="count">Candidates wanted.</param>
    /// <param name="seed">Decides the draws.</param>
    public static IReadOnlyList<PredictedDesign> Find(Workload workload, int count, Seed seed)
    {
        var search = new EliteSearch(workload, seed);
        search.Fill(count / 2, search.Draw);
        search.Fill(count, search.Breed);
        return [.. search._found.Values.OrderBy(d => DesignSpace.IndexOf(d.Point))];
    }

    /// <summary>As many designs without breeding: what breeding has to beat.</summary>
    internal static IReadOnlyList<PredictedDesign> Draws(Workload workload, int count, Seed seed)
    {
        var search = new EliteSearch(workload, seed);
        search.Fill(count, search.Draw);
        return [.. search._found.Values.OrderBy(d => DesignSpace.IndexOf(d.Point))];
    }

    private void Fill(int count, Func<DesignPoint> next)
    {
        for (var tries = count * TriesPerCandidate; tries > 0 && _found.Count < count; tries--)
        {
            var point = next();
            if (_tried.Add(point) && CouldFit(point) && _predictor.Predict(point) is { } design)
            {
                _found[point] = design;
            }
        }
    }

    // Far cheaper than a mapping: most refusals end here.
    private bool CouldFit(DesignPoint point)
    {
        var architecture = DesignSpace.ArchitectureOf(point);
        return AreaModel.Brams(architecture) <= Device.Brams
            && _predictor.IsLegal(architecture)
            && AreaModel.Hx8k.Estimate(architecture).LogicCells <= Device.Luts;
    }

    private DesignPoint Draw()
    {
        var options = DesignSpace.Fields.Select(f => _random.NextBelow(f.Values.Count)).ToArray();
        options[DesignSpace.OperandBitsField] = EightBits;
        return DesignSpace.Repair(options);
    }

    private DesignPoint Breed()
    {
        var (_, limits) = RandomGoals.Limits(_random);
        var trade = _random.NextBelow(DesignPrompt.TradeLevels);
        var best = _found.Values.Where(d => d.Fits(limits)).OrderByDescending(d => d.Score(limits, trade))
            .ThenBy(d => DesignSpace.IndexOf(d.Point)).Take(Parents).ToArray();
        if (best.Length == 0)
        {
            return Draw();
        }

        var point = best[Math.Min(_random.NextBelow(best.Length), _random.NextBelow(best.Length))].Point;
        for (var moves = 1 + _random.NextBelow(3); moves > 0; moves--)
        {
            point = EvolutionProposer.Mutate(point, _random).Point;
        }

        return point.With(DesignSpace.OperandBitsField, EightBits);
    }
}
