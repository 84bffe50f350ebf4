using System.Globalization;
using System.Security.Cryptography;
using HwSeed.Hdl;
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

        if (Icebox.Missing is { Count: > 0 } unread)
        {
            return Checked.Fail<SynthesisReport>(unread);
        }

        var flow = new Flow(Directory.CreateDirectory(Path.GetFullPath(workDirectory)).FullName, top, device, options);
        flow.RemoveOldResults();
        await File.WriteAllTextAsync(flow.PathOf("v"), verilogText, cancellation).ConfigureAwait(false);

        var (netlist, yosys) = await flow.YosysAsync(cancellation).ConfigureAwait(false);
        if (!netlist.IsOk)
        {
            return Checked.Fail<SynthesisReport>(netlist.Diagnostics);
        }

        if (TooLarge(netlist.Value, device) is { Count: > 0 } excess)
        {
            return Checked.Fail<SynthesisReport>(excess);
        }

        var (routed, nextpnr) = await flow.NextpnrAsync(cancellation).ConfigureAwait(false);
        if (!routed.IsOk)
        {
            return Checked.Fail<SynthesisReport>(routed.Diagnostics);
        }

        if (routed.Value.FmaxMhz is not { } fmaxMhz)
        {
            return Checked.Fail<SynthesisReport>(ToolDiagnostics.NoClock(top));
        }

        var icepack = await flow.RunAsync(ExternalTool.Icepack, [$"{top}.asc", $"{top}.bin"], cancellation)
            .ConfigureAwait(false);
        if (!icepack.Succeeded)
        {
            return Checked.Fail<SynthesisReport>(flow.Failure("icepack", icepack, []));
        }

        var pins = await flow.WritePinsAsync(cancellation).ConfigureAwait(false);
        if (!pins.IsOk)
        {
            return Checked.Fail<SynthesisReport>(pins.Diagnostics);
        }

        var bitstream = await File.ReadAllBytesAsync(flow.PathOf("bin"), cancellation).ConfigureAwait(false);
        var log = await File.ReadAllTextAsync(flow.PathOf("nextpnr.log"), cancellation).ConfigureAwait(false);
        return Checked.Ok(new SynthesisReport(
            device, netlist.Value.Luts, netlist.Value.FlipFlops, netlist.Value.Carries, routed.Value.LogicCells,
            routed.Value.Brams, routed.Value.Dsps, routed.Value.Ios, fmaxMhz, options.TargetMhz, flow.PathOf("bin"),
            Convert.ToHexStringLower(SHA256.HashData(bitstream)), options.Seed, yosys.Elapsed, nextpnr.Elapsed,
            yosys.Sandboxed && nextpnr.Sandboxed && icepack.Sandboxed,
            $"{netlist.Value.Creator}: {netlist.Value.Luts} LUTs, {netlist.Value.FlipFlops} flip-flops, " +
            $"{netlist.Value.Carries} carries, {netlist.Value.Brams} block memories\n{NextpnrReport.Summary(log)}\n"));
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

    private sealed record Flow(string Directory, string Top, FpgaDevice Device, SynthesisOptions Options)
    {
        public string PathOf(string extension) => Path.Combine(Directory, $"{Top}.{extension}");

        // A report must never be read from an earlier run in this directory.
        public void RemoveOldResults()
        {
            foreach (var extension in (string[])["json", "stat.json", "asc", "placed.json", "nextpnr.json", "nextpnr.log", "pcf", "bin"])
            {
                File.Delete(PathOf(extension));
            }
        }

        public async Task<(Checked<YosysNetlist> Netlist, ToolRun Run)> YosysAsync(CancellationToken cancellation)
        {
            string[] promises = Options.AssumeNoReadWriteCollision ? ["-no-rw-check"] : [];
            var flags = string.Concat(Device.YosysFlags.Concat(promises).Select(f => f + " "));
            var script = $"read_verilog {Top}.v; synth_ice40 {flags}-top {Top} -json {Top}.json; " +
                $"tee -q -o {Top}.stat.json stat -json";
            var run = await RunAsync(ExternalTool.Yosys, ["-q", "-p", script], cancellation).ConfigureAwait(false);
            if (!run.Succeeded)
            {
                var errors = YosysNetlist.Errors($"{run.StandardError}\n{run.StandardOutput}");
                return (Checked.Fail<YosysNetlist>(Failure("yosys", run, errors)), run);
            }

            await using var netlist = File.OpenRead(PathOf("json"));
            var stat = await File.ReadAllTextAsync(PathOf("stat.json"), cancellation).ConfigureAwait(false);
            return (Checked.Ok(YosysNetlist.Read(stat, netlist, Top)), run);
        }

        public async Task<(Checked<NextpnrReport> Report, ToolRun Run)> NextpnrAsync(CancellationToken cancellation)
        {
            var run = await RunAsync(ExternalTool.Nextpnr,
                [
                    $"--{Device.Name}", "--package", Device.Package, "--json", $"{Top}.json", "--asc", $"{Top}.asc",
                    "--report", $"{Top}.nextpnr.json", "--write", $"{Top}.placed.json", "--pcf-allow-unconstrained", "--timing-allow-fail",
                    "--seed", Options.Seed.ToString(CultureInfo.InvariantCulture),
                    "--freq", Options.TargetMhz.ToString("R", CultureInfo.InvariantCulture),
                    "-q", "-l", $"{Top}.nextpnr.log",
                ], cancellation).ConfigureAwait(false);
            if (!run.Succeeded)
            {
                var log = File.Exists(PathOf("nextpnr.log"))
                    ? await File.ReadAllTextAsync(PathOf("nextpnr.log"), cancellation).ConfigureAwait(false)
                    : "";
                var errors = NextpnrReport.Failures(log, run.StandardError, Device);
                return (Checked.Fail<NextpnrReport>(Failure("nextpnr-ice40", run, errors)), run);
            }

            await using var report = File.OpenRead(PathOf("nextpnr.json"));
            return (Checked.Ok(NextpnrReport.Read(report)), run);
        }

        // nextpnr chooses the pins; which ones is in the placed netlist alone, and that is larger than all else.
        public async Task<Checked<IReadOnlyList<PinAssignment>>> WritePinsAsync(CancellationToken cancellation)
        {
            var pins = await new Icebox(Directory, Options.StepLimit)
                .AssignmentsAsync(Device, PathOf("placed.json"), cancellation).ConfigureAwait(false);
            File.Delete(PathOf("placed.json"));
            if (pins.IsOk)
            {
                await File.WriteAllTextAsync(PathOf("pcf"), PinFile.Write(pins.Value), cancellation).ConfigureAwait(false);
            }

            return pins;
        }

        public Task<ToolRun> RunAsync(ExternalTool tool, EquatableArray<string> arguments, CancellationToken cancellation) =>
            ToolProcess.RunAsync(
                new ToolCommand(tool.Locate()!, arguments, Directory)
                {
                    TimeLimit = Options.StepLimit,
                    MemoryLimitBytes = Options.MemoryLimitBytes,
                }, cancellation);

        public IReadOnlyList<Diagnostic> Failure(string tool, ToolRun run, IReadOnlyList<Diagnostic> errors) =>
            run.TimedOut ? [ToolDiagnostics.TimedOut(tool, Options.StepLimit)]
            : errors.Count > 0 ? errors
            : [ToolDiagnostics.ToolFailed(tool, run.ExitCode, run.LastLines())];
    }
}
