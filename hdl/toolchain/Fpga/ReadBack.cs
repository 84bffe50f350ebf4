using System.Text.RegularExpressions;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Toolchain;

/// <summary>A bitstream as Verilog.</summary>
/// <param name="Verilog">The netlist as a module with the design's name and ports, and the vendor's memory cells.</param>
/// <param name="Luts">Look-up tables that are not constant.</param>
/// <param name="FlipFlops">Flip-flops.</param>
/// <param name="Brams">Block memories.</param>
public sealed record ReadBackChip(string Verilog, int Luts, int FlipFlops, int Brams);

/// <summary>Reads an iCE40 bitstream back: iceunpack, then icebox_vlog, then the ports of the design around its pins.</summary>
public static partial class ReadBack
{
    /// <summary>Turns a bitstream into Verilog that simulators take.</summary>
    /// <param name="workDirectory">A directory of this run's own; made when absent.</param>
    /// <param name="bitstream">The bytes of the <c>.bin</c>.</param>
    /// <param name="pins">What each pin carries.</param>
    /// <param name="top">The design's top module: its ports are wanted.</param>
    /// <param name="device">What the bitstream has to be for.</param>
    /// <param name="stepLimit">Wall-clock limit for each tool, 5 minutes when null.</param>
    /// <param name="cancellation">Stops the tools.</param>
    /// <returns>The netlist. HW3208: pins and ports differ. HW3209: a cell that cannot be read back. HW3210: another
    /// device's bitstream.</returns>
    public static async Task<Checked<ReadBackChip>> ToVerilogAsync(
        string workDirectory, ReadOnlyMemory<byte> bitstream, IReadOnlyList<PinAssignment> pins, Module top, FpgaDevice device,
        TimeSpan? stepLimit = null, CancellationToken cancellation = default)
    {
        if (Icebox.Missing is { Count: > 0 } missing)
        {
            return Checked.Fail<ReadBackChip>(missing);
        }

        var icebox = new Icebox(
            Directory.CreateDirectory(Path.GetFullPath(workDirectory)).FullName, stepLimit ?? TimeSpan.FromMinutes(5));
        var pads = pins.Select((p, i) => new PinAssignment(ChipNetlist.PadOf(i), null, p.Pin));
        await File.WriteAllBytesAsync(Path.Combine(icebox.Directory, "chip.bin"), bitstream, cancellation).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(icebox.Directory, "chip.pcf"), PinFile.Write(pads), cancellation).ConfigureAwait(false);
        var die = await icebox.UnpackAsync(cancellation).ConfigureAwait(false);
        if (!die.IsOk || die.Value != device.Die)
        {
            return Checked.Fail<ReadBackChip>(die.IsOk ? [ToolDiagnostics.OtherDie(device, die.Value)] : die.Diagnostics);
        }

        var raw = await icebox.NetlistAsync(device, cancellation).ConfigureAwait(false);
        return raw.Then(text => ChipNetlist.Of(text, pins, top)).Then(WithCells);
    }

    // The vendor's model of the memory comes from Yosys. Its default inputs are macros; here every input is connected.
    private static Checked<ReadBackChip> WithCells(string netlist)
    {
        var used = Memory().Matches(netlist).Select(m => m.Groups["cell"].Value).ToList();
        var models = used.Count == 0 ? Checked.Ok("") : VendorModels.Of(used.Append("SB_RAM40_4K"));
        return models.Then(text => Checked.Ok(
            new ReadBackChip(netlist + text, Lut().Count(netlist), FlipFlop().Count(netlist), used.Count)));
    }

    [GeneratedRegex(@"^(?<cell>SB_RAM40_4K\w*) ", RegexOptions.Multiline)]
    private static partial Regex Memory();

    [GeneratedRegex(@"/\* LUT [ \d]+\*/ (?!1'b[01];)")]
    private static partial Regex Lut();

    [GeneratedRegex(@"/\* FF [ \d]+\*/ always")]
    private static partial Regex FlipFlop();
}
