using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Documents;

/// <summary>A rule's finding about one field of an architecture.</summary>
/// <param name="Field">Dotted path in the document, as <c>array.rows</c>, or the property's name, as <c>Rows</c>.</param>
/// <param name="Diagnostic">What is wrong.</param>
public sealed record FieldFinding(string Field, Diagnostic Diagnostic);

/// <summary>An architecture written by a person: <c>schema: hwseed/architecture/v1</c>.</summary>
/// <param name="Architecture">The engine.</param>
/// <param name="Spans">Where each field stands.</param>
public sealed record ArchitectureDocument(Architecture Architecture, FieldSpans Spans)
{
    private static readonly Dictionary<string, string> PathOfProperty = new(StringComparer.Ordinal)
    {
        [nameof(Architecture.Name)] = "name",
        [nameof(Architecture.Rows)] = "array.rows",
        [nameof(Architecture.Columns)] = "array.columns",
        [nameof(Architecture.Lanes)] = "array.lanes",
        [nameof(Architecture.Interconnect)] = "array.interconnect",
        [nameof(Architecture.Dataflow)] = "dataflow",
        [nameof(Architecture.InputBits)] = "input_bits",
        [nameof(Architecture.WeightBits)] = "weight_bits",
        [nameof(Architecture.AccumulatorBits)] = "accumulator_bits",
        [nameof(Architecture.PePipeline)] = "pe_pipeline",
        [nameof(Architecture.AdderPipeline)] = "adder_pipeline",
        [nameof(Architecture.Multiplier)] = "multiplier",
        [nameof(Architecture.InputDepth)] = "scratchpad.input_depth",
        [nameof(Architecture.WeightDepth)] = "scratchpad.weight_depth",
        [nameof(Architecture.AccumulatorDepth)] = "scratchpad.accumulator_depth",
        [nameof(Architecture.DspLanes)] = "dsp_lanes",
        [nameof(Architecture.DoubleBuffering)] = "double_buffering",
        [nameof(Architecture.Output)] = "output",
    };

    /// <summary>Reads a file. Findings of the rules get the position of the field that they name.</summary>
    /// <param name="path">Path of the YAML file.</param>
    /// <param name="rules">Legality rules, applied when the document itself is well formed; none when null.</param>
    public static Checked<ArchitectureDocument> Read(string path, Func<Architecture, IEnumerable<FieldFinding>>? rules = null) =>
        Read(YamlText.FromFile(path), rules);

    /// <summary>Reads text that is not in a file.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="file">Name for messages.</param>
    /// <param name="rules">Legality rules; none when null.</param>
    public static Checked<ArchitectureDocument> ReadText(
        string text, string file, Func<Architecture, IEnumerable<FieldFinding>>? rules = null) =>
        Read(YamlText.FromText(text, file), rules);

    /// <summary>The architecture as a document; reading it gives the same architecture.</summary>
    /// <param name="architecture">The engine.</param>
    public static string Write(Architecture architecture) =>
        $$"""
        schema: {{DocumentHead.Architecture}}
        name: {{YamlWords.Quote(architecture.Name)}}
        array: {rows: {{architecture.Rows}}, columns: {{architecture.Columns}}, lanes: {{architecture.Lanes}}, interconnect: {{EnumWords<Interconnect>.Of(architecture.Interconnect)}}}
        dataflow: {{EnumWords<Dataflow>.Of(architecture.Dataflow)}}
        {{Widths(architecture)}}
        accumulator_bits: {{architecture.AccumulatorBits}}
        pe_pipeline: {{architecture.PePipeline}}
        adder_pipeline: {{architecture.AdderPipeline}}
        multiplier: {{EnumWords<Multiplier>.Of(architecture.Multiplier)}}
        scratchpad: {input_depth: {{architecture.InputDepth}}, weight_depth: {{architecture.WeightDepth}}, accumulator_depth: {{architecture.AccumulatorDepth}}}
        double_buffering: {{Boolean(architecture.DoubleBuffering)}}

        """.ReplaceLineEndings("\n") + (architecture.DspLanes == 0 ? "" : $"dsp_lanes: {architecture.DspLanes}\n") + (architecture.Output is { } output
            ? $"output: {{channels: {output.Channels}, scale_bits: {output.ScaleBits}, table: {Boolean(output.Table)}, residual: {Boolean(output.Residual)}}}\n"
            : "");

    private static string Widths(Architecture a) =>
        a.InputBits == a.WeightBits ? $"operand_bits: {a.InputBits}" : $"input_bits: {a.InputBits}\nweight_bits: {a.WeightBits}";

    private static string Boolean(bool value) => value ? "true" : "false";

    private static Checked<ArchitectureDocument> Read(
        Checked<YamlText> source, Func<Architecture, IEnumerable<FieldFinding>>? rules) =>
        DocumentHead.Read(source, DocumentHead.Architecture, Body).Then(document =>
        {
            var findings = rules?.Invoke(document.Architecture) ?? [];
            return Checked.From(document, [.. findings.Select(document.Place)]);
        });

    internal static ArchitectureDocument Body(YamlFields fields)
    {
        var file = fields.Problems.Spans.File;
        var name = fields.Text("name", DocumentHead.NameOf(file));
        var array = fields.Map("array");
        var (rows, columns) = (array?.Integer("rows") ?? 0, array?.Integer("columns") ?? 0);
        var lanes = array?.Integer("lanes", otherwise: 1) ?? 1;
        var interconnect = array?.Word("interconnect", EnumWords<Interconnect>.All, EnumWords<Interconnect>.Of(Interconnect.Systolic)) ?? "";
        array?.End();
        var dataflow = fields.Word("dataflow", EnumWords<Dataflow>.All);
        var operand = fields.Integer("operand_bits", otherwise: fields.Has("input_bits") && fields.Has("weight_bits") ? 0 : null);
        var (inputs, weights) = (fields.Integer("input_bits", otherwise: operand), fields.Integer("weight_bits", otherwise: operand));
        var accumulator = fields.Integer("accumulator_bits");
        var (pipeline, adders) = (fields.Integer("pe_pipeline"), fields.Integer("adder_pipeline", otherwise: 0));
        var multiplier = fields.Word("multiplier", EnumWords<Multiplier>.All, EnumWords<Multiplier>.Of(Multiplier.Fabric));
        var dspLanes = fields.Integer("dsp_lanes", otherwise: 0);
        var pad = fields.Map("scratchpad");
        var (input, weight) = (pad?.Integer("input_depth") ?? 0, pad?.Integer("weight_depth") ?? 0);
        var sums = pad?.Integer("accumulator_depth", otherwise: 0) ?? 0;
        pad?.End();
        var output = fields.Map("output", required: false);
        var stage = output is null ? null : new OutputStage(
            output.Integer("channels"), output.Integer("scale_bits", otherwise: 16), output.Boolean("table"), output.Boolean("residual"));
        output?.End();
        var architecture = new Architecture(
            name, rows, columns, EnumWords<Dataflow>.Parse(dataflow), inputs, weights, accumulator, pipeline, input, weight, sums,
            fields.Boolean("double_buffering"))
        {
            Interconnect = EnumWords<Interconnect>.Parse(interconnect),
            Lanes = lanes,
            AdderPipeline = adders,
            Multiplier = EnumWords<Multiplier>.Parse(multiplier),
            DspLanes = dspLanes,
            Output = stage,
        };
        return new(architecture, fields.Problems.Spans);
    }

    private Diagnostic Place(FieldFinding finding)
    {
        // A width of one side may come from operand_bits, and the width of both from two fields.
        var path = PathOfProperty.GetValueOrDefault(finding.Field, finding.Field);
        return Spans.Place(path switch
        {
            "input_bits" or "weight_bits" when !Spans.Has(path) => "operand_bits",
            "operand_bits" when !Spans.Has(path) => "input_bits",
            _ => path,
        }, finding.Diagnostic);
    }
}
