namespace HwSeed.Agent.DesignSpaces;

/// <summary>
/// One number for a design under a trade-off, so that designs can be ranked in a prompt. Throughput counts on a
/// logarithmic scale (doubling the multiply-accumulates a cycle is one step of eight), area as the share of the
/// look-up tables that is left. Not an objective: the Pareto front never sees it.
/// </summary>
public static class DesignScore
{
    /// <summary>Multiply-accumulates a cycle of the largest array of the space, all busy.</summary>
    private const double MostMacsPerCycle = 256;

    /// <summary>
    /// What counts as speed: multiply-accumulates a cycle of 10 ns. A pipelined array may take more cycles and still be
    /// the faster one, so a known clock belongs in the figure.
    /// </summary>
    /// <param name="macsPerCycle">Multiply-accumulates of the workload over its cycles.</param>
    /// <param name="fmaxMhz">Clock, routed or predicted; null counts as 100 MHz.</param>
    public static double Speed(double macsPerCycle, double? fmaxMhz) => macsPerCycle * (fmaxMhz ?? 100) / 100;

    /// <summary>The score, 0 (worst) to 1.</summary>
    /// <param name="macsPerCycle">Multiply-accumulates of the workload over its cycles, or their <see cref="Speed"/>.</param>
    /// <param name="luts">Look-up tables, predicted or synthesised.</param>
    /// <param name="maxLuts">The limit, at least 1.</param>
    /// <param name="trade">0 weighs area alone, 4 throughput alone.</param>
    public static double Of(double macsPerCycle, double luts, int maxLuts, int trade)
    {
        var speed = Math.Clamp(Math.Log2(1 + macsPerCycle) / Math.Log2(1 + MostMacsPerCycle), 0, 1);
        var room = Math.Clamp(1 - (luts / maxLuts), 0, 1);
        var weight = trade / (DesignPrompt.TradeLevels - 1.0);
        return (weight * speed) + ((1 - weight) * room);
    }

    /// <summary>The bucket of a score, 0 to <see cref="DesignTokens.ScoreLevels"/>-1.</summary>
    /// <param name="score">0 to 1.</param>
    public static int Level(double score) =>
        Math.Clamp((int)(score * DesignTokens.ScoreLevels), 0, DesignTokens.ScoreLevels - 1);
}
