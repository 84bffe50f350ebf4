using HwSeed.Agent.Goals;
using HwSeed.Hdl;

namespace HwSeed.Agent.Evaluations;

/// <summary>One objective's value.</summary>
/// <param name="Metric">What was measured.</param>
/// <param name="Value">In the metric's unit.</param>
/// <param name="Predicted">Whether a model predicted it; measured otherwise.</param>
public sealed record MetricValue(Metric Metric, double Value, bool Predicted);

/// <summary>Everything that is known about one design: what was predicted, what was measured, what was proved.</summary>
/// <param name="DesignId">Content hash, see <see cref="DesignIdentity"/>.</param>
/// <param name="Generation">The round that proposed it, from 1.</param>
/// <param name="Proposal">Who proposed it and why.</param>
public sealed record Evaluation(string DesignId, int Generation, Proposal Proposal)
{
    /// <summary>Why it went no further; null when nothing refused it.</summary>
    public Rejected? Rejected { get; init; }

    /// <summary>The cost model's result.</summary>
    public Mapped? Mapped { get; init; }

    /// <summary>The simulator's result.</summary>
    public Simulated? Simulated { get; init; }

    /// <summary>The comparison with Verilator.</summary>
    public Verified? Verified { get; init; }

    /// <summary>The place and route result.</summary>
    public Synthesised? Synthesised { get; init; }

    /// <summary>The kernel's result.</summary>
    public KernelResult? Kernel { get; init; }

    /// <summary>The kernel's times.</summary>
    public KernelTiming? KernelTiming { get; init; }

    /// <summary>Values for the goal's objectives, as far as they are known.</summary>
    public EquatableArray<MetricValue> Objectives { get; init; } = [];

    /// <summary>The level earned; unverified when nothing was compared.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public VerificationLevel Level => Verified?.Level ?? VerificationLevel.Unverified;

    /// <summary>The value of a metric, or null.</summary>
    /// <param name="metric">What is asked for.</param>
    public double? ValueOf(Metric metric) => Objectives.FirstOrDefault(o => o.Metric == metric)?.Value;

    /// <summary>The evaluation without wall-clock times: equal for runs with the same goal and seed.</summary>
    public Evaluation WithoutTimings() => this with
    {
        KernelTiming = null,
        Objectives = Objectives.Where(o => !o.Metric.IsTiming()).ToEquatableArray(),
    };
}
