namespace HwSeed.Hdl.Architectures;

/// <summary>
/// The stage behind an array, one lane that all PEs share, since an engine sends one result an edge: bias, requantisation to an
/// activation's width, a table-driven activation, residual add and clamp. Until a program configures it, sums pass as they are.
/// <see cref="Requantisation"/> says what it computes.
/// </summary>
/// <param name="Channels">Output channels (columns of C) whose biases and scales it holds: a power of two.</param>
/// <param name="ScaleBits">16 or 32: a channel's scale is a fraction of one bit less, and a shift. TFLite quantises scales to 32 bits,
/// and to 16 where sums have 64 bits.</param>
/// <param name="Table">Whether there is a table of one result for each requantised value: any activation (SiLU, GELU, tanh).</param>
/// <param name="Residual">Whether there is a stream of operands that are added to the results.</param>
public sealed record OutputStage(int Channels, int ScaleBits, bool Table, bool Residual)
{
    /// <summary>Most bits of a result: those of an activation.</summary>
    public const int WidestResult = 8;

    /// <summary>Most bits of a sum that is requantised.</summary>
    public const int WidestSum = 32;

    /// <summary>Largest shift of a scale to the right.</summary>
    public const int LargestShift = 31;

    /// <summary>Bits of a scale's fraction.</summary>
    public int FractionBits => ScaleBits - 1;
}
