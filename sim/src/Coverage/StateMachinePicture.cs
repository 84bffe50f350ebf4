using System.Globalization;
using System.Numerics;
using System.Text;

namespace HwSeed.Sim.Coverage;

/// <summary>A state machine on a coverage page: a graph, when it is small enough to be read, and tables.</summary>
internal static class StateMachinePicture
{
    private const int MostDrawn = 16;
    private const int Height = 24;

    public static void Write(StringBuilder page, StateMachineCover machine)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h3><code>{CoveragePage.Text(machine.Register)}</code></h3>\n<div class=\"machine\">\n");
        if (machine.States.Count <= MostDrawn)
        {
            Draw(page, machine);
        }

        page.Append("<table><tr><th>state<th>cycles\n");
        foreach (var state in machine.States)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr class=\"{Kind(state.Visits)}\"><td><code>{CoveragePage.Text(state.Label)}</code><td class=\"n\">{CoveragePage.Number(state.Visits)}\n");
        }

        page.Append("</table>\n<table><tr><th>transition<th>seen\n");
        var labels = machine.States.ToDictionary(s => s.Value, s => CoveragePage.Text(s.Label));
        foreach (var move in machine.Transitions)
        {
            var kind = move.Expected ? Kind(move.Count) : "";
            page.Append(CultureInfo.InvariantCulture, $"<tr class=\"{kind}\"><td><code>{labels[move.From]} → {labels[move.To]}</code>{(move.Expected ? "" : " <small>reset</small>")}<td class=\"n\">{CoveragePage.Number(move.Count)}\n");
        }

        page.Append("</table></div>\n");
    }

    private static string Kind(long count) => count > 0 ? "hit" : "miss";

    private static void Draw(StringBuilder page, StateMachineCover machine)
    {
        // States on a circle, the first at the top; longer names need more room.
        var count = machine.States.Count;
        var ring = count == 1 ? 0 : Math.Max(70, count * 26);
        var margin = machine.States.Max(s => Width(s.Label)) + 10;
        var size = (2 * ring) + (2 * margin);
        var places = new Dictionary<BigInteger, (double X, double Y, double Wide)>();
        for (var at = 0; at < count; at++)
        {
            var angle = (2 * Math.PI * at / count) - (Math.PI / 2);
            var state = machine.States[at];
            places[state.Value] = ((size / 2) + (ring * Math.Cos(angle)), (size / 2) + (ring * Math.Sin(angle)), Width(state.Label));
        }

        page.Append(CultureInfo.InvariantCulture, $"<svg width=\"{size}\" height=\"{size}\" role=\"img\" aria-label=\"state graph\">");
        foreach (var (colour, name) in (ReadOnlySpan<(string, string)>)[("good", "g"), ("bad", "b"), ("dim", "d")])
        {
            page.Append(CultureInfo.InvariantCulture, $"<marker id=\"{name}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"var(--{colour})\"/></marker>");
        }

        foreach (var move in machine.Transitions)
        {
            Arrow(page, places[move.From], places[move.To], move);
        }

        foreach (var state in machine.States)
        {
            var (x, y, wide) = places[state.Value];
            var (fill, line) = state.Visits > 0 ? ("hit", "good") : ("miss", "bad");
            page.Append(CultureInfo.InvariantCulture, $"<ellipse cx=\"{x:F1}\" cy=\"{y:F1}\" rx=\"{wide:F1}\" ry=\"{Height}\" fill=\"var(--{fill})\" stroke=\"var(--{line})\"/><text x=\"{x:F1}\" y=\"{y + 4:F1}\">{CoveragePage.Text(state.Label)}</text>");
        }

        page.Append("</svg>\n");
    }

    // Half of the width that a name needs.
    private static double Width(string label) => Math.Max(Height, (3.6 * label.Length) + 10);

    // A curve to the left of the straight way, so that there and back do not lie on each other.
    private static void Arrow(
        StringBuilder page, (double X, double Y, double Wide) from, (double X, double Y, double Wide) to, TransitionCover move)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = Math.Max(1, Math.Sqrt((dx * dx) + (dy * dy)));
        var bend = Math.Min(30, length / 6);
        var middle = (X: ((from.X + to.X) / 2) + (dy / length * bend), Y: ((from.Y + to.Y) / 2) - (dx / length * bend));
        var start = Towards(from, middle, 1);
        var end = Towards(to, middle, 3);
        var (colour, marker) = !move.Expected ? ("dim", "d") : move.Count > 0 ? ("good", "g") : ("bad", "b");
        var dashes = move.Expected && move.Count == 0 ? " stroke-dasharray=\"4 3\"" : "";
        page.Append(CultureInfo.InvariantCulture, $"<path d=\"M{start.X:F1} {start.Y:F1}Q{middle.X:F1} {middle.Y:F1} {end.X:F1} {end.Y:F1}\" fill=\"none\" stroke=\"var(--{colour})\" stroke-width=\"1.5\"{dashes} marker-end=\"url(#{marker})\"/>");
    }

    // The point on the border of a state, and a little outside, on the way to another point.
    private static (double X, double Y) Towards((double X, double Y, double Wide) from, (double X, double Y) to, double outside)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = Math.Max(1, Math.Sqrt((dx * dx) + (dy * dy)));
        var (cos, sin) = (dx / length, dy / length);
        var distance = outside + (from.Wide * Height / Math.Sqrt((Height * cos * Height * cos) + (from.Wide * sin * from.Wide * sin)));
        return (from.X + (cos * distance), from.Y + (sin * distance));
    }
}
