using System.Globalization;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Mapper.Workloads.Convolutions;

namespace HwSeed.Mapper.Workloads;

/// <summary>A rule that a layer breaks, with the field that is to blame.</summary>
/// <param name="Field">A key of workload.yaml, as <c>groups</c>.</param>
/// <param name="Diagnostic">What is wrong; its span is for the reader of the file to fill in.</param>
public sealed record WorkloadViolation(string Field, Diagnostic Diagnostic);

/// <summary>All wording about workloads whose sizes contradict each other (HW42xx).</summary>
public static class WorkloadDiagnostics
{
    /// <summary>What each code means.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } =
    [
        new("HW4201", "A size of a layer is too small", "Sizes, strides, dilations and groups are at least 1, padding at least 0: a convolution without channels or a filter without taps computes nothing."),
        new("HW4202", "Groups do not divide the channels", "Each group has as many input channels and as many filters as every other, so groups divides both c and m. A depthwise convolution has c groups."),
        new("HW4203", "The filter reaches beyond the padded input", "A filter of r taps, dilation positions apart, reaches over dilation x (r - 1) + 1 positions; the input with its padding on both sides has to have as many, or there is no output."),
        new("HW4204", "The convolution is too large", "Input, filters, output and the im2col matrix have at most 2^26 elements each, so that a typing error cannot fill the memory."),
        new("HW4205", "Heads do not divide the attention", "Query heads share key and value heads in equal parts, so kv_heads divides heads; without head_dim a head's width is d_model / heads, which has to be whole."),
        new("HW4206", "The context is shorter than the pass", "Attention sees the tokens of the pass and what came before them, so context is at least tokens. A prompt's first pass has both equal."),
        new("HW4207", "The transformer block is too large", "Rows, columns and repeats of its products are at most 2^20 each, as those of products that are given one by one."),
    ];

    internal static Diagnostic Size(string name, int value, int least) =>
        Diagnostic.Error("HW4201", $"{name} is {value}; it must be at least {least}");

    internal static Diagnostic Groups(int channels, int filters, int groups) =>
        Diagnostic.Error("HW4202", $"groups is {groups}, which does not divide {(channels % groups != 0 ? $"c, {channels}" : $"m, {filters}")}");

    internal static Diagnostic FilterTooLarge(string filter, string input, ConvAxis axis) => Diagnostic.Error("HW4203",
        $"{filter} is {axis.Filter}{(axis.Dilation > 1 ? $" with dilation {axis.Dilation}" : "")}: the filter reaches over {axis.Reach} positions, {input} with its padding has {axis.Input + (2L * axis.Padding)}");

    internal static Diagnostic ConvolutionTooLarge(double elements, long most) => Diagnostic.Error("HW4204", string.Create(
        CultureInfo.InvariantCulture, $"a tensor of this convolution has {elements:N0} elements; the limit is {most:N0}"));

    internal static Diagnostic KeyValueHeads(int heads, int keyValueHeads) =>
        Diagnostic.Error("HW4205", $"kv_heads is {keyValueHeads}, which does not divide heads, {heads}");

    /// <summary>Without a head's width it is the model's, in equal parts.</summary>
    public static Diagnostic HeadWidth(int modelWidth, int heads) =>
        Diagnostic.Error("HW4205", $"d_model is {modelWidth}, which {heads} heads do not divide; give head_dim");

    internal static Diagnostic BlockTooLarge(long size, int most) => Diagnostic.Error("HW4207", string.Create(
        CultureInfo.InvariantCulture, $"a product of this block has a side or repeats of {size:N0}; the limit is {most:N0}"));

    internal static Diagnostic ShortContext(int context, int tokens) =>
        Diagnostic.Error("HW4206", $"context is {context}, but the pass alone has {tokens} tokens");
}
