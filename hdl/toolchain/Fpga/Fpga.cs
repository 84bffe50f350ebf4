using System.Security.Cryptography;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>Verilog to an iCE40 bitstream: Yosys, nextpnr and icepack.</summary>
public static class Fpga
{
    /// <summary>Synthesises, places, routes and packs a design.</summary>
    /// <param name="workDirectory">A directory of this run's own; made when absent. Netlist, logs, reports and the
    /// bitstream <c>TOP.bin</c> stay there.</param>
    /// <param name="verilogText">All modules.</param>
    /// <param name="top">Top module; each bit of its ports takes a pin.</param>
    /// <param name="device">Where it has to fit.</param>
    /// <param name="options">Seed, target clock and limits.</param>
    /// <param name="cancellation">Stops the tools.</param>
    /// <returns>The report, or why there is no bitstream.</returns>
    public static async Task<Checked<SynthesisReport>> SynthesiseAsync(
        string workDirectory, string verilogText, string top, FpgaDevice device, SynthesisOptions options,
        CancellationToken cancellation = default)
    {
        if (!VerilogNames.IsPlainIdentifier(top))
        {
            return Checked.Fail<SynthesisReport>(ToolDiagnostics.BadTopName(top));
        }

        if (ExternalTool.Missing(ExternalTool.Yosys, ExternalTool.Nextpnr, ExternalTool.Icepack) is { Count: > 0 } missing)
        {
            return Checked.Fail<SynthesisReport>(missing);
        }

        if (options.Pins.Count == 0 && Icebox.Missing is { Count: > 0 } unread)
        {
            return Checked.Fail<SynthesisReport>(unread);
        }

        VendorCell[] cells = [.. device.Cells.Where(c => verilogText.Contains($"module {c.Module} ", StringComparison.Ordinal))];
        var flow = new SynthesisFlow(Directory.CreateDirectory(Path.GetFullPath(workDirectory)).FullName, top, device, options)
        {
            Cells = [.. cells.Select(c => c.Module)],
        };
        flow.RemoveOldResults();
        await File.WriteAllTextAsync(flow.PathOf("v"), verilogText, cancellation).ConfigureAwait(false);
        await flow.WriteGivenPinsAsync(cancellation).ConfigureAwait(false);
        foreach (var cell in cells)
        {
            await File.WriteAllTextAsync(Path.Combine(flow.Directory, $"{cell.Module}.v"), cell.Verilog, cancellation).ConfigureAwait(false);
        }

        var (netlist, yosys) = await flow.YosysAsync(cancellation).ConfigureAwait(false);
        if (!netlist.IsOk)
        {
            return Checked.Fail<SynthesisReport>(netlist.Diagnostics);
        }

        if (TooLarge(netlist.Value, device) is { Count: > 0 } excess)
        {
            return Checked.Fail<SynthesisReport>(excess);
        }

        var route = await flow.RouteAsync(cancellation).ConfigureAwait(false);
        if (!route.IsOk)
        {
            return Checked.Fail<SynthesisReport>(route.Diagnostics);
        }

        var (routed, fmaxMhz) = (route.Value.Report, route.Value.FmaxMhz);

        var icepack = await flow.IcepackAsync(cancellation).ConfigureAwait(false);
        if (!icepack.Succeeded)
        {
            return Checked.Fail<SynthesisReport>(flow.Failure("icepack", icepack, []));
        }

        var pins = await flow.WritePinsAsync(cancellation).ConfigureAwait(false);
        if (!pins.IsOk)
        {
            return Checked.Fail<SynthesisReport>(pins.Diagnostics);
        }

        await flow.WriteMakefileAsync(route.Value.Seed, cancellation).ConfigureAwait(false);
        var bitstream = await File.ReadAllBytesAsync(flow.PathOf("bin"), cancellation).ConfigureAwait(false);
        var log = await File.ReadAllTextAsync(flow.PathOf("nextpnr.log"), cancellation).ConfigureAwait(false);
        return Checked.Ok(new SynthesisReport(
            device, netlist.Value.Luts, netlist.Value.FlipFlops, netlist.Value.Carries, routed.LogicCells,
            routed.Brams, routed.Dsps, routed.Ios, fmaxMhz, options.TargetMhz, flow.PathOf("bin"),
            Convert.ToHexStringLower(SHA256.HashData(bitstream)), route.Value.Seed, yosys.Elapsed, route.Value.Elapsed,
            yosys.Sandboxed && route.Value.Sandboxed && icepack.Sandboxed,
            $"{netlist.Value.Creator}: {netlist.Value.Luts} LUTs, {netlist.Value.FlipFlops} flip-flops, " +
            $"{netlist.Value.Carries} carries, {netlist.Value.Brams} block memories\n{NextpnrReport.Summary(log)}\n")
        {
            Attempts = route.Value.Attempts,
            MedianFmaxMhz = route.Value.MedianFmaxMhz,
        });
    }

    // What no packing can change is refused before the long step.
    private static List<Diagnostic> TooLarge(YosysNetlist netlist, FpgaDevice device)
    {
        List<Diagnostic> found = [];
        if (netlist.PortBits > device.Ios)
        {
            found.Add(ToolDiagnostics.TooManyPins(device, netlist.PortBits));
        }

        (int Needs, int Has, string Words)[] resources =
        [
            (Math.Max(netlist.Luts, netlist.FlipFlops), device.LogicCells, "logic cells"),
            (netlist.Brams, device.Brams, "block memories"),
            (netlist.Dsps, device.Dsps, "DSP blocks"),
        ];
        found.AddRange(resources.Where(r => r.Needs > r.Has)
            .Select(r => ToolDiagnostics.DoesNotFit(device, r.Needs, r.Has, r.Words)));
        return found;
    }
}
