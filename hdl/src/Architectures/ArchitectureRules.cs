using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Generators;

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

    /// <summary>Fewest bits of an accumulator.</summary>
    public const int NarrowestAccumulator = 8;

    /// <summary>Most bits of an accumulator: 16-bit operands and K up to 65,536.</summary>
    public const int WidestAccumulator = 48;

    /// <summary>Most bits of a DSP block's operands when it multiplies two pairs.</summary>
    public const int WidestDspPair = 8;

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
        var hasWidths = architecture.InputBits == architecture.WeightBits
            ? Operands("operand_bits", architecture.InputBits)
            : Operands("input_bits", architecture.InputBits) & Operands("weight_bits", architecture.WeightBits);
        if (hasWidths && architecture.AccumulatorBits < architecture.ProductBits)
        {
            Add("accumulator_bits", ArchitectureDiagnostics.NarrowAccumulator(
                architecture.AccumulatorBits, architecture.InputBits, architecture.WeightBits));
        }

        if (architecture.AccumulatorBits is < NarrowestAccumulator or > WidestAccumulator)
        {
            Add("accumulator_bits", ArchitectureDiagnostics.OutOfRange(
                "accumulator_bits", architecture.AccumulatorBits, NarrowestAccumulator, WidestAccumulator));
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
                Add("array.lanes", ArchitectureDiagnostics.WideWord(architecture.InputStreamBits, WidestWord));
            }
        }

        if (architecture.Multiplier == Multiplier.Dsp)
        {
            var (areWide, lanes) = (architecture.HasWideDsps, architecture.DspLanes);
            if (lanes != 0 && ((lanes % 2 != 0 && !areWide) || lanes < 0 || lanes >= architecture.Lanes))
            {
                Add("dsp_lanes", ArchitectureDiagnostics.DspLanes(lanes, architecture.Lanes, areWide));
            }

            if (lanes == 0 && architecture.Lanes % 2 != 0 && !areWide)
            {
                Add("array.lanes", ArchitectureDiagnostics.OddDspLanes(architecture.Lanes));
            }

            var fewest = areWide ? DspCells.WideStages : DspCells.PairStages;
            if (architecture.PePipeline >= 0 && architecture.PePipeline < fewest)
            {
                Add("pe_pipeline", ArchitectureDiagnostics.DspPipeline(architecture.PePipeline, fewest));
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

            if (architecture.InputBits > OutputStage.WidestResult || architecture.AccumulatorBits > OutputStage.WidestSum)
            {
                Add("output", ArchitectureDiagnostics.WideOutputStage(architecture.InputBits, architecture.AccumulatorBits));
            }
        }

        return found;

        void Add(string field, Diagnostic diagnostic) => found.Add(new(field, diagnostic));

        bool Operands(string field, int bits)
        {
            if (bits is 2 or 4 or 8 or 16)
            {
                return true;
            }

            Add(field, ArchitectureDiagnostics.OperandBits(field, bits));
            return false;
        }

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
