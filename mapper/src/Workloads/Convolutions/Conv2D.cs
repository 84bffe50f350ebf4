using HwSeed.Hdl.Architectures;

namespace HwSeed.Mapper.Workloads.Convolutions;

/// <summary>
/// A convolution in Timeloop's letters: <c>out[n,p,q,m] = sum over r, s, c of in[n, p*stride - padding + r*dilation, ..., c] x
/// filter[m,r,s,c]</c>. Inputs are NHWC, filters MRSC (TensorFlow Lite's OHWI), outputs NPQM, all row-major.
/// </summary>
/// <param name="N">Images.</param>
/// <param name="C">Input channels.</param>
/// <param name="M">Filters, which are the output channels.</param>
/// <param name="Height">H, R, P.</param>
/// <param name="Width">W, S, Q.</param>
/// <param name="Groups">Filter m sees only its group's C/Groups channels; C groups make it depthwise.</param>
public sealed record Conv2D(int N, int C, int M, ConvAxis Height, ConvAxis Width, int Groups = 1)
{
    /// <summary>Most elements of input, filters, output or im2col matrix: the same limit as for matrices of a product.</summary>
    public const long MostElements = 1L << 26;

    /// <summary>Output rows.</summary>
    public int P => Height.Output;

    /// <summary>Output columns.</summary>
    public int Q => Width.Output;

    /// <summary>Taps of a filter over one channel: R x S.</summary>
    public int Taps => Height.Filter * Width.Filter;

    /// <summary>Length of a sum.</summary>
    public int SumLength => C / Groups * Taps;

    /// <summary>Elements of the input.</summary>
    public int InputSize => N * Height.Input * Width.Input * C;

    /// <summary>Elements of the filters.</summary>
    public int FilterSize => M * SumLength;

    /// <summary>Elements of the output.</summary>
    public int OutputSize => N * P * Q * M;

    /// <summary>The matrix product of one group: a row for each output position, a column for each filter.</summary>
    public GemmShape GroupGemm => new(N * P * Q, SumLength, M / Groups);

    /// <summary>Multiply-accumulates, those with padding included.</summary>
    public long Macs => (long)N * P * Q * M * SumLength;

    /// <summary>The convolution of one group, as if there were no other.</summary>
    public Conv2D OfGroup() => Groups == 1 ? this : this with { C = C / Groups, M = M / Groups, Groups = 1 };

    /// <summary>Everything that is wrong with the sizes; empty when they make a convolution.</summary>
    public IReadOnlyList<WorkloadViolation> Check()
    {
        var found = new List<WorkloadViolation>();
        foreach (var (name, value, least) in new (string, int, int)[]
        {
            ("n", N, 1), ("c", C, 1), ("m", M, 1), ("h", Height.Input, 1), ("w", Width.Input, 1), ("r", Height.Filter, 1),
            ("s", Width.Filter, 1), ("stride", Height.Stride, 1), ("stride_w", Width.Stride, 1), ("dilation", Height.Dilation, 1),
            ("dilation_w", Width.Dilation, 1), ("padding", Height.Padding, 0), ("padding_w", Width.Padding, 0), ("groups", Groups, 1),
        })
        {
            if (value < least)
            {
                found.Add(new(name, WorkloadDiagnostics.Size(name, value, least)));
            }
        }

        if (found.Count > 0)
        {
            return found;
        }

        if (C % Groups != 0 || M % Groups != 0)
        {
            found.Add(new("groups", WorkloadDiagnostics.Groups(C, M, Groups)));
        }

        foreach (var (axis, filter, input) in new[] { (Height, "r", "h"), (Width, "s", "w") })
        {
            if (axis.Output == 0)
            {
                found.Add(new(filter, WorkloadDiagnostics.FilterTooLarge(filter, input, axis)));
            }
        }

        if (found.Count == 0)
        {
            var positions = (double)N * P * Q;
            var sum = (double)(C / Groups) * Height.Filter * Width.Filter;
            var most = new[] { (double)N * Height.Input * Width.Input * C, M * sum, positions * M, positions * sum }.Max();
            if (most > MostElements)
            {
                found.Add(new("h", WorkloadDiagnostics.ConvolutionTooLarge(most, MostElements)));
            }
        }

        return found;
    }

    /// <summary>In short: <c>1x8x8x4*16x3x3/2+1@2:4</c>: input NHWC, filters MRS, /stride, +padding, @dilation, :groups.</summary>
    public override string ToString()
    {
        var text = $"{N}x{Height.Input}x{Width.Input}x{C}*{M}x{Height.Filter}x{Width.Filter}";
        text += Both(Height.Stride, Width.Stride, 1, "/") + Both(Height.Padding, Width.Padding, 0, "+") + Both(Height.Dilation, Width.Dilation, 1, "@");
        return Groups == 1 ? text : $"{text}:{Groups}";

        static string Both(int height, int width, int usual, string mark) => (height, width) == (usual, usual) ? ""
            : height == width ? $"{mark}{height}" : $"{mark}{height},{width}";
    }
}
