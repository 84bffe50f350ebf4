using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HwSeed.Hdl;

namespace HwSeed.Toolchain;

/// <summary>A cell on the die.</summary>
/// <param name="Name">Its name, with the hierarchy in front.</param>
/// <param name="Type">Its kind, as <c>ICESTORM_LC</c>.</param>
/// <param name="X">Column of its tile.</param>
/// <param name="Y">Row of its tile, 0 at the bottom.</param>
/// <param name="Z">Place inside of the tile.</param>
public sealed record PlacedCell(string Name, string Type, int X, int Y, int Z);

/// <summary>A step of a path: through a cell, or along a net.</summary>
/// <param name="Kind">nextpnr's word: clk-to-q, routing, logic, setup.</param>
/// <param name="Cell">The cell where it ends.</param>
/// <param name="Net">The net, for routing.</param>
/// <param name="DelayNs">Its delay.</param>
/// <param name="X">Column of the tile where it ends.</param>
/// <param name="Y">Row of the tile where it ends.</param>
public sealed record PathStep(string Kind, string Cell, string? Net, double DelayNs, int X, int Y)
{
    /// <summary>The design's own name for the net, or else for the cell: what synthesis put behind it is cut off.</summary>
    public string Signal => RoutedDesign.SignalOf(Net is { } net && !net.StartsWith('$') ? net : Cell);
}

/// <summary>What nextpnr's files say of a routed design: where cells are, and which path is the slowest.</summary>
/// <param name="Cells">All cells.</param>
/// <param name="CriticalPath">The steps of the slowest path from register to register; empty when there is none.</param>
public sealed partial record RoutedDesign(EquatableArray<PlacedCell> Cells, EquatableArray<PathStep> CriticalPath)
{
    /// <summary>The length of the slowest path.</summary>
    public double CriticalNs => CriticalPath.Sum(s => s.DelayNs);

    /// <summary>Reads the files that synthesis left in a folder with <see cref="SynthesisOptions.KeepPlacement"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="top">The top module.</param>
    public static RoutedDesign Read(string folder, string top)
    {
        using var placed = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"{top}.placed.json")));
        using var report = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, $"{top}.nextpnr.json")));
        return Read(placed.RootElement, report.RootElement);
    }

    internal static RoutedDesign Read(JsonElement placed, JsonElement report)
    {
        var cells = new List<PlacedCell>();
        foreach (var cell in placed.GetProperty("modules").EnumerateObject().First().Value.GetProperty("cells").EnumerateObject())
        {
            if (cell.Value.GetProperty("attributes").TryGetProperty("NEXTPNR_BEL", out var bel)
                && Place().Match(bel.GetString()!) is { Success: true } place)
            {
                cells.Add(new(cell.Name, cell.Value.GetProperty("type").GetString()!, Number("x"), Number("y"), Number("z")));

                int Number(string group) => place.Groups[group].Success && place.Groups[group].Length > 0
                    ? int.Parse(place.Groups[group].ValueSpan, CultureInfo.InvariantCulture)
                    : 0;
            }
        }

        // The paths are one a pair of domains; registers are in those that begin and end at an edge.
        var slowest = report.GetProperty("critical_paths").EnumerateArray()
            .Where(p => IsEdge(p.GetProperty("from")) && IsEdge(p.GetProperty("to")))
            .Select(p => p.GetProperty("path").EnumerateArray().Select(Step).ToEquatableArray())
            .OrderByDescending(p => p.Sum(s => s.DelayNs)).FirstOrDefault();
        return new([.. cells.OrderBy(c => c.Name, StringComparer.Ordinal)], slowest);
    }

    /// <summary>A signal's name without what synthesis adds: <c>a.b_SB_LUT4_O_I3_LC</c> is <c>a.b</c>.</summary>
    internal static string SignalOf(string name) => Added().Replace(name, "");

    private static bool IsEdge(JsonElement domain) => domain.GetString()!.Contains("edge ", StringComparison.Ordinal);

    private static PathStep Step(JsonElement step)
    {
        var to = step.GetProperty("to");
        var place = to.GetProperty("loc");
        return new(
            step.GetProperty("type").GetString()!, to.GetProperty("cell").GetString()!,
            step.TryGetProperty("net", out var net) ? net.GetString() : null,
            Math.Round(step.GetProperty("delay").GetDouble(), 3), place[0].GetInt32(), place[1].GetInt32());
    }

    [GeneratedRegex(@"^X(?<x>\d+)/Y(?<y>\d+)/[a-z_]*(?<z>\d*)")]
    private static partial Regex Place();

    [GeneratedRegex(@"(_SB_[A-Z]+.*|_\$.*|\$(SB|sb|CARRY|nextpnr).*|_(LC|DFFLC)$|_RAM$)")]
    private static partial Regex Added();
}
