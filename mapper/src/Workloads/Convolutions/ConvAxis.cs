namespace HwSeed.Mapper.Workloads.Convolutions;

/// <summary>One spatial axis of a convolution: height or width.</summary>
/// <param name="Input">Input rows or columns: H or W.</param>
/// <param name="Filter">Filter rows or columns: R or S.</param>
/// <param name="Stride">Input positions from one output to the next.</param>
/// <param name="Padding">Zeros before the first and behind the last input position.</param>
/// <param name="Dilation">Input positions from one filter tap to the next.</param>
public readonly record struct ConvAxis(int Input, int Filter, int Stride = 1, int Padding = 0, int Dilation = 1)
{
    /// <summary>Input positions from the first tap of a filter to its last, both included.</summary>
    public long Reach => ((long)Dilation * (Filter - 1)) + 1;

    /// <summary>Output rows or columns, P or Q: 0 when the filter reaches beyond the padded input.</summary>
    public int Output => Input + (2L * Padding) < Reach ? 0 : (int)((Input + (2L * Padding) - Reach) / Stride) + 1;

    /// <summary>The input position that a tap of an output looks at; outside of 0 .. Input-1 it is padding.</summary>
    public int At(int output, int tap) => (output * Stride) - Padding + (tap * Dilation);
}
