using System.Text.Json;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>How often a netlist has a cell.</summary>
/// <param name="Type">The vendor's name of the cell.</param>
/// <param name="Count">How often.</param>
public sealed record CellCount(string Type, int Count);

/// <summary>A design after synthesis for another vendor's family, counted; nothing was placed, and no clock measured.</summary>
/// <param name="Creator">Name and version of Yosys.</param>
/// <param name="Cells">All cells, by name.</param>
/// <param name="Used">What they take.</param>
/// <param name="Elapsed">Wall-clock time.</param>
/// <param name="Sandboxed">Whether Yosys ran inside bubblewrap.</param>
public sealed record VendorCounts(string Creator, EquatableArray<CellCount> Cells, VendorResources Used, TimeSpan Elapsed, bool Sandboxed);

/// <summary>Synthesis for ECP5, Xilinx 7 and Gowin with Yosys, without place and route.</summary>
public static class VendorSynthesis
{
    /// <summary>The script that counts: <c>yosys -q -s TOP.ys</c>.</summary>
    /// <param name="top">Top module, in <c>TOP.v</c>.</param>
    /// <param name="family">The family.</param>
    /// <param name="dsps">Whether multipliers may become DSP blocks.</param>
    public static string Script(string top, VendorFamily family, bool dsps) => string.Create(null, $"""
        # Counts the cells of {top} for {family.Name}; 'yosys -q -s {top}.ys' writes {top}.stat.json.
        read_verilog {top}.v
        # No memory is read and written at one address on one edge.
        setattr -set no_rw_check 1 m:*
        {Command(top, family, dsps)}
        tee -q -o {top}.stat.json stat -json

        """).ReplaceLineEndings("\n");

    /// <summary>The command of the family for an engine without pins.</summary>
    internal static string Command(string top, VendorFamily family, bool dsps) =>
        $"{string.Format(null, family.Synthesis, dsps ? "" : "-nodsp").TrimEnd()} -top {top}";

    /// <summary>Synthesises and counts.</summary>
    /// <param name="workDirectory">A directory of this run's own; made when absent. <c>TOP.v</c>, <c>TOP.ys</c> and <c>TOP.stat.json</c> stay.</param>
    /// <param name="verilogText">All modules.</param>
    /// <param name="top">Top module.</param>
    /// <param name="family">The family.</param>
    /// <param name="dsps">Whether multipliers may become DSP blocks.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellation">Stops Yosys.</param>
    /// <returns>The counts. HW3001: no Yosys. HW3002, HW3003, HW3201: it failed. HW3004: no name for a top module. HW3212: a cell that is not counted.</returns>
    public static async Task<Checked<VendorCounts>> CountAsync(
        string workDirectory, string verilogText, string top, VendorFamily family, bool dsps, SynthesisOptions options,
        CancellationToken cancellation = default)
    {
        if (!VerilogNames.IsPlainIdentifier(top))
        {
            return Checked.Fail<VendorCounts>(ToolDiagnostics.BadTopName(top));
        }

        if (ExternalTool.Missing(ExternalTool.Yosys) is { Count: > 0 } missing)
        {
            return Checked.Fail<VendorCounts>(missing);
        }

        var directory = Directory.CreateDirectory(Path.GetFullPath(workDirectory)).FullName;
        string PathOf(string extension) => Path.Combine(directory, $"{top}.{extension}");
        File.Delete(PathOf("stat.json"));
        await File.WriteAllTextAsync(PathOf("v"), verilogText, cancellation).ConfigureAwait(false);
        await File.WriteAllTextAsync(PathOf("ys"), Script(top, family, dsps), cancellation).ConfigureAwait(false);
        var run = await ToolProcess.RunAsync(
            new ToolCommand(ExternalTool.Yosys.Locate()!, ["-q", "-s", $"{top}.ys"], directory)
            {
                TimeLimit = options.StepLimit,
                MemoryLimitBytes = options.MemoryLimitBytes,
            }, cancellation).ConfigureAwait(false);
        File.Delete(Path.Combine(directory, ".yosys_history"));
        if (!run.Succeeded)
        {
            var errors = YosysNetlist.Errors($"{run.StandardError}\n{run.StandardOutput}");
            return Checked.Fail<VendorCounts>(run.TimedOut ? [ToolDiagnostics.TimedOut("yosys", options.StepLimit)]
                : errors.Count > 0 ? errors
                : [ToolDiagnostics.ToolFailed("yosys", run.ExitCode, run.LastLines())]);
        }

        return Read(await File.ReadAllTextAsync(PathOf("stat.json"), cancellation).ConfigureAwait(false), family, run);
    }

    private static Checked<VendorCounts> Read(string statJson, VendorFamily family, ToolRun run)
    {
        using var stat = JsonDocument.Parse(statJson);
        CellCount[] cells =
        [
            .. stat.RootElement.GetProperty("design").GetProperty("num_cells_by_type").EnumerateObject()
                .Select(c => new CellCount(c.Name, c.Value.GetInt32())).OrderBy(c => c.Type, StringComparer.Ordinal),
        ];
        if (cells.FirstOrDefault(c => family.Of(c.Type) is null) is { } unknown)
        {
            return Checked.Fail<VendorCounts>(ToolDiagnostics.UncountedCell(unknown.Type, family.Name));
        }

        return Checked.Ok(new VendorCounts(
            stat.RootElement.GetProperty("creator").GetString() ?? "Yosys", [.. cells],
            cells.Aggregate(new VendorResources(), (sum, c) => sum + (c.Count * family.Of(c.Type)!)), run.Elapsed, run.Sandboxed));
    }
}
