using System.Net;
using System.Text;
using HwSeed.Agent.Seeds;
using HwSeed.Brain.Files;

namespace HwSeed.Agent.Flow.Boards;

/// <summary>What was verified of a board's bitstream, as a page beside it.</summary>
public static class BoardPage
{
    /// <summary>Name of the page.</summary>
    public const string Name = "verification.html";

    /// <summary>Takes an earlier page away: it says nothing of a folder that is about to be looked at.</summary>
    /// <param name="folder">The board's folder; may be absent.</param>
    public static void Remove(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <summary>Writes the page.</summary>
    /// <param name="folder">The board's folder.</param>
    /// <param name="given">What was verified.</param>
    /// <param name="found">How it ended.</param>
    /// <param name="seed">The seed of the operands.</param>
    public static void Write(string folder, BoardBitstream given, BoardVerification found, Seed seed)
    {
        var (request, text) = (given.Request, new StringBuilder());
        var title = E($"{request.Architecture.Name} on the {request.Board.Title}: {(found.Passed ? "verified" : "mismatch")}");
        text.Append($$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>{{title}}</title>
            <style>
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #1b2530; background: #fff }
            h1 { font-size: 1.4rem } table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #dde3ea }
            td.n, th.n { text-align: right; font-variant-numeric: tabular-nums } code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere }
            </style></head><body>
            <h1>{{title}}</h1>
            <p>Level: <b>{{E(found.Level(seed))}}</b>. Compared: {{E(BoardVerification.Compared)}}.</p>
            <p>Not compared: {{E(BoardVerification.NotCompared)}}.</p>
            <p><code>board.bin</code>, SHA-256 <code>{{found.Sha256}}</code>, came out again with seed {{given.Seed}} of place and route.
            Its netlist: {{found.Netlist.LogicCells}} logic cells, {{found.Netlist.Brams}} block memories, {{found.Netlist.Dsps}} DSP blocks, {{found.Netlist.Plls}} PLL.</p>
            <table><tr><th>netlist in<th>product<th class="n">clock cycles<th>every output pin</tr>

            """.ReplaceLineEndings("\n"));
        foreach (var (comparison, each) in found.Comparisons.SelectMany(c => c.Cases.Select(r => (c, r))))
        {
            text.Append($"<tr><td>{E(comparison.Model)}<td>{each.Shape}<td class=\"n\">{each.Lockstep.Cycles}<td>{E(each.Verdict)}</tr>\n");
        }

        text.Append("</table>\n");
        foreach (var skipped in found.Skipped)
        {
            text.Append($"<p>Not run: {E(skipped.ToString())}</p>\n");
        }

        AtomicFile.WriteText(Path.Combine(folder, Name), text.Append("</body></html>\n").ToString());
    }

    private static string E(string text) => WebUtility.HtmlEncode(text);
}
