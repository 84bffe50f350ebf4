using System.Globalization;
using System.Text;
using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Traces.Text;

/// <summary>What a line of a waveform in text shows.</summary>
public enum WaveLineKind
{
    /// <summary>Numbers of cycles.</summary>
    Ruler,

    /// <summary>One bit, as a line.</summary>
    Bit,

    /// <summary>Several bits, as values.</summary>
    Bus,

    /// <summary>Nothing, between two stretches of cycles.</summary>
    Gap,
}

/// <summary>A line of a waveform in text.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="Name">The signal, padded.</param>
/// <param name="Text">Its values.</param>
public sealed record WaveLine(WaveLineKind Kind, string Name, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => (Name + Text).TrimEnd();
}

/// <summary>
/// Draws waveforms as text, one line a signal: bits as lines, buses as values that shrink to the room they have, and a
/// ruler of cycles. What does not fit into the width goes on below.
/// </summary>
public static class WaveText
{
    private const int LeastCycle = 2;
    private const int LargestCycle = 10;

    /// <summary>The lines of a window.</summary>
    public static IReadOnlyList<WaveLine> Draw(TextWaves waves, WaveStyle style)
    {
        var longest = waves.Signals.Select(s => Label(s).Length).Append("cycle".Length).Max();
        var names = Math.Min(longest, Math.Max(8, style.Columns / 3));
        var room = Math.Max(LeastCycle, style.Columns - names - 2);
        var each = Math.Min(room, CycleWidth(waves, style, room));
        var perBlock = Math.Max(1, room / each);
        var lines = new List<WaveLine>();
        for (var start = 0; start < waves.Cycles; start += perBlock)
        {
            var end = Math.Min(waves.Cycles, start + perBlock);
            if (start > 0)
            {
                lines.Add(new(WaveLineKind.Gap, "", ""));
            }

            lines.Add(new(WaveLineKind.Ruler, Name("cycle", names, style), Ruler(waves.From + start, end - start, each)));
            for (var signal = 0; signal < waves.Signals.Count; signal++)
            {
                var shown = waves.Signals[signal];
                var isClock = waves.IsClock(signal);
                var text = isClock ? Clock(end - start, each, style.Glyphs)
                    : shown.Width == 1 ? Bit(waves[signal], start, end, each, style.Glyphs)
                    : Bus(shown, waves[signal], start, end, each, style);
                lines.Add(new(
                    shown.Width == 1 ? WaveLineKind.Bit : WaveLineKind.Bus,
                    Name(Label(shown), names, style),
                    text));
            }
        }

        return lines;
    }

    /// <summary>The lines as one text, as a test expects it.</summary>
    public static string Render(TextWaves waves, WaveStyle style) => string.Join('\n', Draw(waves, style)) + "\n";

    /// <summary>A value in a radix, without leading zeros and without its width.</summary>
    public static string Digits(BitVector value, Radix radix) => radix switch
    {
        Radix.Decimal => value.Unsigned.ToString(CultureInfo.InvariantCulture),
        Radix.Signed => value.Signed.ToString(CultureInfo.InvariantCulture),
        Radix.Binary => Trimmed(value.Unsigned.ToString("b", CultureInfo.InvariantCulture)),
        _ => Trimmed(value.Unsigned.ToString("x", CultureInfo.InvariantCulture)),
    };

    private static string Trimmed(string digits) => digits.TrimStart('0') is { Length: > 0 } rest ? rest : "0";

    private static string Label(WaveSignal signal) =>
        signal.Width == 1 ? signal.Path : string.Create(CultureInfo.InvariantCulture, $"{signal.Path}[{signal.Width - 1}:0]");

    private static string Name(string name, int width, WaveStyle style) =>
        (name.Length > width ? style.Glyphs.Cut + name[^(width - 1)..] : name).PadRight(width + 2);

    // Wide enough that a value which lasts one cycle is read in full, within bounds; wider when all cycles fit then.
    private static int CycleWidth(TextWaves waves, WaveStyle style, int room)
    {
        var wanted = LeastCycle;
        for (var signal = 0; signal < waves.Signals.Count; signal++)
        {
            var (shown, values) = (waves.Signals[signal], waves[signal]);
            for (var at = 0; shown.Width > 1 && at < values.Count; at++)
            {
                var lasts = (at + 1 < values.Count ? values[at + 1].Cycle : waves.Cycles) - values[at].Cycle;
                var needs = Text(shown, values[at].Value, style).Length + 1;
                wanted = Math.Max(wanted, (needs + lasts - 1) / lasts);
            }
        }

        wanted = Math.Min(wanted, LargestCycle);
        return Math.Max(wanted, Math.Min(4, room / Math.Max(1, waves.Cycles)));
    }

    private static string Ruler(long from, int cycles, int each)
    {
        var digits = (from + cycles).ToString(CultureInfo.InvariantCulture).Length;
        var step = 1;
        foreach (var next in (int[])[1, 2, 5, 10, 20, 50, 100])
        {
            step = next;
            if (next * each > digits + 1)
            {
                break;
            }
        }

        var text = new StringBuilder();
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            if ((from + cycle) % step == 0 && text.Length <= cycle * each)
            {
                text.Append(' ', (cycle * each) - text.Length).Append((from + cycle).ToString(CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    private static string Clock(int cycles, int each, WaveGlyphs glyphs)
    {
        var high = (each + 1) / 2;
        var one = each < 4
            ? new string(glyphs.High, high) + new string(glyphs.Low, each - high)
            : glyphs.Rise + new string(glyphs.High, high - 1) + glyphs.Fall + new string(glyphs.Low, each - high - 1);
        return string.Concat(Enumerable.Repeat(one, cycles));
    }

    private static string Bit(IReadOnlyList<WaveValue> values, int start, int end, int each, WaveGlyphs glyphs)
    {
        var text = new StringBuilder();
        foreach (var (cycle, lasts, value) in Stretches(values, start, end))
        {
            var high = !value.Unsigned.IsZero;
            var changes = cycle > 0 && values.Any(v => v.Cycle == cycle);
            text.Append(changes ? high ? glyphs.Rise : glyphs.Fall : high ? glyphs.High : glyphs.Low);
            text.Append(high ? glyphs.High : glyphs.Low, (lasts * each) - 1);
        }

        return text.ToString();
    }

    private static string Bus(WaveSignal signal, IReadOnlyList<WaveValue> values, int start, int end, int each, WaveStyle style)
    {
        var text = new StringBuilder();
        foreach (var (_, lasts, value) in Stretches(values, start, end))
        {
            var room = (lasts * each) - 1;
            var written = Text(signal, value, style);
            // Of a number the low digits are kept, of a name its beginning.
            var isName = style.NameOf(signal, value.Unsigned) is not null;
            text.Append(style.Glyphs.Divider).Append((written.Length <= room ? written
                : isName ? written[..(room - 1)] + style.Glyphs.Cut
                : style.Glyphs.Cut + written[^(room - 1)..]).PadRight(room));
        }

        return text.ToString();
    }

    private static IEnumerable<(int Cycle, int Lasts, BitVector Value)> Stretches(IReadOnlyList<WaveValue> values, int start, int end)
    {
        for (var at = 0; at < values.Count; at++)
        {
            var from = Math.Max(start, values[at].Cycle);
            var to = Math.Min(end, at + 1 < values.Count ? values[at + 1].Cycle : end);
            if (to > from)
            {
                yield return (from, to - from, values[at].Value);
            }
        }
    }

    private static string Text(WaveSignal signal, BitVector value, WaveStyle style) =>
        style.NameOf(signal, value.Unsigned) ?? Digits(value, style.Radix);
}
