using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;

namespace HwSeed.Agent.ChipRuns;

/// <summary>All runs of one kind of product in a pass over the model.</summary>
/// <param name="Name">What it is in the model, as <c>blk.attn_qkv</c>.</param>
/// <param name="Shape">The product as the model sees it.</param>
/// <param name="Exchanged">Whether the engine computed it transposed, output channels on its rows.</param>
/// <param name="Runs">How often it ran: once a block, or once.</param>
/// <param name="PredictedCycles">The cost model's, of all runs.</param>
/// <param name="SimulatedCycles">The simulator's, of all runs.</param>
public sealed record ChipOperation(
    string Name, GemmShape Shape, bool Exchanged, int Runs, long PredictedCycles, long SimulatedCycles)
{
    /// <summary>Multiply-accumulates of all runs.</summary>
    public long Macs => Shape.Macs * Runs;
}

/// <summary>One pass over the model: the prompt's, or a token's.</summary>
/// <param name="Rows">Tokens that went through together: M of every product.</param>
/// <param name="Operations">Its products, in the order in which they run first.</param>
public sealed record ChipPass(int Rows, EquatableArray<ChipOperation> Operations)
{
    /// <summary>The cost model's cycles.</summary>
    public long PredictedCycles => Operations.Sum(o => o.PredictedCycles);

    /// <summary>The simulator's cycles.</summary>
    public long SimulatedCycles => Operations.Sum(o => o.SimulatedCycles);

    /// <summary>Multiply-accumulates on the chip.</summary>
    public long Macs => Operations.Sum(o => o.Macs);
}
