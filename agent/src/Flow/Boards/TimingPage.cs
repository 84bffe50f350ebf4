using System.Globalization;
using System.Net;
using System.Text;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>Use and timing as one page without anything from elsewhere.</summary>
internal static class TimingPage
{
    public static string Write(BoardReport report)
    {
        var text = new StringBuilder();
        text.Append($$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>{{E(report.Architecture)}} on {{E(report.Board)}}</title>
            <style>
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #1b2530; background: #fff }
            h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
            table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #dde3ea }
            th { font-weight: 600; color: #51606f } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
            code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere } .bar { display: inline-block; height: .7rem; border-radius: 2px; vertical-align: middle }
            .routing { background: #d9822b } .logic, .clk-to-q, .setup { background: #2f6fb3 } .use { background: #3d8f5f } .made { color: #7a8794 }
            </style></head><body>

            """.ReplaceLineEndings("\n"));
        text.Append(I, $"<h1>{E(report.Architecture)} on {E(report.Board)}</h1>\n<p>{report.ClockMhz:0.###} MHz of {report.FmaxMhz:0.##} MHz routed ({100 * report.Margin:0.#} % margin); peak {report.PeakGmacs:0.###} GMAC/s. ");
        text.Append(I, $"{(report.Pll is { } pll ? $"PLL: {pll.InputMhz} MHz / {pll.Divr + 1} x {pll.Divf + 1} / {1 << pll.Divq}." : "On the oscillator.")} <a href=\"floorplan.svg\">Floorplan</a>.</p>\n");
        text.Append("<h2>Use</h2>\n<table><tr><th>resource<th class=\"n\">used<th class=\"n\">of<th class=\"n\">expected<th>share</tr>\n");
        foreach (var r in report.Resources)
        {
            var share = r.Available == 0 ? 0 : 100.0 * r.Used / r.Available;
            text.Append(I, $"<tr><td>{r.Name}<td class=\"n\">{r.Used:N0}<td class=\"n\">{r.Available:N0}<td class=\"n\">{r.Expected:N0}<td><span class=\"bar use\" style=\"width:{share * 1.5:0}px\"></span> {share:0.#} %</tr>\n");
        }

        text.Append(I, $"</table>\n<p class=\"made\">Block memories, DSP blocks and pins are counted before synthesis; logic cells are estimated, with a median error of {100 * report.LogicCellEstimateError:0.#} %.</p>\n");
        text.Append("<h2>Rounds of place and route</h2>\n<table><tr><th>round<th class=\"n\">PLL MHz<th class=\"n\">constraint MHz<th>seed: MHz<th class=\"n\">kept</tr>\n");
        foreach (var round in report.Rounds)
        {
            var attempts = string.Join(", ", round.Attempts.Select(a => string.Create(I, $"{a.Seed}: {(a.FmaxMhz is { } mhz ? mhz.ToString("0.##", I) : "not routed")}")));
            text.Append(I, $"<tr><td>{round.Purpose}<td class=\"n\">{round.ClockMhz:0.###}<td class=\"n\">{round.TargetMhz:0.###}<td>{attempts}<td class=\"n\">{round.KeptSeed}: {round.FmaxMhz:0.##}</tr>\n");
        }

        text.Append(I, $"</table>\n<h2>Slowest path: {report.CriticalNs:0.##} ns</h2>\n<p><span class=\"bar logic\" style=\"width:12px\"></span> cells, <span class=\"bar routing\" style=\"width:12px\"></span> wires. Grey names are logic that synthesis made beside the signal.</p>\n");
        text.Append("<table><tr><th class=\"n\">at ns<th class=\"n\">ns<th>step<th>signal<th>tile<th></tr>\n");
        var at = 0.0;
        foreach (var step in report.CriticalPath)
        {
            at += step.DelayNs;
            text.Append(I, $"<tr><td class=\"n\">{at:0.00}<td class=\"n\">{step.DelayNs:0.00}<td>{E(step.Kind)}<td><code{(step.Known ? "" : " class=\"made\"")}>{E(step.Signal)}</code><td>{step.X},{step.Y}<td><span class=\"bar {E(step.Kind)}\" style=\"width:{Math.Max(1, 60 * step.DelayNs):0}px\"></span></tr>\n");
        }

        return text.Append("</table>\n</body></html>\n").ToString();
    }

    private static CultureInfo I => CultureInfo.InvariantCulture;

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
