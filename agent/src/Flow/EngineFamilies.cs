using HwSeed.Agent.Documents;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.Flow;

/// <summary>Kinds of engine by the words of architecture.yaml, to choose random engines by and to count them.</summary>
public static class EngineFamilies
{
    private const string Output = "output";
    private const string DoubleBuffering = "double_buffering";
    private const string Lanes = "lanes";
    private const string Cores = "cores";
    private const string WideSums = "wide_accumulator";
    private static readonly int[] Widths = [2, 4, 8, 16];

    private static readonly (string Short, Dataflow Dataflow)[] Shorts =
    [
        ("os", Dataflow.OutputStationary), ("ws", Dataflow.WeightStationary), ("is", Dataflow.InputStationary),
    ];

    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        .. EnumWords<Dataflow>.All, .. EnumWords<Interconnect>.All, .. EnumWords<Multiplier>.All, Output, DoubleBuffering, Lanes, Cores,
        .. Widths.Select(InputBits), .. Widths.Select(WeightBits), WideSums,
    ];

    /// <summary>Short forms of dataflows, as in designs' names.</summary>
    public static IReadOnlyList<string> ShortWords { get; } = [.. Shorts.Select(s => s.Short)];

    /// <summary>The words that hold for an engine; <c>output</c>: it has an output stage, <c>lanes</c>, <c>cores</c>: more than one, <c>wide_accumulator</c>: more than 32 bits.</summary>
    public static IReadOnlyList<string> Of(Architecture architecture) =>
    [
        EnumWords<Dataflow>.Of(architecture.Dataflow), EnumWords<Interconnect>.Of(architecture.Interconnect),
        EnumWords<Multiplier>.Of(architecture.Multiplier),
        .. architecture.Output is null ? (string[])[] : [Output],
        .. architecture.DoubleBuffering ? (string[])[DoubleBuffering] : [],
        .. architecture.Lanes > 1 ? (string[])[Lanes] : [],
        .. architecture.Cores > 1 ? (string[])[Cores] : [],
        InputBits(architecture.InputBits), WeightBits(architecture.WeightBits),
        .. architecture.ResultBits > 32 ? (string[])[WideSums] : [],
    ];

    private static string InputBits(int bits) => $"input_bits={bits}";

    private static string WeightBits(int bits) => $"weight_bits={bits}";

    /// <summary>The word that a word or its short form means; null for any other.</summary>
    public static string? Parse(string word) =>
        Shorts.Where(s => s.Short == word).Select(s => EnumWords<Dataflow>.Of(s.Dataflow)).FirstOrDefault()
            ?? Words.FirstOrDefault(w => w == word);
}
