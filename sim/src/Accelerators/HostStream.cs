namespace HwSeed.Sim.Accelerators;

/// <summary>The host's end of a stream into the engine: offers its words in order, and holds one until it is taken.</summary>
internal sealed class HostStream(
    Simulator simulator, string name, ReadOnlyMemory<ulong> limbs, int limbsPerWord, Stalls stalls)
{
    private readonly PortHandle _valid = simulator.Port($"{name}_valid");
    private readonly PortHandle _ready = simulator.Port($"{name}_ready");
    private readonly PortHandle _data = simulator.Port($"{name}_data");
    private bool _offered;

    public string Name => name;

    public int Count { get; } = limbs.Length / limbsPerWord;

    public int Accepted { get; private set; }

    /// <summary>Drives the ports for the coming edge.</summary>
    public void Offer(bool mayStall)
    {
        if (!_offered && Accepted < Count && !(mayStall && stalls.Next()))
        {
            _offered = true;
            simulator.Poke(_data, limbs.Span.Slice(Accepted * limbsPerWord, limbsPerWord));
        }

        simulator.Poke(_valid, _offered ? 1UL : 0);
    }

    /// <summary>Whether the offered word moves at the coming edge.</summary>
    public void Observe()
    {
        if (_offered && simulator.Peek(_ready) == 1)
        {
            Accepted++;
            _offered = false;
        }
    }
}

/// <summary>Decides in which cycles a stream stalls.</summary>
internal sealed class Stalls
{
    private readonly Random? _random;
    private readonly double _probability;

    public Stalls(AcceleratorRunOptions options, int stream)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.StallProbability, 1);
        _random = options.StallSeed is { } seed ? new(HashSeed(seed, stream)) : null;
        _probability = options.StallProbability;
    }

    public bool Next() => _random is not null && _random.NextDouble() < _probability;

    // Streams of one seed must differ, and HashCode.Combine is randomised for each process.
    private static int HashSeed(int seed, int stream) => unchecked((seed * 1_000_003) + (stream * 7919));
}
