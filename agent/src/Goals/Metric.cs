using System.Diagnostics;

namespace HwSeed.Agent.Goals;

/// <summary>A number by which designs are compared.</summary>
public enum Metric
{
    /// <summary>Model tokens a second on the chip: tokens of a pass over its cycles at the clock.</summary>
    ChipTokensPerSecond,

    /// <summary>4-input look-up tables.</summary>
    Luts,

    /// <summary>Block RAMs.</summary>
    Brams,

    /// <summary>Clock after place and route, MHz.</summary>
    FmaxMhz,

    /// <summary>Cycles of one pass.</summary>
    Cycles,

    /// <summary>Model tokens a second on this machine with the design's kernel: a measured time.</summary>
    HostTokensPerSecond,
}

/// <summary>Words and properties of metrics.</summary>
public static class Metrics
{
    /// <summary>All words, in the enum's order.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<Metric>().Select(Word)];

    /// <summary>The word in goals and reports, as <c>chip_tokens_per_second</c>.</summary>
    public static string Word(this Metric metric) => metric switch
    {
        Metric.ChipTokensPerSecond => "chip_tokens_per_second",
        Metric.Luts => "luts",
        Metric.Brams => "brams",
        Metric.FmaxMhz => "fmax_mhz",
        Metric.Cycles => "cycles",
        Metric.HostTokensPerSecond => "host_tokens_per_second",
        _ => throw new UnreachableException($"metric {metric}"),
    };

    /// <summary>The metric of a word of <see cref="Words"/>.</summary>
    /// <param name="word">As <c>luts</c>.</param>
    public static Metric Parse(string word) => Enum.GetValues<Metric>().Single(m => m.Word() == word);

    /// <summary>The direction that nearly every goal means.</summary>
    public static Direction UsualDirection(this Metric metric) =>
        metric is Metric.Luts or Metric.Brams or Metric.Cycles ? Direction.Minimize : Direction.Maximize;

    /// <summary>Whether the metric is a wall-clock time, which decides nothing but the adoption of kernels.</summary>
    public static bool IsTiming(this Metric metric) => metric == Metric.HostTokensPerSecond;
}
