using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HwSeed.Agent.Documents;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim;
using HwSeed.Sim.Lockstep;
using HwSeed.Sim.Traces;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>
/// A board's folder, whose bitstream holds what cannot be read back (DSP blocks, a PLL): it is routed anew, which has to give the very bytes of
/// <c>board.bin</c>, and the netlist that was routed runs with the vendor's cell models beside the design, on the folder's vectors through the pins.
/// </summary>
/// <param name="Architecture">The engine's name.</param>
/// <param name="Board">The board's name.</param>
/// <param name="Gemm">The product of the vectors.</param>
/// <param name="Netlist">What ran.</param>
/// <param name="Lockstep">How it ended.</param>
/// <param name="Cycles">Clock cycles that were compared.</param>
/// <param name="BuildTime">Routing and building the model.</param>
public sealed record BoardVerification(
    string Architecture, string Board, string Gemm, RoutedNetlist Netlist, LockstepReport Lockstep, long Cycles, TimeSpan BuildTime)
{
    /// <summary>What was compared, and what not.</summary>
    public const string Compared = "the netlist that nextpnr routed, of which icepack makes every byte of board.bin, with Yosys' models of the vendor's cells, " +
        "in Verilator: every output pin in every cycle. The bitstream itself was not read back; the PLL is a wire, and pads are plain";

    /// <summary>Whether every output pin agreed in every cycle.</summary>
    public bool Passed => Lockstep.Agreed;

    /// <summary>Whether a folder is a board's.</summary>
    public static bool IsBoard(string folder) => File.Exists(Path.Combine(folder, "board.bin"));

    /// <summary>Routes anew, compares the bytes, and runs.</summary>
    /// <param name="folder">What <c>synth --board</c> wrote.</param>
    /// <param name="workDirectory">A directory of this verification's own.</param>
    /// <param name="cancellation">Stops the tools.</param>
    /// <returns>The comparison. HW5112: no board's folder. HW5113: a file, or the bitstream, is not what was written. HW5114: other Verilog.
    /// HW3209: a cell without a model.</returns>
    public static async Task<Checked<BoardVerification>> RunAsync(string folder, string workDirectory, CancellationToken cancellation = default)
    {
        string[] names = ["architecture.yaml", "report.json", "board.v", "board.pcf", "board.bin"];
        if (names.Append(Checksums.FileName).Append("vectors/a.json").FirstOrDefault(n => !File.Exists(Path.Combine(folder, n))) is { } absent)
        {
            return Checked.Fail<BoardVerification>(AgentDiagnostics.NotASynthFolder(folder, $"it holds no {absent}"));
        }

        if (names.Where(n => !Listed(folder, n)).Select(n => AgentDiagnostics.ChecksumDiffers(Path.Combine(folder, n))).ToList() is { Count: > 0 } changed)
        {
            return Checked.Fail<BoardVerification>(changed);
        }

        return await ArchitectureDocument.Read(Path.Combine(folder, "architecture.yaml"),
                architecture => ArchitectureRules.Check(architecture).Select(v => new FieldFinding(v.Field, v.Diagnostic)))
            .Then(document => Setup.Of(folder, document.Architecture)) is { IsOk: true } setup
                ? await RunAsync(folder, workDirectory, setup.Value, cancellation).ConfigureAwait(false)
                : Checked.Fail<BoardVerification>([AgentDiagnostics.NotASynthFolder(folder, "report.json is not a board's")]);
    }
}
