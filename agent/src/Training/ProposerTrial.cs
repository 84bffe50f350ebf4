using HwSeed.Agent.Archives;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Proposers;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Training;

/// <summary>How good a proposer's designs are on goals that nobody has worked on yet, as the models predict them.</summary>
/// <param name="Proposer">Its name.</param>
/// <param name="Designs">Designs asked for, over all goals.</param>
/// <param name="FeasibleShare">Share of them that are legal, can be mapped and hold the limits; a design written twice
/// counts once.</param>
/// <param name="MeanScore">Mean over all designs and trade-offs of the score, 0 for a design that is not feasible.</param>
/// <param name="BestScore">Best score under each trade-off, mean over trade-offs and goals.</param>
/// <param name="Hypervolume">Share of (speed, logic cells) that the feasible designs dominate, mean over goals: speed
/// on the scale of <see cref="DesignScore"/>, cells as the share of the limit.</param>
public sealed record ProposerResult(
    string Proposer, int Designs, double FeasibleShare, double MeanScore, double BestScore, double Hypervolume);

/// <summary>Asks proposers for designs of the same goals, without history, and predicts what they bring.</summary>
internal static class ProposerTrial
{
    /// <summary>A goal as far as a trial needs it.</summary>
    public sealed record Case(Workload Workload, TargetDevice Device, Constraints Limits);

    /// <summary>The agent's own goal, then random ones that no corpus of this seed has.</summary>
    public static IReadOnlyList<Case> Cases(int count, Seed seed)
    {
        var hx8k = TargetDevice.Find("hx8k")!;
        var own = new Case(RandomGoals.OfOwnModel(), hx8k, new(hx8k.Luts, hx8k.Brams, 0, 8));
        return [own, .. Enumerable.Range(1, count - 1).Select(i =>
        {
            var random = seed.For("trial", i).Random();
            var workload = RandomGoals.Workload(random);
            var (device, limits) = RandomGoals.Limits(random);
            return new Case(workload, device, limits);
        })];
    }

    /// <summary>The result of one proposer.</summary>
    public static ProposerResult Run(IProposer proposer, IReadOnlyList<Case> cases, int designs, Seed seed)
    {
        var results = cases.Select((c, i) => Of(proposer, c, designs, seed.For("ask", i))).ToArray();
        return new(
            proposer.Name, designs * cases.Count, results.Average(r => r.FeasibleShare), results.Average(r => r.MeanScore),
            results.Average(r => r.BestScore), results.Average(r => r.Hypervolume));
    }

    private static ProposerResult Of(IProposer proposer, Case goal, int designs, Seed seed)
    {
        var history = new History(
            DesignPrompt.Of(goal.Workload, goal.Device, goal.Limits, 0), goal.Limits, [], []);
        var predictor = new DesignPredictor(goal.Workload);
        // Designs with 4-bit operands are wrong for every goal here: they count as 8-bit ones, in favour of proposers
        // that do not know.
        var feasible = proposer.Ask(history, designs, seed)
            .Select(p => DesignSpace.PointOf(p.Architecture with { InputBits = 8, WeightBits = 8 }).OrThrow())
            .Distinct()
            .Select(predictor.Predict).OfType<PredictedDesign>()
            .Where(d => d.Fits(goal.Limits)).ToArray();
        var scores = Enumerable.Range(0, DesignPrompt.TradeLevels)
            .Select(trade => feasible.Select(d => d.Score(goal.Limits, trade)).ToArray()).ToArray();
        var losses = feasible.Select(d => (IReadOnlyList<double>)
            [1 - DesignScore.Of(d.Speed, 0, 1, DesignPrompt.TradeLevels - 1), d.Area.LogicCells / goal.Limits.MaxLuts]);
        return new(
            proposer.Name, designs, feasible.Length / (double)designs, scores.Average(s => s.Sum() / designs),
            scores.Average(s => s.DefaultIfEmpty(0).Max()), Hypervolume.Of(losses, [1, 1]));
    }
}
