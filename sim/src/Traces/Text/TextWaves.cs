using HwSeed.Hdl.Rtl;

namespace HwSeed.Sim.Traces.Text;

/// <summary>
/// Keeps a window of cycles to be shown as text (<see cref="WaveText"/>). The value of a cycle is the settled one before
/// its edge.
/// </summary>
/// <param name="from">First cycle of the window.</param>
/// <param name="cycles">Cycles at most.</param>
/// <param name="clock">A signal that is drawn as a clock; its values are not kept.</param>
public sealed class TextWaves(long from, int cycles, string? clock = null) : IWaveSink
{
    private readonly List<List<WaveValue>> _values = [];
    private BitVector[] _now = [];
    private long _pending = -1;

    /// <summary>Name of the top module.</summary>
    public string Top { get; private set; } = "";

    /// <summary>The signals.</summary>
    public IReadOnlyList<WaveSignal> Signals { get; private set; } = [];

    /// <summary>First cycle of the window.</summary>
    public long From => from;

    /// <summary>Cycles that came.</summary>
    public int Cycles { get; private set; }

    /// <summary>The values of a signal in the window, each with the cycle of the window in which it begins.</summary>
    public IReadOnlyList<WaveValue> this[int signal] => _values[signal];

    /// <summary>Whether a signal is drawn as a clock.</summary>
    public bool IsClock(int signal) => Signals[signal].Path == (clock ?? "clk") && Signals[signal].Width == 1
        && (clock is not null || signal == 0);

    /// <inheritdoc/>
    public void Begin(string top, IReadOnlyList<WaveSignal> signals)
    {
        (Top, Signals) = (top, signals);
        _now = [.. signals.Select(s => BitVector.Zero(s.Width))];
        _values.AddRange(signals.Select(_ => new List<WaveValue>()));
    }

    /// <inheritdoc/>
    public void Advance(long time)
    {
        Keep();
        _pending = time % WaveRecorder.Period == 0 ? time / WaveRecorder.Period : -1;
    }

    /// <inheritdoc/>
    public void Change(int signal, ReadOnlySpan<ulong> value) => _now[signal] = Simulator.ToBits(value, Signals[signal].Width);

    /// <inheritdoc/>
    public void End(long time) => Keep();

    /// <inheritdoc/>
    public void Dispose() => _pending = -1;

    private void Keep()
    {
        var cycle = _pending - from;
        _pending = -1;
        if (cycle < 0 || cycle >= cycles)
        {
            return;
        }

        for (var signal = 0; signal < _now.Length; signal++)
        {
            if (cycle == 0 || _values[signal][^1].Value != _now[signal])
            {
                _values[signal].Add(new((int)cycle, _now[signal]));
            }
        }

        Cycles = (int)cycle + 1;
    }
}

/// <summary>A value of a signal.</summary>
/// <param name="Cycle">The cycle of the window in which it begins.</param>
/// <param name="Value">The value.</param>
public readonly record struct WaveValue(int Cycle, BitVector Value);
