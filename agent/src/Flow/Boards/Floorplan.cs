using System.Globalization;
using System.Net;
using System.Text;
using HwSeed.Toolchain;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>The die with its cells, coloured by the part of the design that they belong to, and the slowest path over it.</summary>
internal static class Floorplan
{
    private const int Tile = 20;
    private const int Legend = 250;
    private static readonly string[] s_colours = ["#2f6fb3", "#d9822b", "#3d8f5f", "#a8446c", "#7a5ab5", "#1f9a9a", "#b39b1e", "#8a5a3b", "#5b7083"];

    public static string Write(RoutedDesign routed, BoardReport report)
    {
        var cells = routed.Cells.Where(c => c.Type is "ICESTORM_LC" or "ICESTORM_RAM" or "ICESTORM_DSP" or "SB_IO" or "ICESTORM_PLL").ToList();
        var (width, height) = Die(report.Device);
        var parts = cells.Where(c => c.Type == "ICESTORM_LC").GroupBy(c => Part(c.Name)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var colours = parts.Take(s_colours.Length - 1).Select((g, i) => (g.Key, Colour: s_colours[i])).ToDictionary(c => c.Key, c => c.Colour);
        var text = new StringBuilder();
        var (w, h) = (width * Tile, height * Tile);
        text.Append(string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -34 {w + Legend + 20} {h + 44}" width="{w + Legend + 20}" height="{h + 44}" font-family="sans-serif" font-size="13">
            <rect x="-10" y="-34" width="{w + Legend + 20}" height="{h + 44}" fill="#fff"/>
            <text x="0" y="-14" font-size="15">{WebUtility.HtmlEncode(report.Architecture)} on {report.Device}-{report.Package}, {report.ClockMhz:0.##} MHz</text>
            <rect width="{w}" height="{h}" fill="#f3f5f8" stroke="#9aa7b4"/>

            """).ReplaceLineEndings("\n"));
        foreach (var group in cells.GroupBy(c => c.Type == "ICESTORM_LC" ? colours.GetValueOrDefault(Part(c.Name), s_colours[^1]) : Fixed(c.Type)).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            // One path a colour keeps the file small.
            text.Append(CultureInfo.InvariantCulture, $"<path fill=\"{group.Key}\" d=\"");
            foreach (var cell in group)
            {
                text.Append(Shape(cell, height));
            }

            text.Append("\"/>\n");
        }

        if (report.CriticalPath.Count > 0)
        {
            var points = report.CriticalPath.Select(s => string.Create(CultureInfo.InvariantCulture, $"{(s.X * Tile) + (Tile / 2)},{((height - 1 - s.Y) * Tile) + (Tile / 2)}"));
            text.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"#d0021b\" stroke-width=\"2.5\" stroke-linejoin=\"round\" points=\"{string.Join(' ', points)}\"/>\n");
        }

        var y = 10;
        foreach (var part in parts.Take(s_colours.Length - 1))
        {
            Line(colours[part.Key], $"{part.Key}: {part.Count()}");
        }

        Line(s_colours[^1], $"other: {parts.Skip(s_colours.Length - 1).Sum(g => g.Count())}");
        foreach (var type in new[] { ("ICESTORM_RAM", "block memory"), ("ICESTORM_DSP", "DSP block"), ("ICESTORM_PLL", "PLL"), ("SB_IO", "pin") })
        {
            if (cells.Count(c => c.Type == type.Item1) is > 0 and var count)
            {
                Line(Fixed(type.Item1), $"{type.Item2}: {count}");
            }
        }

        Line("#d0021b", string.Create(CultureInfo.InvariantCulture, $"slowest path: {report.CriticalNs:0.##} ns"));
        return text.Append("</svg>\n").ToString();

        void Line(string colour, string words)
        {
            text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{w + 16}\" y=\"{y}\" width=\"12\" height=\"12\" fill=\"{colour}\"/><text x=\"{w + 34}\" y=\"{y + 11}\">{WebUtility.HtmlEncode(words)}</text>\n");
            y += 20;
        }
    }

    /// <summary>Two levels below the host port: enough to tell array, memories and units.</summary>
    private static string Part(string cell)
    {
        var levels = cell.Split('.');
        return levels.Length < 2 || levels[0] != BoardTop.Instance ? "board"
            : levels is [_, "link", "engine", var unit, _, ..] ? unit
            : levels is [_, "link", "engine", ..] ? "dispatcher"
            : "host port";
    }

    private static string Fixed(string type) => type switch
    {
        "ICESTORM_RAM" => "#233042",
        "ICESTORM_DSP" => "#5c2340",
        "ICESTORM_PLL" => "#c9b037",
        _ => "#6f7f8f",
    };

    // Eight cells of a tile are drawn in two columns of four.
    private static string Shape(PlacedCell cell, int height)
    {
        var (x, y) = (cell.X * Tile, (height - 1 - cell.Y) * Tile);
        return cell.Type switch
        {
            "ICESTORM_LC" => string.Create(CultureInfo.InvariantCulture, $"M{x + 1 + (cell.Z / 4 * 9)},{y + 15 - (cell.Z % 4 * 5)}h8v4h-8z"),
            "ICESTORM_RAM" => string.Create(CultureInfo.InvariantCulture, $"M{x + 1},{y + 1 - Tile}h{Tile - 2}v{(2 * Tile) - 2}h-{Tile - 2}z"),
            "ICESTORM_DSP" => string.Create(CultureInfo.InvariantCulture, $"M{x + 1},{y + 1 - (4 * Tile)}h{Tile - 2}v{(5 * Tile) - 2}h-{Tile - 2}z"),
            _ => string.Create(CultureInfo.InvariantCulture, $"M{x + 3},{y + 3 + (cell.Z % 2 * 8)}h14v6h-14z"),
        };
    }

    private static (int Width, int Height) Die(string device) => device.Split('-')[0] switch
    {
        "hx1k" => (14, 18),
        "up5k" => (26, 32),
        _ => (34, 34),
    };
}
