namespace HwSeed.Hdl.Architectures;

/// <summary>Which operand stays in the processing elements (Chen et al., Eyeriss, 2016).</summary>
public enum Dataflow
{
    /// <summary>Each PE keeps one output's accumulator; both operands stream. Rows span M, columns span N.</summary>
    OutputStationary,

    /// <summary>Each PE keeps one weight; activations stream and partial sums flow down. Rows span K, columns span N.</summary>
    WeightStationary,
}

/// <summary>How operands reach the processing elements (Kung, Why Systolic Architectures, 1982, calls both systolic).</summary>
public enum Interconnect
{
    /// <summary>From neighbour to neighbour, one PE an edge: short wires, a wavefront to fill and to drain.</summary>
    Systolic,

    /// <summary>
    /// Each activation to a whole row and each weight to a whole column on one edge; finished sums move into a drain chain
    /// and leave while the next tile is computed. Output-stationary only.
    /// </summary>
    Broadcast,
}

/// <summary>
/// A GEMM engine: a grid of processing elements between two operand scratchpads, run by a command stream.
/// Computes C[M,N] = A[M,K] x B[K,N] on signed integers, exactly. Legal values are the business of
/// <c>ArchitectureRules</c>.
/// </summary>
/// <param name="Name">A label; not part of the design's identity.</param>
/// <param name="Rows">PE rows.</param>
/// <param name="Columns">PE columns.</param>
/// <param name="Dataflow">What stays in the PEs.</param>
/// <param name="OperandBits">Bits of an activation and of a weight: 4 or 8, signed.</param>
/// <param name="AccumulatorBits">Bits of an accumulator, signed; results leave sign-extended to 32 bits.</param>
/// <param name="PePipeline">Register stages between a PE's multiplier inputs and its accumulator, 0..3.</param>
/// <param name="InputDepth">Words of the activation scratchpad; a word holds one operand for each PE row.</param>
/// <param name="WeightDepth">Words of the weight scratchpad; a word holds one operand for each PE column.</param>
/// <param name="AccumulatorDepth">Words of the accumulator memory under a weight-stationary array, a word holding one
/// accumulator for each column; 0 for output-stationary arrays, which keep sums in the PEs.</param>
/// <param name="DoubleBuffering">Whether loads run beside computation: each scratchpad is then two halves.</param>
public sealed record Architecture(
    string Name,
    int Rows,
    int Columns,
    Dataflow Dataflow,
    int OperandBits,
    int AccumulatorBits,
    int PePipeline,
    int InputDepth,
    int WeightDepth,
    int AccumulatorDepth,
    bool DoubleBuffering)
{
    /// <summary>How operands reach the PEs.</summary>
    public Interconnect Interconnect { get; init; } = Interconnect.Systolic;

    /// <summary>Multiply-accumulates a cycle when every PE is busy.</summary>
    public int MacsPerCycle => Rows * Columns;

    /// <summary>Bits of one beat of the host's input stream: a scratchpad word of the wider side.</summary>
    public int InputStreamBits => Math.Max(Rows, Columns) * OperandBits;

    /// <summary>Activation words that one tile may fill: half the scratchpad when double-buffered.</summary>
    public int InputTileWords => DoubleBuffering ? InputDepth / 2 : InputDepth;

    /// <summary>Weight words that one tile may fill: half the scratchpad when double-buffered.</summary>
    public int WeightTileWords => DoubleBuffering ? WeightDepth / 2 : WeightDepth;

    /// <summary>Accumulator bits that K products of full-range operands need (contract: 2 x operand + ceil(log2 K)).</summary>
    /// <param name="k">Length of the sum, at least 1.</param>
    public int AccumulatorBitsFor(int k) =>
        (2 * OperandBits) + (int)Math.Ceiling(Math.Log2(Math.Max(1, k)));

    /// <summary>Largest K that <see cref="AccumulatorBits"/> can sum without overflow, 0 when not even one product fits.</summary>
    public long LargestK => AccumulatorBits < 2 * OperandBits ? 0 : 1L << (AccumulatorBits - (2 * OperandBits));
}
