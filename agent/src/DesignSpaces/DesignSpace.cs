using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.DesignSpaces;

/// <summary>
/// The finite set of architectures that proposers walk over. Every point is well formed; whether it is legal for a
/// workload and fits a device is for the rules and the later rungs to say.
/// </summary>
public static class DesignSpace
{
    /// <summary>
    /// Position of the dataflow among <see cref="Fields"/>: 0 output-stationary and systolic, 1 weight-stationary, 2 input-stationary,
    /// 3 output-stationary and broadcast.
    /// </summary>
    internal const int DataflowField = 2;

    /// <summary>Position of the width of both operands among <see cref="Fields"/>: 0 four bits, 1 eight.</summary>
    internal const int OperandBitsField = 3;

    /// <summary>Position of the accumulator depth among <see cref="Fields"/>: option 0 is no memory.</summary>
    internal const int AccumulatorDepthField = 8;

    private static readonly int[] Sides = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16];
    private static readonly int[] Lanes = [1, 2, 4, 8];
    private static readonly int[] Depths = [64, 128, 256, 512, 1024, 2048];

    /// <summary>The choices, in the order in which designs are written as tokens.</summary>
    public static IReadOnlyList<DesignField> Fields { get; } =
    [
        new(nameof(Architecture.Rows), "rows", [.. Sides], a => a.Rows),
        new(nameof(Architecture.Columns), "cols", [.. Sides], a => a.Columns),
        new(nameof(Architecture.Dataflow), "df", [0, 1, 2, 3], DataflowOf),
        new("OperandBits", "op", [4, 8], a => a.InputBits == a.WeightBits ? a.InputBits : 0),
        new(nameof(Architecture.AccumulatorBits), "acc", [16, 18, 20, 22, 24, 26, 28, 32], a => a.AccumulatorBits),
        new(nameof(Architecture.PePipeline), "pipe", [0, 1, 2, 3], a => a.PePipeline),
        new(nameof(Architecture.InputDepth), "in", [.. Depths], a => a.InputDepth),
        new(nameof(Architecture.WeightDepth), "wt", [.. Depths], a => a.WeightDepth),
        new(nameof(Architecture.AccumulatorDepth), "sums", [0, 64, 128, 256, 512, 1024], a => a.AccumulatorDepth),
        new(nameof(Architecture.DoubleBuffering), "db", [0, 1], a => a.DoubleBuffering ? 1 : 0),
        new(nameof(Architecture.Lanes), "lanes", [.. Lanes], a => a.Lanes),
    ];

    /// <summary>Dataflows with their accumulator memories: two that have none, and every depth for the two that have one.</summary>
    private static int Memories => 2 + (2 * (Fields[AccumulatorDepthField].Values.Count - 1));

    /// <summary>Number of points: output-stationary ones have no accumulator memory to choose.</summary>
    public static int Count { get; } = Fields
        .Where((_, i) => i is not (DataflowField or AccumulatorDepthField))
        .Aggregate(Memories, (product, field) => product * field.Values.Count);

    /// <summary>The architecture of a point, named after its fields.</summary>
    /// <param name="point">A legal point.</param>
    public static Architecture ArchitectureOf(DesignPoint point)
    {
        int Value(int field) => Fields[field].Values[point[field]];
        var dataflow = Value(2) switch
        {
            1 => Dataflow.WeightStationary,
            2 => Dataflow.InputStationary,
            _ => Dataflow.OutputStationary,
        };
        var architecture = new Architecture(
            "", Value(0), Value(1), dataflow, Value(3), Value(3), Value(4), Value(5), Value(6), Value(7), Value(8), Value(9) == 1)
        {
            Interconnect = Value(2) == 3 ? Interconnect.Broadcast : Interconnect.Systolic,
            Lanes = Value(10),
            AdderPipeline = AdderPipelineFor(Value(10), Value(5)),
        };
        return architecture with { Name = NameOf(architecture) };
    }

    /// <summary>The point of an architecture, or which field lies outside.</summary>
    /// <param name="architecture">Any architecture; its name does not matter.</param>
    public static Checked<DesignPoint> PointOf(Architecture architecture)
    {
        var options = new int[Fields.Count];
        for (var i = 0; i < options.Length; i++)
        {
            options[i] = Fields[i].OptionOf(Fields[i].Value(architecture));
            if (options[i] < 0)
            {
                return Outside(i, architecture);
            }
        }

        var adders = AdderPipelineFor(architecture.Lanes, architecture.PePipeline);
        return !IsLegal(options) ? Outside(AccumulatorDepthField, architecture)
            : architecture.AdderPipeline != adders
                ? Outside(nameof(Architecture.AdderPipeline), architecture.AdderPipeline, [$"{adders}"])
            : architecture.Multiplier != Multiplier.Fabric
                ? Outside(nameof(Architecture.Multiplier), architecture.Multiplier, [$"{Multiplier.Fabric}"])
            : architecture.Output is not null
                ? Outside(nameof(Architecture.Output), architecture.Output, ["none"])
            : Checked.Ok(new DesignPoint([.. options]));
    }

    /// <summary>The point of a number from 0 to <see cref="Count"/>-1.</summary>
    /// <param name="index">Mixed-radix number, first field slowest, dataflow and accumulator memory one digit.</param>
    public static DesignPoint PointAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var options = new int[Fields.Count];
        for (var i = options.Length - 1; i >= 0; i--)
        {
            if (i == AccumulatorDepthField)
            {
                // Without memory: systolic, broadcast. With: weight- then input-stationary.
                (index, var memory) = Math.DivRem(index, Memories);
                (options[DataflowField], options[i]) = memory < 2 ? (memory * 3, 0)
                    : (1 + ((memory - 2) / (Fields[i].Values.Count - 1)), 1 + ((memory - 2) % (Fields[i].Values.Count - 1)));
            }
            else if (i != DataflowField)
            {
                (index, options[i]) = Math.DivRem(index, Fields[i].Values.Count);
            }
        }

        return new([.. options]);
    }

    /// <summary>The number of a point; the inverse of <see cref="PointAt"/>.</summary>
    /// <param name="point">A legal point.</param>
    public static int IndexOf(DesignPoint point)
    {
        var index = 0;
        for (var i = 0; i < Fields.Count; i++)
        {
            index = i switch
            {
                DataflowField => index,
                AccumulatorDepthField => (index * Memories) + (KeepsOperands(point[DataflowField])
                    ? 2 + ((point[DataflowField] - 1) * (Fields[i].Values.Count - 1)) + point[i] - 1
                    : point[DataflowField] / 3),
                _ => (index * Fields[i].Values.Count) + point[i],
            };
        }

        return index;
    }

    /// <summary>A name that tells every field, as <c>os-4x4-i8-a24-p2-512-512-db</c>.</summary>
    /// <param name="a">The architecture; its own name is not used.</param>
    public static string NameOf(Architecture a)
    {
        var sums = a.AccumulatorDepth > 0 ? $"-{a.AccumulatorDepth}" : "";
        var flow = a.Dataflow switch
        {
            Dataflow.OutputStationary => "os",
            Dataflow.WeightStationary => "ws",
            _ => "is",
        };
        var lanes = a.Lanes > 1 ? $"x{a.Lanes}" : "";
        var adders = a.AdderPipeline != AdderPipelineFor(a.Lanes, a.PePipeline) ? $"-t{a.AdderPipeline}" : "";
        return $"{flow}-{a.Rows}x{a.Columns}{lanes}{Multiplies(a)}-{Widths(a)}-a{a.AccumulatorBits}-p{a.PePipeline}{adders}"
            + $"-{a.InputDepth}-{a.WeightDepth}{sums}{(a.DoubleBuffering ? "-db" : "")}{(a.Interconnect == Interconnect.Broadcast ? "-broadcast" : "")}";
    }

    private static string Multiplies(Architecture a) => a.Multiplier switch
    {
        Multiplier.Fabric => "",
        Multiplier.Dsp => $"-dsp{(a.DspLanes == 0 ? "" : a.DspLanes)}",
        var other => $"-{other.ToString().ToLowerInvariant()}",
    };

    private static string Widths(Architecture a) => a.InputBits == a.WeightBits ? $"i{a.InputBits}" : $"i{a.InputBits}w{a.WeightBits}";

    /// <summary>The point that a number in [0,1) for each field falls on.</summary>
    internal static DesignPoint PointIn(ReadOnlySpan<double> cube)
    {
        var options = new int[Fields.Count];
        for (var i = 0; i < options.Length; i++)
        {
            // The memory's share of the cube is spread over its words once the dataflow is known.
            var skipped = i == AccumulatorDepthField && KeepsOperands(options[DataflowField]) ? 1 : 0;
            options[i] = i == AccumulatorDepthField && skipped == 0
                ? 0
                : skipped + (int)(cube[i] * (Fields[i].Values.Count - skipped));
        }

        return new([.. options]);
    }

    /// <summary>The nearest legal point: the dataflow decides about the accumulator memory.</summary>
    internal static DesignPoint Repair(int[] options)
    {
        options[AccumulatorDepthField] = KeepsOperands(options[DataflowField]) ? Math.Max(1, options[AccumulatorDepthField]) : 0;
        return new([.. options]);
    }

    internal static bool IsLegal(ReadOnlySpan<int> options) =>
        KeepsOperands(options[DataflowField]) == (options[AccumulatorDepthField] > 0);

    /// <summary>Whether a dataflow of the space has accumulator memories.</summary>
    /// <param name="dataflow">Option of the dataflow.</param>
    internal static bool KeepsOperands(int dataflow) => dataflow is 1 or 2;

    /// <summary>A tree of adders is registered throughout where multipliers are pipelined, and not at all where they are not.</summary>
    private static int AdderPipelineFor(int lanes, int pePipeline) => pePipeline >= 2 ? ArchitectureRules.AdderLevels(lanes) : 0;

    private static int DataflowOf(Architecture architecture) => architecture switch
    {
        { Dataflow: Dataflow.WeightStationary } => 1,
        { Dataflow: Dataflow.InputStationary } => 2,
        { Interconnect: Interconnect.Broadcast } => 3,
        _ => 0,
    };

    private static Checked<DesignPoint> Outside(int field, Architecture architecture) =>
        Outside(Fields[field].Name, Fields[field].Value(architecture), Enumerable.Range(0, Fields[field].Values.Count).Select(Fields[field].Text));

    private static Checked<DesignPoint> Outside(string name, object value, IEnumerable<string> has) =>
        Checked.Fail<DesignPoint>(AgentDiagnostics.OutsideSpace(
            name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}"), has));
}
