namespace HwSeed.Hdl.Architectures;

/// <summary>A block of a matrix: rows [Row, Row+Rows) and columns [Column, Column+Columns).</summary>
public readonly record struct Block(int Row, int Rows, int Column, int Columns)
{
    /// <summary>No elements: nothing is loaded.</summary>
    public static Block None => default;

    /// <summary>Whether the block has no elements.</summary>
    public bool IsEmpty => Rows == 0 || Columns == 0;
}

/// <summary>
/// One instruction of the engine, 64 bits on the command stream. Addresses and lengths are in scratchpad words and
/// fit 12 bits. Bits 63..60 hold the opcode; the other fields stand at the bits that each case names.
/// </summary>
public abstract record Command;

/// <summary>
/// Opcode 1. Takes InputWords beats into the activation scratchpad from InputBase, then WeightWords beats into the
/// weight scratchpad from WeightBase. Fields: InputBase 11..0, InputWords 23..12, WeightBase 35..24, WeightWords 47..36.
/// </summary>
/// <param name="Activations">The block of A[M,K] that the beats carry (for the host; not encoded).</param>
/// <param name="Weights">The block of B[K,N] that the beats carry (for the host; not encoded).</param>
/// <param name="InputBase">First activation word.</param>
/// <param name="InputWords">Activation words, 0 for none.</param>
/// <param name="WeightBase">First weight word.</param>
/// <param name="WeightWords">Weight words, 0 for none.</param>
public sealed record Load(
    int InputBase, int InputWords, int WeightBase, int WeightWords, Block Activations, Block Weights) : Command;

/// <summary>
/// Opcode 2. Streams Length words through the array. Output-stationary: word i of both scratchpads meets and is added to the PE
/// accumulators, which a store clears. Weight-stationary: first Rows weight words are shifted into the PEs, then activation
/// word i gives partial sums that are added to accumulator word AccumulatorBase+i, or replace it when Accumulate is false;
/// input-stationary: the same with activations and weights exchanged. Fields: InputBase 11..0, Length 23..12, WeightBase
/// 35..24, AccumulatorBase 47..36, Accumulate 48; output-stationary engines do not look at the last two.
/// </summary>
public sealed record Compute(int InputBase, int WeightBase, int Length, int AccumulatorBase, bool Accumulate) : Command;

/// <summary>
/// Opcode 3. Sends Rows x Columns results, one 32-bit beat each, row-major. Output-stationary: from the PEs, whose sums start
/// anew from zero. Else: Rows accumulator words from AccumulatorBase for each array's width of Columns, the words of the
/// next tile behind those of the one before. Fields: AccumulatorBase 11..0, Rows 23..12, Columns 35..24, Channel 47..36.
/// </summary>
/// <param name="AccumulatorBase">First accumulator word (0 for output-stationary).</param>
/// <param name="Rows">Result rows, of a tile.</param>
/// <param name="Columns">Result columns, of all tiles.</param>
/// <param name="Results">The block of C[M,N] that the beats carry (for the host; not encoded).</param>
/// <param name="Channel">Output channel of the first result, for an output stage.</param>
public sealed record Store(int AccumulatorBase, int Rows, int Columns, Block Results, int Channel = 0) : Command;

/// <summary>What a <see cref="Configure"/> writes in the output stage.</summary>
public enum ConfigureTarget
{
    /// <summary>The bias of channel Address.</summary>
    Bias = 0,

    /// <summary>The scale of channel Address: Shift in bits 4..0, Multiplier above.</summary>
    Scale = 1,

    /// <summary>The result of a value in the table; Address counts from the lowest value.</summary>
    Table = 2,

    /// <summary>Least in bits 7..0, Most 15..8, ZeroPoint 23..16; 24: requantises at all; 25: looks in the table; 26: adds the residual.</summary>
    Mode = 3,
}

/// <summary>
/// Opcode 5, of engines with an output stage; elsewhere it is a Sync. Waits until the output stage is empty and no store is on its way, then writes a
/// value there. Fields: Address 11..0, Value 47..12, Target 49..48.
/// </summary>
/// <param name="Target">What is written.</param>
/// <param name="Address">Which of them.</param>
/// <param name="Value">36 bits; upper ones that the target does not have are not looked at.</param>
public sealed record Configure(ConfigureTarget Target, int Address, long Value) : Command;

/// <summary>
/// Opcode 4. Waits until every earlier load has been written and every earlier compute has read its words; stores may go on.
/// </summary>
public sealed record Sync : Command;

/// <summary>The shape of a GEMM: C[M,N] = A[M,K] x B[K,N].</summary>
public readonly record struct GemmShape(int M, int K, int N)
{
    /// <summary>Multiply-accumulates.</summary>
    public long Macs => (long)M * K * N;

    /// <summary>As users write it: MxKxN.</summary>
    public override string ToString() => $"{M}x{K}x{N}";
}

/// <summary>A program for one engine and one GEMM: what the mapper hands to simulator, Verilator and chip.</summary>
/// <param name="Shape">The GEMM.</param>
/// <param name="Commands">The program, in order.</param>
public sealed record CommandStream(GemmShape Shape, EquatableArray<Command> Commands);
