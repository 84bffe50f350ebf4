using System.Globalization;
using System.Net;
using System.Text;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Coverage;

/// <summary>
/// Coverage as one self-contained HTML page: shares, every source with the hits of its lines, state machines as graphs,
/// and toggles. Light or dark as the reader's system is.
/// </summary>
public static class CoveragePage
{
    /// <summary>The page.</summary>
    /// <param name="report">What was covered.</param>
    /// <param name="sourceOf">The text of a source by its path; null when it is not to be had.</param>
    public static string Write(CoverageReport report, Func<string, string?> sourceOf)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Coverage of {Text(report.Top)}</title><style>{Style}</style></head><body>
            <h1>Coverage of {Text(report.Top)}</h1>
            <p class="note">{Count(report.Runs, "run")}, {Count(report.Cycles, "cycle")}</p>
            <div class="cards">
            """);
        Card(page, "statements", report.StatementShare);
        Card(page, "toggles", report.ToggleShare);
        Card(page, "states", report.StateShare);
        Card(page, "transitions", report.TransitionShare);
        page.Append("</div>\n");
        Sources(page, report, sourceOf);
        if (report.StateMachines.Count > 0)
        {
            page.Append("<h2>State machines</h2>\n");
        }

        foreach (var machine in report.StateMachines)
        {
            StateMachinePicture.Write(page, machine);
        }

        Toggles(page, report);
        return page.Append("</body></html>\n").ToString();
    }

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    internal static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Count(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    private static string Percent(CoverShare share) =>
        share.Points == 0 ? "none" : (100 * share.Share).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static void Card(StringBuilder page, string name, CoverShare share) => page.Append(
        CultureInfo.InvariantCulture,
        $"""
        <div class="card"><b>{Percent(share)}</b><span>{name}</span>{Bar(share)}<small>{Number(share.Covered)} of {Number(share.Points)}</small></div>

        """);

    private static string Bar(CoverShare share) => string.Create(
        CultureInfo.InvariantCulture, $"<i class=\"bar\"><i style=\"width:{100 * share.Share:F1}%\"></i></i>");

    private static void Sources(StringBuilder page, CoverageReport report, Func<string, string?> sourceOf)
    {
        foreach (var file in report.Statements.GroupBy(s => s.File))
        {
            var share = new CoverShare(file.Count(s => s.Hits > 0), file.Count());
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(file.Key)} <small>{Percent(share)} of its statements</small></h2>\n<table class=\"source\">\n");
            var byLine = file.GroupBy(s => s.Line).ToDictionary(g => g.Key, g => g.ToList());
            var lines = sourceOf(file.Key)?.ReplaceLineEndings("\n").Split('\n');
            var numbers = lines is null ? byLine.Keys.Order() : Enumerable.Range(1, lines.Length);
            foreach (var line in numbers)
            {
                var statements = byLine.GetValueOrDefault(line) ?? [];
                var kind = statements.Count == 0 ? "" : statements.TrueForAll(s => s.Hits > 0) ? "hit" : statements.Exists(s => s.Hits > 0) ? "part" : "miss";
                var hits = string.Join(" / ", statements.Select(s => Number(s.Hits)));
                page.Append(CultureInfo.InvariantCulture, $"<tr class=\"{kind}\"><td>{line}<td>{hits}<td>{Text(lines?[line - 1] ?? "")}\n");
            }

            page.Append("</table>\n");
        }
    }

    private static void Toggles(StringBuilder page, CoverageReport report)
    {
        page.Append("<h2>Toggles</h2>\n<p class=\"note\">Bits that were not seen to rise or to fall; a signal without any is covered.</p>\n");
        foreach (var scope in report.Toggles.GroupBy(t => t.Path.LastIndexOf('.') is var dot && dot < 0 ? "" : t.Path[..dot]))
        {
            var share = new CoverShare(scope.Sum(t => t.Covered), scope.Sum(t => t.Points));
            var name = scope.Key.Length == 0 ? report.Top : scope.Key;
            page.Append(CultureInfo.InvariantCulture, $"<details{(scope.Key.Length == 0 ? " open" : "")}><summary><code>{Text(name)}</code> {Percent(share)}</summary>\n<table class=\"toggles\"><tr><th>signal<th>bits<th>covered<th><th>did not rise<th>did not fall\n");
            foreach (var toggle in scope)
            {
                var own = new CoverShare(toggle.Covered, toggle.Points);
                page.Append(CultureInfo.InvariantCulture, $"<tr><td><code>{Text(toggle.Path[(toggle.Path.LastIndexOf('.') + 1)..])}</code><td class=\"n\">{toggle.Width}<td class=\"n\">{Percent(own)}<td>{Bar(own)}<td>{Missing(toggle.Rose)}<td>{Missing(toggle.Fell)}\n");
            }

            page.Append("</table></details>\n");
        }
    }

    // Ranges of bits that are zero, as 31:24, 3.
    private static string Missing(BitVector bits)
    {
        var ranges = new List<string>();
        for (var high = bits.Width - 1; high >= 0; high--)
        {
            var low = high;
            while (low >= 0 && ((bits.Unsigned >> low) & 1).IsZero)
            {
                low--;
            }

            if (low < high)
            {
                ranges.Add(high == low + 1 ? $"{high}" : $"{high}:{low + 1}");
                high = low;
            }
        }

        return string.Join(", ", ranges);
    }

    private const string Style = """

        :root{color-scheme:light dark;--bg:#fff;--fg:#1c2024;--dim:#6a737d;--line:#d8dee4;--card:#f6f8fa;--hit:#d7f5de;--part:#fff1c2;--miss:#ffdcd9;--good:#1a7f37;--bad:#cf222e}
        @media(prefers-color-scheme:dark){:root{--bg:#14171a;--fg:#e3e6e8;--dim:#8b949e;--line:#30363d;--card:#1c2126;--hit:#12361f;--part:#403408;--miss:#4a1a1c;--good:#3fb950;--bad:#f85149}}
        body{background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem}
        h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem}h2 small,.note,small{color:var(--dim);font-weight:400}
        .cards{display:flex;gap:1rem;flex-wrap:wrap}.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.8rem 1rem;min-width:10rem;flex:1}
        .card b{font-size:1.5rem;margin-right:.5rem}.bar{display:block;height:6px;border-radius:3px;background:var(--miss);margin:.3rem 0;min-width:6rem;overflow:hidden}.bar i{display:block;height:6px;background:var(--good)}
        table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600;color:var(--dim)}td,th{padding:.15rem .6rem}
        code,.source{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:13px}.source{border:1px solid var(--line);line-height:1.35}.source td{padding:0 .6rem;white-space:pre}
        .source td:nth-child(1),.source td:nth-child(2),.n{text-align:right;color:var(--dim);white-space:nowrap;width:1%}.source td:nth-child(2){border-right:1px solid var(--line)}
        .hit{background:var(--hit)}.part{background:var(--part)}.miss{background:var(--miss)}tr.miss td:nth-child(2){color:var(--bad);font-weight:600}
        .toggles tr{border-top:1px solid var(--line)}summary{cursor:pointer;padding:.3rem 0}.machine{display:flex;gap:2rem;flex-wrap:wrap;align-items:flex-start}.machine table{width:auto}
        svg text{fill:var(--fg);font:12px system-ui,sans-serif;text-anchor:middle}svg ellipse{stroke-width:2}
        """;
}
