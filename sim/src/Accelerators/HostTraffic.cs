namespace HwSeed.Sim.Accelerators;

/// <summary>What the host sends to an engine and how much it waits for.</summary>
/// <param name="Commands">The command stream, one 64-bit word each.</param>
/// <param name="Words">The input stream, <paramref name="LimbsPerWord"/> 64-bit limbs a word, least significant first.</param>
/// <param name="LimbsPerWord">Limbs of one input word, at least 1.</param>
/// <param name="OutputsExpected">Output words after which the run is done, at least 1.</param>
public sealed record HostTraffic(
    ReadOnlyMemory<ulong> Commands, ReadOnlyMemory<ulong> Words, int LimbsPerWord, int OutputsExpected)
{
    /// <summary>The residual stream of an engine that has one; empty for none.</summary>
    public ReadOnlyMemory<ulong> Residual { get; init; }

    /// <summary>Words of the input stream.</summary>
    public int WordCount => Words.Length / LimbsPerWord;
}
