using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Goals;

namespace HwSeed.Agent.Proposers;

/// <summary>A design on the front, as proposers breed from it.</summary>
/// <param name="DesignId">Its content hash.</param>
/// <param name="Point">Its place in the space.</param>
/// <param name="MacsPerCycle">Multiply-accumulates of the workload a cycle of 10 ns, see <see cref="DesignScore.Speed"/>.</param>
/// <param name="Luts">Look-up tables, synthesised or predicted.</param>
public sealed record Elite(string DesignId, DesignPoint Point, double MacsPerCycle, double Luts);

/// <summary>
/// What proposers may know: the goal in buckets and all that happened. They keep no state of their own, so that a
/// resumed run, which has only its archive, asks the same questions and gets the same designs.
/// </summary>
public sealed class History
{
    private readonly HashSet<DesignPoint> _seen;

    /// <summary>The history of a run.</summary>
    /// <param name="prompt">The goal in buckets.</param>
    /// <param name="constraints">The goal's limits.</param>
    /// <param name="evaluations">Everything evaluated, rejected designs included, in order.</param>
    /// <param name="front">Ids of the designs on the Pareto front.</param>
    public History(
        DesignPrompt prompt, Constraints constraints, IReadOnlyList<Evaluation> evaluations, IEnumerable<string> front)
    {
        (Prompt, Constraints) = (prompt, constraints);
        var ids = front.ToHashSet(StringComparer.Ordinal);
        _seen = [.. evaluations.Select(e => DesignSpace.PointOf(e.Proposal.Architecture).Value).OfType<DesignPoint>()];
        Elites = [.. evaluations.Where(e => ids.Contains(e.DesignId)).Select(EliteOf).OfType<Elite>()
            .OrderBy(e => e.DesignId, StringComparer.Ordinal)];
    }

    private History(History history, IEnumerable<DesignPoint> taken)
    {
        (Prompt, Constraints, Elites) = (history.Prompt, history.Constraints, history.Elites);
        _seen = [.. history._seen, .. taken];
    }

    /// <summary>The goal in buckets.</summary>
    public DesignPrompt Prompt { get; }

    /// <summary>The goal's limits.</summary>
    public Constraints Constraints { get; }

    /// <summary>The designs on the front that have cycles and an area, by id.</summary>
    public IReadOnlyList<Elite> Elites { get; }

    /// <summary>Designs that need not be proposed again.</summary>
    public IReadOnlySet<DesignPoint> Seen => _seen;

    /// <summary>The elites that score best under a trade-off, best first.</summary>
    /// <param name="trade">0 weighs area alone, 4 throughput alone.</param>
    public IEnumerable<(Elite Elite, double Score)> Best(int trade) => Elites
        .Select(e => (Elite: e, Score: DesignScore.Of(e.MacsPerCycle, e.Luts, Constraints.MaxLuts, trade)))
        .OrderByDescending(e => e.Score)
        .ThenBy(e => e.Elite.DesignId, StringComparer.Ordinal);

    /// <summary>The same history with more designs that need not be proposed.</summary>
    internal History Without(IEnumerable<DesignPoint> taken) => new(this, taken);

    private static Elite? EliteOf(Evaluation evaluation) =>
        evaluation.Mapped is { Cycles: > 0 } mapped
        && (evaluation.Synthesised?.Luts ?? mapped.PredictedLuts ?? evaluation.ValueOf(Metric.Luts)) is { } luts
        && DesignSpace.PointOf(evaluation.Proposal.Architecture).Value is { } point
            ? new(
                evaluation.DesignId, point, DesignScore.Speed(
                    mapped.Macs / (double)mapped.Cycles, evaluation.Synthesised?.FmaxMhz ?? mapped.PredictedFmaxMhz), luts)
            : null;
}
