using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Hdl.Architectures;

/// <summary>A rule that an architecture breaks, with the fields of architecture.yaml that are to blame.</summary>
/// <param name="Field">Dotted path in the file, as <c>array.rows</c>.</param>
/// <param name="Diagnostic">What is wrong; its span is for the reader of the file to fill in.</param>
public sealed record ArchitectureViolation(string Field, Diagnostic Diagnostic);

/// <summary>Which architectures can be built. All parameters are checked together; every violation is reported.</summary>
public static class ArchitectureRules
{
    /// <summary>Most PE rows or columns.</summary>
    public const int LargestSide = 16;

    /// <summary>Deepest memory in words: command fields have 12 bits and hold base + length.</summary>
    public const int LargestDepth = 2048;

    /// <summary>Most products that a PE sums an edge.</summary>
    public const int MostLanes = 16;

    /// <summary>Widest scratchpad word in bits.</summary>
    public const int WidestWord = 1024;

    /// <summary>Levels of the tree that sums a PE's lanes.</summary>
    public static int AdderLevels(int lanes) => lanes <= 1 ? 0 : 32 - int.LeadingZeroCount(lanes - 1);

    /// <summary>Checks all rules; empty when the architecture is legal.</summary>
    public static IReadOnlyList<ArchitectureViolation> Check(Architecture architecture)
    {
        var found = new List<ArchitectureViolation>();
        Side("array.rows", "rows", architecture.Rows);
        Side("array.columns", "columns", architecture.Columns);
        if (architecture.OperandBits is not (4 or 8))
        {
            Add("operand_bits", ArchitectureDiagnostics.OperandBits(architecture.OperandBits));
        }
        else if (architecture.AccumulatorBits < 2 * architecture.OperandBits)
        {
            Add("accumulator_bits", ArchitectureDiagnostics.NarrowAccumulator(
                architecture.AccumulatorBits, architecture.OperandBits));
        }

        if (architecture.AccumulatorBits is < 8 or > 32)
        {
            Add("accumulator_bits", ArchitectureDiagnostics.OutOfRange("accumulator_bits", architecture.AccumulatorBits, 8, 32));
        }

        if (architecture.PePipeline is < 0 or > 3)
        {
            Add("pe_pipeline", ArchitectureDiagnostics.OutOfRange("pe_pipeline", architecture.PePipeline, 0, 3));
        }

        if (architecture.Lanes is < 1 or > MostLanes)
        {
            Add("array.lanes", ArchitectureDiagnostics.OutOfRange("lanes", architecture.Lanes, 1, MostLanes));
        }
        else
        {
            var levels = AdderLevels(architecture.Lanes);
            if (architecture.AdderPipeline < 0 || architecture.AdderPipeline > levels)
            {
                Add("adder_pipeline", ArchitectureDiagnostics.AdderPipeline(architecture.AdderPipeline, architecture.Lanes, levels));
            }

            if (architecture.InputStreamBits > WidestWord)
            {
                Add("array.lanes", ArchitectureDiagnostics.WideWord(
                    Math.Max(architecture.Rows, architecture.Columns), architecture.Lanes, architecture.OperandBits, WidestWord));
            }
        }

        if (architecture.Multiplier == Multiplier.Dsp)
        {
            if (architecture.DspLanes != 0 && (architecture.DspLanes % 2 != 0 || architecture.DspLanes < 0 || architecture.DspLanes >= architecture.Lanes))
            {
                Add("dsp_lanes", ArchitectureDiagnostics.DspLanes(architecture.DspLanes, architecture.Lanes));
            }

            if (architecture.DspLanes == 0 && architecture.Lanes % 2 != 0)
            {
                Add("array.lanes", ArchitectureDiagnostics.OddDspLanes(architecture.Lanes));
            }

            if (architecture.PePipeline is 0 or 1)
            {
                Add("pe_pipeline", ArchitectureDiagnostics.DspPipeline(architecture.PePipeline));
            }
        }

        if (architecture.Multiplier != Multiplier.Dsp && architecture.DspLanes != 0)
        {
            Add("dsp_lanes", ArchitectureDiagnostics.UselessDspLanes(architecture.DspLanes));
        }

        Depth("scratchpad.input_depth", "input_depth", architecture.InputDepth);
        Depth("scratchpad.weight_depth", "weight_depth", architecture.WeightDepth);
        if (architecture.KeepsOperands)
        {
            Depth("scratchpad.accumulator_depth", "accumulator_depth", architecture.AccumulatorDepth);
            if (architecture.Rows > architecture.KeptTileWords)
            {
                var depth = architecture.Dataflow == Dataflow.InputStationary ? "input_depth" : "weight_depth";
                Add($"scratchpad.{depth}", ArchitectureDiagnostics.KeptDoNotFit(depth, architecture.Rows, architecture.KeptTileWords));
            }
        }
        else if (architecture.AccumulatorDepth != 0)
        {
            Add("scratchpad.accumulator_depth", ArchitectureDiagnostics.UselessAccumulator(architecture.AccumulatorDepth));
        }

        if (architecture.Interconnect == Interconnect.Broadcast && architecture.KeepsOperands)
        {
            Add("array.interconnect", ArchitectureDiagnostics.BroadcastKeepsSums());
        }

        if (architecture.Output is { } output)
        {
            Depth("output.channels", "output.channels", output.Channels);
            if (output.ScaleBits is not (16 or 32))
            {
                Add("output.scale_bits", ArchitectureDiagnostics.ScaleBits(output.ScaleBits));
            }
        }

        return found;

        void Add(string field, Diagnostic diagnostic) => found.Add(new(field, diagnostic));

        void Side(string field, string name, int value)
        {
            if (value is < 1 or > LargestSide)
            {
                Add(field, ArchitectureDiagnostics.OutOfRange(name, value, 1, LargestSide));
            }
        }

        void Depth(string field, string name, int value)
        {
            if (value is < 16 or > LargestDepth || !int.IsPow2(value))
            {
                Add(field, ArchitectureDiagnostics.Depth(name, value, 16, LargestDepth));
            }
        }
    }

    /// <summary>The architecture when it is legal, else its violations as diagnostics.</summary>
    public static Checked<Architecture> Validate(Architecture architecture) =>
        Checked.From(architecture, [.. Check(architecture).Select(v => v.Diagnostic)]);
}
