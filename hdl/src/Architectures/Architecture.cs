namespace HwSeed.Hdl.Architectures;

/// <summary>Which operand stays in the processing elements (Chen et al., Eyeriss, 2016).</summary>
public enum Dataflow
{
    /// <summary>Each PE keeps one output's accumulator; both operands stream. Rows span M, columns span N.</summary>
    OutputStationary,

    /// <summary>Each PE keeps one weight a lane; activations stream and partial sums flow down. Rows span K, columns span N.</summary>
    WeightStationary,

    /// <summary>
    /// Each PE keeps one activation a lane; weights stream and partial sums flow down. Rows span K, columns span M: the
    /// weight-stationary engine on the transposed product.
    /// </summary>
    InputStationary,
}

/// <summary>How operands reach the processing elements (Kung, Why Systolic Architectures, 1982, calls both systolic).</summary>
public enum Interconnect
{
    /// <summary>From neighbour to neighbour, one PE an edge: short wires, a wavefront to fill and to drain.</summary>
    Systolic,

    /// <summary>
    /// Each activation to a whole row and each weight to a whole column on one edge: no wavefront, longer wires.
    /// Output-stationary only.
    /// </summary>
    Broadcast,
}

/// <summary>What multiplies.</summary>
public enum Multiplier
{
    /// <summary>Look-up tables and carry chains: <see cref="Array"/> with 2 or 3 pipeline stages, <see cref="Operator"/> with fewer.</summary>
    Fabric,

    /// <summary>
    /// DSP blocks, instantiated, never inferred, that multiply two pairs of operands of at most 8 bits each, or one pair of wider
    /// ones: iCE40 UltraPlus has eight (SB_MAC16 in its 8x8 and its 16x16 mode). On ECP5 and Xilinx 7 Yosys infers a block for each
    /// product from the module's plain Verilog.
    /// </summary>
    Dsp,

    /// <summary>The language's <c>*</c>, with its registers behind it: synthesis chooses the structure.</summary>
    Operator,

    /// <summary>One row of look-up tables for each bit of the narrower operand, in a tree of adders whose last levels are registered.</summary>
    Array,

    /// <summary>
    /// The same tree with one row for two bits, -2, -1, 0, 1 or 2 times the wider operand (Booth, A Signed Binary Multiplication
    /// Technique, 1951; radix 4 after MacSorley, 1961).
    /// </summary>
    Booth,
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
/// <param name="InputBits">Bits of an activation, signed: 2, 4, 8 or 16.</param>
/// <param name="WeightBits">Bits of a weight, signed: 2, 4, 8 or 16.</param>
/// <param name="AccumulatorBits">Bits of an accumulator, signed; results leave sign-extended to <see cref="ResultBits"/>.</param>
/// <param name="PePipeline">Register stages in a PE's multipliers, 0..3.</param>
/// <param name="InputDepth">Words of the activation scratchpad; a word holds <see cref="Lanes"/> operands for each PE row
/// (input-stationary: column).</param>
/// <param name="WeightDepth">Words of the weight scratchpad; a word holds <see cref="Lanes"/> operands for each PE column
/// (input-stationary: row).</param>
/// <param name="AccumulatorDepth">Words of the accumulator memory under an array that keeps operands, a word holding one
/// accumulator for each column; 0 for output-stationary arrays, which keep sums in the PEs.</param>
/// <param name="DoubleBuffering">Whether loads run beside computation, and stores of accumulators too: each memory is then two
/// halves.</param>
public sealed record Architecture(
    string Name,
    int Rows,
    int Columns,
    Dataflow Dataflow,
    int InputBits,
    int WeightBits,
    int AccumulatorBits,
    int PePipeline,
    int InputDepth,
    int WeightDepth,
    int AccumulatorDepth,
    bool DoubleBuffering)
{
    /// <summary>How operands reach the PEs.</summary>
    public Interconnect Interconnect { get; init; } = Interconnect.Systolic;

    /// <summary>Products that a PE sums an edge, 1..16: the length of its dot product, along K.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Register stages in a PE's tree that sums its lanes' products, 0..ceil(log2 <see cref="Lanes"/>).</summary>
    public int AdderPipeline { get; init; }

    /// <summary>What multiplies in the PEs.</summary>
    public Multiplier Multiplier { get; init; } = Multiplier.Fabric;

    /// <summary>
    /// With <see cref="Multiplier.Dsp"/>, lanes of each PE that DSP blocks multiply, an even number where a block multiplies two pairs;
    /// look-up tables multiply the others. 0: all lanes.
    /// </summary>
    public int DspLanes { get; init; }

    /// <summary>What becomes of sums on their way out; null: they leave as they are.</summary>
    public OutputStage? Output { get; init; }

    /// <summary>Whether a DSP block multiplies the operands of a lane.</summary>
    /// <param name="lane">From 0.</param>
    public bool IsDspLane(int lane) => Multiplier == Multiplier.Dsp && (DspLanes == 0 || lane < DspLanes);

    /// <summary>Whether a DSP block multiplies one pair of operands, since one of them is wider than 8 bits.</summary>
    public bool HasWideDsps => Math.Max(InputBits, WeightBits) > ArchitectureRules.WidestDspPair;

    /// <summary>Multiply-accumulates a cycle when every PE is busy.</summary>
    public int MacsPerCycle => Rows * Columns * Lanes;

    /// <summary>Whether PEs keep operands and sums lie in accumulator memories under the array.</summary>
    public bool KeepsOperands => Dataflow != Dataflow.OutputStationary;

    /// <summary>Operands of an activation word.</summary>
    public int InputWordOperands => (Dataflow == Dataflow.InputStationary ? Columns : Rows) * Lanes;

    /// <summary>Operands of a weight word.</summary>
    public int WeightWordOperands => (Dataflow == Dataflow.InputStationary ? Rows : Columns) * Lanes;

    /// <summary>Bits of an activation word.</summary>
    public int InputWordBits => InputWordOperands * InputBits;

    /// <summary>Bits of a weight word.</summary>
    public int WeightWordBits => WeightWordOperands * WeightBits;

    /// <summary>Bits of one beat of the host's input stream: a scratchpad word of the wider side.</summary>
    public int InputStreamBits => Math.Max(InputWordBits, WeightWordBits);

    /// <summary>Operands in a beat of the host's input stream when its words are those with more of them.</summary>
    public int InputStreamOperands => Math.Max(InputWordOperands, WeightWordOperands);

    /// <summary>Bits of a product.</summary>
    public int ProductBits => InputBits + WeightBits;

    /// <summary>Bits of one beat of the result stream.</summary>
    public int ResultBits => AccumulatorBits > 32 ? 64 : 32;

    /// <summary>Bits of the operands that stream through an array which keeps the others; output-stationary: of an activation.</summary>
    public int StreamedBits => Dataflow == Dataflow.InputStationary ? WeightBits : InputBits;

    /// <summary>Bits of the operands that PEs keep; output-stationary: of a weight.</summary>
    public int KeptBits => Dataflow == Dataflow.InputStationary ? InputBits : WeightBits;

    /// <summary>Activation words that one tile may fill: half the scratchpad when double-buffered.</summary>
    public int InputTileWords => DoubleBuffering ? InputDepth / 2 : InputDepth;

    /// <summary>Weight words that one tile may fill: half the scratchpad when double-buffered.</summary>
    public int WeightTileWords => DoubleBuffering ? WeightDepth / 2 : WeightDepth;

    /// <summary>Accumulator words that may be summed into at a time: half the memory when double-buffered.</summary>
    public int AccumulatorTileWords => DoubleBuffering ? AccumulatorDepth / 2 : AccumulatorDepth;

    /// <summary>Words of the operand that PEs keep (operand-stationary) that a tile may fill.</summary>
    public int KeptTileWords => Dataflow == Dataflow.InputStationary ? InputTileWords : WeightTileWords;

    /// <summary>Accumulator bits that K products of full-range operands need (contract: input + weight bits + ceil(log2 K)).</summary>
    /// <param name="k">Length of the sum, at least 1.</param>
    public int AccumulatorBitsFor(int k) =>
        ProductBits + (int)Math.Ceiling(Math.Log2(Math.Max(1, k)));

    /// <summary>Largest K that <see cref="AccumulatorBits"/> can sum without overflow, 0 when not even one product fits.</summary>
    public long LargestK => AccumulatorBits < ProductBits ? 0 : 1L << (AccumulatorBits - ProductBits);
}
