using HwSeed.Hdl.Diagnostics;
using HwSeed.Mapper.Workloads;
using HwSeed.Mapper.Workloads.Convolutions;

namespace HwSeed.Agent.Documents;

/// <summary>The layers of a workload document that become matrix products: vectors, convolutions, transformer blocks.</summary>
internal static class LayerDocument
{
    private const int MostHeads = 1 << 10;

    /// <summary>The products of all layers, kind after kind.</summary>
    public static IEnumerable<WorkloadGemm> Read(YamlFields fields) =>
    [
        .. fields.Maps("gemvs", required: false).Select(Gemv),
        .. fields.Maps("convs", required: false).Select(Convolution).OfType<WorkloadGemm>(),
        .. fields.Maps("transformer_blocks", required: false).SelectMany(Block),
    ];

    /// <summary>A convolution as an item of <c>convs</c>.</summary>
    public static string Write(string name, Conv2D conv, int repeats) =>
        $"  - {{name: {YamlWords.Quote(name)}, n: {conv.N}, c: {conv.C}, m: {conv.M}, h: {conv.Height.Input}, w: {conv.Width.Input}, "
        + $"r: {conv.Height.Filter}, s: {conv.Width.Filter}, stride: {conv.Height.Stride}, stride_w: {conv.Width.Stride}, "
        + $"padding: {conv.Height.Padding}, padding_w: {conv.Width.Padding}, dilation: {conv.Height.Dilation}, "
        + $"dilation_w: {conv.Width.Dilation}, groups: {conv.Groups}, repeats: {repeats}}}\n";

    private static WorkloadGemm Gemv(YamlFields item, int index)
    {
        var gemv = new WorkloadGemm(
            item.Text("name", $"gemv{index}"), new(1, WorkloadDocument.Size(item, "k"), WorkloadDocument.Size(item, "n")), Repeats(item));
        item.End();
        return gemv;
    }

    private static WorkloadGemm? Convolution(YamlFields item, int index)
    {
        var name = item.Text("name", $"conv{index}");
        var stride = Number(item, "stride", 1, 1);
        var padding = Number(item, "padding", 0, 0);
        var dilation = Number(item, "dilation", 1, 1);
        var conv = new Conv2D(
            Number(item, "n", 1, 1), WorkloadDocument.Size(item, "c"), WorkloadDocument.Size(item, "m"),
            new(WorkloadDocument.Size(item, "h"), WorkloadDocument.Size(item, "r"), stride, padding, dilation),
            new(
                WorkloadDocument.Size(item, "w"), WorkloadDocument.Size(item, "s"), Number(item, "stride_w", stride, 1),
                Number(item, "padding_w", padding, 0), Number(item, "dilation_w", dilation, 1)),
            Number(item, "groups", 1, 1));
        var repeats = Repeats(item);
        item.End();
        return Report(item, conv.Check()) ? WorkloadGemm.Of(name, conv, repeats) : null;
    }

    private static IEnumerable<WorkloadGemm> Block(YamlFields item, int index)
    {
        var name = item.Text("name", $"blk{index}");
        var (width, heads) = (WorkloadDocument.Size(item, "d_model"), item.Integer("heads", least: 1, most: MostHeads));
        var keyValueHeads = item.Integer("kv_heads", otherwise: Math.Max(1, heads), least: 1, most: MostHeads);
        var headWidth = Number(item, "head_dim", heads > 0 ? width / heads : 0, 1);
        var (feedForward, tokens) = (WorkloadDocument.Size(item, "d_ff"), WorkloadDocument.Size(item, "tokens"));
        var block = new TransformerBlock(
            name, width, heads, keyValueHeads, headWidth, feedForward, tokens, Number(item, "context", tokens, 1),
            Number(item, "sequences", 1, 1), Number(item, "layers", 1, 1));
        if (!item.Has("head_dim") && heads > 0 && width % heads != 0)
        {
            item.Problems.Add(Place(item, "heads", WorkloadDiagnostics.HeadWidth(width, heads)));
        }

        item.End();
        int[] sizes = [width, heads, keyValueHeads, headWidth, feedForward, tokens, block.Context, block.Sequences, block.Layers];
        return sizes.Min() > 0 && Report(item, block.Check()) ? block.Products() : [];
    }

    /// <summary>Whether nothing is wrong; a size that is out of range was told when it was read.</summary>
    private static bool Report(YamlFields item, IReadOnlyList<WorkloadViolation> violations)
    {
        foreach (var violation in violations.Where(v => v.Diagnostic.Code != "HW4201"))
        {
            item.Problems.Add(Place(item, violation.Field, violation.Diagnostic));
        }

        return violations.Count == 0;
    }

    private static Diagnostic Place(YamlFields item, string key, Diagnostic diagnostic) =>
        diagnostic with { Span = item.Has(key) ? item.Problems.Spans.Of(item.PathOf(key)) : item.Span };

    private static int Repeats(YamlFields item) => Number(item, "repeats", 1, 1);

    private static int Number(YamlFields item, string key, int otherwise, int least) =>
        item.Integer(key, otherwise: otherwise, least: least, most: WorkloadDocument.LargestDimension);
}
