using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>What Yosys says of a synthesised design.</summary>
/// <param name="Creator">Name and version of the program.</param>
/// <param name="Luts">SB_LUT4 cells.</param>
/// <param name="FlipFlops">SB_DFF cells of every kind.</param>
/// <param name="Carries">SB_CARRY cells.</param>
/// <param name="Brams">SB_RAM40 cells of every kind.</param>
/// <param name="Dsps">SB_MAC16 cells.</param>
/// <param name="PortBits">Bits of the top module's ports: each takes a pin, used or not.</param>
internal sealed partial record YosysNetlist(
    string Creator, int Luts, int FlipFlops, int Carries, int Brams, int Dsps, int PortBits)
{
    /// <summary>Reads <c>stat -json</c> and the netlist of <c>write_json</c>.</summary>
    public static YosysNetlist Read(string statJson, Stream netlistJson, string top)
    {
        using var stat = JsonDocument.Parse(statJson);
        var cells = stat.RootElement.GetProperty("design").GetProperty("num_cells_by_type").EnumerateObject()
            .ToDictionary(c => c.Name, c => c.Value.GetInt32());
        int Count(string prefix) =>
            cells.Where(c => c.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(c => c.Value);

        using var netlist = JsonDocument.Parse(netlistJson);
        var ports = netlist.RootElement.GetProperty("modules").GetProperty(top).GetProperty("ports").EnumerateObject()
            .Sum(p => p.Value.GetProperty("bits").GetArrayLength());
        return new(stat.RootElement.GetProperty("creator").GetString() ?? "Yosys",
            Count("SB_LUT4"), Count("SB_DFF"), Count("SB_CARRY"), Count("SB_RAM40"), Count("SB_MAC16"), ports);
    }

    /// <summary>The errors that Yosys printed.</summary>
    public static IReadOnlyList<Diagnostic> Errors(string output) =>
    [
        .. ErrorLine().Matches(output).Select(m => ToolDiagnostics.YosysError(m.Groups["text"].Value.Trim(),
            m.Groups["file"].Success
                ? new SourceSpan(m.Groups["file"].Value, int.Parse(m.Groups["line"].Value, CultureInfo.InvariantCulture), 1)
                : null)),
    ];

    [GeneratedRegex(@"^((?<file>[^:\s]+):(?<line>\d+)[^ ]*: )?ERROR: (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
