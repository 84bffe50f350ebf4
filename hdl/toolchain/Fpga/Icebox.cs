using System.Text.Json;
using System.Text.RegularExpressions;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>Project IceStorm's tools around a bitstream: unpacking it, its netlist, and the pins of a package.</summary>
/// <param name="Directory">Where they run and may write.</param>
/// <param name="StepLimit">Wall-clock limit for each.</param>
internal sealed partial record Icebox(string Directory, TimeSpan StepLimit)
{
    // A netlist of a full device is about 2 MB.
    private const int LongestNetlist = 64 << 20;

    // icebox is a Python module beside the script icebox_vlog, and knows where each pin of a package is.
    private const string PinProgram = """
        import os, sys
        sys.path.insert(0, os.path.dirname(os.path.realpath(sys.argv[1])))
        import icebox
        die = icebox.iceconfig()
        getattr(die, "setup_empty_" + sys.argv[2])()
        for pin, x, y, z in die.pinloc_db(sys.argv[3]):
            print("X%d/Y%d/io%d %s" % (x, y, z, pin))
        """;

    /// <summary>What has to be installed.</summary>
    public static IReadOnlyList<Diagnostic> Missing =>
        ExternalTool.Missing(ExternalTool.Iceunpack, ExternalTool.IceboxVlog, ExternalTool.Python);

    /// <summary>The pin at each place of an input or output block, by nextpnr's name of the place.</summary>
    public async Task<Checked<IReadOnlyDictionary<string, string>>> PinsAsync(FpgaDevice device, CancellationToken cancellation)
    {
        var run = await RunAsync(ExternalTool.Python,
            ["-B", "-c", PinProgram, ExternalTool.IceboxVlog.Locate()!, device.Die, device.Package], cancellation).ConfigureAwait(false);
        return run.Succeeded
            ? Checked.Ok<IReadOnlyDictionary<string, string>>(
                PinLine().Matches(run.StandardOutput).ToDictionary(m => m.Groups["place"].Value, m => m.Groups["pin"].Value))
            : Checked.Fail<IReadOnlyDictionary<string, string>>(Failure("icebox", run));
    }

    /// <summary>Which pin each bit of a port got, from the netlist that nextpnr wrote after placement.</summary>
    /// <param name="device">The device.</param>
    /// <param name="placedJson">The file of <c>--write</c>.</param>
    /// <param name="cancellation">Stops Python.</param>
    public async Task<Checked<IReadOnlyList<PinAssignment>>> AssignmentsAsync(
        FpgaDevice device, string placedJson, CancellationToken cancellation)
    {
        var pins = await PinsAsync(device, cancellation).ConfigureAwait(false);
        if (!pins.IsOk)
        {
            return Checked.Fail<IReadOnlyList<PinAssignment>>(pins.Diagnostics);
        }

        await using var file = File.OpenRead(placedJson);
        using var placed = await JsonDocument.ParseAsync(file, cancellationToken: cancellation).ConfigureAwait(false);
        var cells = placed.RootElement.GetProperty("modules").EnumerateObject().First().Value.GetProperty("cells");
        var found = cells.EnumerateObject()
            .Where(c => c.Value.GetProperty("type").GetString() == "SB_IO")
            .Select(c => (Signal: PadName().Match(c.Name), Place: c.Value.GetProperty("attributes").GetProperty("NEXTPNR_BEL").GetString()!))
            .Where(c => c.Signal.Success)
            .Select(c => new PinAssignment(
                c.Signal.Groups["port"].Value,
                c.Signal.Groups["bit"].Success ? int.Parse(c.Signal.Groups["bit"].Value, null) : null,
                pins.Value[c.Place]));
        return Checked.Ok<IReadOnlyList<PinAssignment>>([.. found.OrderBy(p => p.Port, StringComparer.Ordinal).ThenBy(p => p.Bit)]);
    }

    /// <summary>Unpacks <c>chip.bin</c> to <c>chip.asc</c>; gives the die that the bitstream is for, such as <c>8k</c>.</summary>
    public async Task<Checked<string>> UnpackAsync(CancellationToken cancellation)
    {
        var run = await RunAsync(ExternalTool.Iceunpack, ["chip.bin", "chip.asc"], cancellation).ConfigureAwait(false);
        if (!run.Succeeded)
        {
            return Checked.Fail<string>(Failure("iceunpack", run));
        }

        var text = await File.ReadAllTextAsync(Path.Combine(Directory, "chip.asc"), cancellation).ConfigureAwait(false);
        return DeviceLine().Match(text) is { Success: true } match
            ? Checked.Ok(match.Groups["die"].Value)
            : Checked.Fail<string>(ToolDiagnostics.ToolFailed("iceunpack", 0, "it names no device"));
    }

    /// <summary>The netlist of <c>chip.asc</c> as icebox_vlog writes it, with the names of <c>chip.pcf</c> at the pins.</summary>
    public async Task<Checked<string>> NetlistAsync(FpgaDevice device, CancellationToken cancellation)
    {
        var run = await RunAsync(ExternalTool.Python,
            ["-B", ExternalTool.IceboxVlog.Locate()!, "-s", "-n", "chip", "-d", device.Package, "-p", "chip.pcf", "chip.asc"],
            cancellation).ConfigureAwait(false);
        return run.Succeeded ? Checked.Ok(run.StandardOutput) : Checked.Fail<string>(Failure("icebox_vlog", run));
    }

    private Task<ToolRun> RunAsync(ExternalTool tool, EquatableArray<string> arguments, CancellationToken cancellation) =>
        ToolProcess.RunAsync(
            new ToolCommand(tool.Locate()!, arguments, Directory) { TimeLimit = StepLimit, OutputCapBytes = LongestNetlist }, cancellation);

    private Diagnostic Failure(string tool, ToolRun run) => run.TimedOut
        ? ToolDiagnostics.TimedOut(tool, StepLimit)
        : ToolDiagnostics.ToolFailed(tool, run.ExitCode, run.LastLines());

    [GeneratedRegex(@"^(?<place>X\d+/Y\d+/io\d) (?<pin>\w+)$", RegexOptions.Multiline)]
    private static partial Regex PinLine();

    [GeneratedRegex(@"^(?<port>\w+)(\[(?<bit>\d+)\])?\$sb_io$")]
    private static partial Regex PadName();

    [GeneratedRegex(@"^\.device (?<die>\w+)", RegexOptions.Multiline)]
    private static partial Regex DeviceLine();
}
