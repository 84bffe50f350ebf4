namespace HwSeed.Sim.Traces.Text;

/// <summary>The characters of a waveform in text.</summary>
/// <param name="High">The level 1.</param>
/// <param name="Low">The level 0.</param>
/// <param name="Rise">From 0 to 1.</param>
/// <param name="Fall">From 1 to 0.</param>
/// <param name="Divider">Where a bus takes another value.</param>
/// <param name="Cut">Stands for digits that have no room.</param>
public sealed record WaveGlyphs(char High, char Low, char Rise, char Fall, char Divider, char Cut)
{
    /// <summary>Line drawing.</summary>
    public static WaveGlyphs Lines { get; } = new('▔', '▁', '╱', '╲', '│', '…');

    /// <summary>Only ASCII.</summary>
    public static WaveGlyphs Ascii { get; } = new('-', '_', '/', '\\', '|', '~');
}

/// <summary>How a waveform is laid out in text.</summary>
/// <param name="Columns">Characters of a line.</param>
/// <param name="Radix">How the values of buses are written.</param>
public sealed record WaveStyle(int Columns = 100, Radix Radix = Radix.Hexadecimal)
{
    /// <summary>What lines are drawn with.</summary>
    public WaveGlyphs Glyphs { get; init; } = WaveGlyphs.Lines;

    /// <summary>The name of a signal's value, such as a state's; null where it has none.</summary>
    public Func<WaveSignal, System.Numerics.BigInteger, string?> NameOf { get; init; } = (_, _) => null;
}
