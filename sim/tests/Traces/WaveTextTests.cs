using HwSeed.Sim.Tests.Oracles;
using HwSeed.Sim.Traces;
using HwSeed.Sim.Traces.Text;

namespace HwSeed.Sim.Tests.Traces;

/// <summary>Waveforms as text, as a terminal and a test see them.</summary>
public sealed class WaveTextTests
{
    private static readonly string[] s_states = ["GREEN", "YELLOW", "RED"];

    [Test]
    public void A_window_of_cycles_is_drawn_one_line_a_signal() => Check(
        new(80) { NameOf = StateName },
        new(0, 16),
        ["rst", "car", "state", "timer", "go"],
        """
        cycle       0   1   2   3   4   5   6   7   8   9   10  11  12  13  14  15
        clk         ╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁╱▔╲▁
        rst         ▔▔▔▔▔▔▔▔╲▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
        car         ▔▔▔▔▔▔▔▔╲▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁╱▔▔▔╲▁▁▁╱▔▔▔▔▔▔▔╲▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
        state[1:0]  │GREEN                              │YELLOW     │RED
        timer[3:0]  │0                                  │2  │1  │0  │4  │3  │2  │1
        go          ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔╲▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
        """);

    [Test]
    public void What_does_not_fit_goes_on_below_and_wide_values_lose_their_upper_digits() => Check(
        new(60),
        new(10, 6),
        ["car", "state", "wide"],
        """
        cycle       10        11        12        13
        clk         ╱▔▔▔▔╲▁▁▁▁╱▔▔▔▔╲▁▁▁▁╱▔▔▔▔╲▁▁▁▁╱▔▔▔▔╲▁▁▁▁
        car         ▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔▔╲▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
        state[1:0]  │1                  │2
        wide[79:0]  │…00000001│1        │…00000002│…00000002

        cycle       14        15
        clk         ╱▔▔▔▔╲▁▁▁▁╱▔▔▔▔╲▁▁▁▁
        car         ▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
        state[1:0]  │2
        wide[79:0]  │…00000002│…00000002
        """);

    [Test]
    public void Values_are_written_in_the_radix_that_is_asked_for() => Check(
        new(72, Radix.Binary) { Glyphs = WaveGlyphs.Ascii },
        new(8, 10),
        ["clk", "timer", "done"],
        """
        cycle       8   9   10  11  12  13  14  15  16  17
        clk         /-\_/-\_/-\_/-\_/-\_/-\_/-\_/-\_/-\_/-\_
        timer[3:0]  |0  |10 |1  |0  |100|11 |10 |1  |0  |100
        done        ----\_______/---\_______________/---\___
        """);

    [TestCase(Radix.Hexadecimal, "f5")]
    [TestCase(Radix.Decimal, "245")]
    [TestCase(Radix.Signed, "-11")]
    [TestCase(Radix.Binary, "11110101")]
    public void Digits_of_a_radix(Radix radix, string digits) =>
        Assert.That(WaveText.Digits(new(-11, 8), radix), Is.EqualTo(digits));

    [Test]
    public void A_window_beyond_the_run_is_empty()
    {
        var waves = new TextWaves(100, 8);
        var simulator = Simulator.Compile(TrafficLight.Design()).OrThrow();
        using (var recorder = new WaveRecorder(simulator, ["rst"], waves))
        {
            TrafficLight.Run(simulator, 20, 1, recorder.Sample);
        }

        Assert.That((waves.Cycles, WaveText.Draw(waves, new()).Count), Is.EqualTo((0, 0)));
    }

    private static string? StateName(WaveSignal signal, System.Numerics.BigInteger value) =>
        signal.Path == "state" && value < s_states.Length ? s_states[(int)value] : null;

    private static void Check(WaveStyle style, TextWaves waves, IReadOnlyList<string> signals, string expected)
    {
        var simulator = Simulator.Compile(TrafficLight.Design()).OrThrow();
        using (var recorder = new WaveRecorder(simulator, [.. signals.Where(s => s != "clk")], waves))
        {
            TrafficLight.Run(simulator, 40, 1, recorder.Sample);
        }

        var text = WaveText.Render(waves, style);
        Assert.That(text, Is.EqualTo(expected + "\n"), $"\n{text}");
        Assert.That(text.Split('\n').Max(l => l.Length), Is.LessThanOrEqualTo(style.Columns));
    }
}
