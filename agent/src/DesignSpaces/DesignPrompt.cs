using System.Globalization;
using HwSeed.Agent.Goals;
using HwSeed.Hdl;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.DesignSpaces;

/// <summary>One bucketed property of a goal.</summary>
/// <param name="Label">Start of its tokens, as <c>luts&lt;</c>.</param>
/// <param name="Levels">The buckets as text.</param>
public sealed record PromptPart(string Label, EquatableArray<string> Levels);

/// <summary>A design that the model may look at, and how good it was.</summary>
/// <param name="Point">The design.</param>
/// <param name="ScoreLevel">0 (worst) to 15, see <see cref="DesignScore"/>.</param>
public sealed record EarlierDesign(DesignPoint Point, int ScoreLevel);

/// <summary>
/// A goal in buckets, as the model reads it. Sequence: begin, one token for each of <see cref="Parts"/>, at most two
/// earlier designs (each: earlier, its fields, its score), design; then the answer.
/// </summary>
/// <param name="Levels">The bucket of each part.</param>
public sealed record DesignPrompt(EquatableArray<int> Levels)
{
    /// <summary>Most earlier designs in a prompt.</summary>
    public const int MostEarlier = 2;

    /// <summary>Levels of the trade-off: 0 asks for the smallest design, 4 for the fastest.</summary>
    public const int TradeLevels = 5;

    private const int SizeLevels = 16;
    private static readonly int[] LutLimits = [512, 1024, 1536, 2048, 3072, 4096, 5120, 6144, 7680];
    private static readonly int[] BramLimits = [4, 8, 12, 16, 20, 24, 28, 32];

    /// <summary>The buckets: sizes by powers of two, device, resource limits, trade-off.</summary>
    public static IReadOnlyList<PromptPart> Parts { get; } =
    [
        new("m=2^", Numbers(Enumerable.Range(0, SizeLevels))),
        new("n=2^", Numbers(Enumerable.Range(0, SizeLevels))),
        new("k=2^", Numbers(Enumerable.Range(0, SizeLevels))),
        new("device=", [.. TargetDevice.All.Select(d => d.Name)]),
        new("luts<=", Numbers(LutLimits)),
        new("brams<=", Numbers(BramLimits)),
        new("trade=", Numbers(Enumerable.Range(0, TradeLevels))),
    ];

    /// <summary>What the trade-off bucket is: 0 smallest, 4 fastest.</summary>
    public int Trade => Levels[^1];

    /// <summary>
    /// The prompt of a workload and limits. Sizes are geometric means over the products, weighted by their
    /// multiply-accumulates; a limit falls into the largest bucket that it does not undercut.
    /// </summary>
    /// <param name="workload">Products, at least one.</param>
    /// <param name="device">The chip.</param>
    /// <param name="constraints">Resource limits.</param>
    /// <param name="trade">0 (smallest design) to 4 (fastest).</param>
    public static DesignPrompt Of(Workload workload, TargetDevice device, Constraints constraints, int trade)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trade);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(trade, TradeLevels);
        int Size(Func<WorkloadGemm, int> side) => Math.Clamp((int)Math.Round(workload.Gemms.Sum(
            g => Math.Log2(side(g)) * g.Shape.Macs * g.Repeats) / workload.Macs), 0, SizeLevels - 1);
        return new(
        [
            Size(g => g.Shape.M), Size(g => g.Shape.N), Size(g => g.Shape.K), TargetDevice.All.AsSpan().IndexOf(device),
            Bucket(LutLimits, constraints.MaxLuts), Bucket(BramLimits, constraints.MaxBrams), trade,
        ]);
    }

    /// <summary>The tokens up to and including <see cref="DesignTokens.Design"/>.</summary>
    /// <param name="earlier">At most <see cref="MostEarlier"/> designs, best first.</param>
    public int[] Encode(params IReadOnlyList<EarlierDesign> earlier)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier.Count, MostEarlier);
        IEnumerable<int> Tokens(EarlierDesign design) =>
            [DesignTokens.Earlier, .. DesignTokens.Encode(design.Point)[..^1], DesignTokens.Score(design.ScoreLevel)];
        return
        [
            DesignTokens.Begin, .. Levels.Select((level, part) => DesignTokens.Goal(part, level)),
            .. earlier.SelectMany(Tokens), DesignTokens.Design,
        ];
    }

    private static int Bucket(int[] limits, int limit) => Math.Max(0, Array.FindLastIndex(limits, l => l <= limit));

    private static EquatableArray<string> Numbers(IEnumerable<int> numbers) =>
        numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)).ToEquatableArray();
}
