namespace HwSeed.Sim.Stimulus;

/// <summary>Random values of one input by a seed: corners as often as noise.</summary>
/// <param name="seed">The same seed gives the same values.</param>
internal sealed class RandomWords(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for a name: what else is drawn elsewhere does not change it.</summary>
    public static RandomWords For(ulong seed, string name)
    {
        // FNV-1a (Fowler, Noll and Vo), which is the same in every process.
        var hash = 0xCBF29CE484222325;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 0x100000001B3;
        }

        return new(hash ^ new RandomWords(seed).Next());
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        // SplitMix64 (Steele, Lea and Flood, 2014): runs must replay for years, so the algorithm is written out.
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number below a bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>Whether something of a probability, in thousandths, happens.</summary>
    public bool Happens(int thousandths) => Below(1000) < thousandths;

    /// <summary>Draws a value of a width in place of the one that stands there: a small one, ones, a single bit, one bit changed, noise.</summary>
    public void Draw(Span<ulong> words, int width)
    {
        switch (Below(8))
        {
            case 0:
                words.Clear();
                words[0] = (ulong)Below(16);
                break;
            case 1:
                words.Fill(ulong.MaxValue);
                words[0] -= (ulong)Below(3);
                break;
            case 2:
                words.Clear();
                words[(width - 1) / 64] = 1UL << ((width - 1) % 64);
                words[0] -= (ulong)Below(2);
                break;
            case 3:
                var bit = Below(width);
                words[bit / 64] ^= 1UL << (bit % 64);
                break;
            default:
                foreach (ref var word in words)
                {
                    word = Next();
                }

                break;
        }

        if (width % 64 != 0)
        {
            words[^1] &= (1UL << (width % 64)) - 1;
        }
    }
}
