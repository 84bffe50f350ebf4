namespace HwSeed.Sim.Traces;

/// <summary>
/// A form in which waveforms are kept: a file, or a picture in text. It is told only what changes; values are 64-bit
/// words, least significant first. Disposing it closes its file.
/// </summary>
public interface IWaveSink : IDisposable
{
    /// <summary>Says what will come; once, before all else.</summary>
    /// <param name="top">Name of the top module.</param>
    /// <param name="signals">The signals; later calls name them by their place here.</param>
    void Begin(string top, IReadOnlyList<WaveSignal> signals);

    /// <summary>Time goes on to a later moment, in nanoseconds.</summary>
    void Advance(long time);

    /// <summary>A signal takes a value at the present moment; at the first moment every signal does.</summary>
    void Change(int signal, ReadOnlySpan<ulong> value);

    /// <summary>Nothing more changes until this moment, and then the waveform ends.</summary>
    void End(long time);
}
