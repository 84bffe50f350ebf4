using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Estimates;
using HwSeed.Agent.Goals;

namespace HwSeed.Agent.Training;

/// <summary>A design with what the models predict for it on one workload.</summary>
/// <param name="Point">The design.</param>
/// <param name="MacsPerCycle">Multiply-accumulates of the workload over its cycles under the best mappings found.</param>
/// <param name="Area">Logic cells, block RAMs and clock.</param>
internal sealed record PredictedDesign(DesignPoint Point, double MacsPerCycle, AreaEstimate Area)
{
    /// <summary>Speed as prompts count it.</summary>
    public double Speed => DesignScore.Speed(MacsPerCycle, Area.FmaxMhz);

    /// <summary>Whether the design holds the limits.</summary>
    public bool Fits(Constraints limits) =>
        Area.LogicCells <= limits.MaxLuts && Area.Brams <= limits.MaxBrams && Area.FmaxMhz >= limits.MinFmaxMhz;

    /// <summary>The score that <see cref="Proposers.History.Best"/> would give it.</summary>
    public double Score(Constraints limits, int trade) =>
        DesignScore.Of(Speed, Area.LogicCells, limits.MaxLuts, trade);
}
