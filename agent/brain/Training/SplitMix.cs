namespace HwSeed.Brain.Training;

/// <summary>SplitMix64 (Steele, Lea and Flood, 2014): small, seedable and the same everywhere.</summary>
internal sealed class SplitMix(ulong seed)
{
    private ulong _state = seed;

    public ulong Bits()
    {
        var x = _state += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    /// <summary>In [0,1).</summary>
    public double Unit() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>In [0,bound), by multiplication.</summary>
    public int Below(int bound) => (int)Math.BigMul(Bits(), (ulong)bound, out _);
}
