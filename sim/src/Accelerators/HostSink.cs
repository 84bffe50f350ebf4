namespace HwSeed.Sim.Accelerators;

/// <summary>The host's end of the result stream: takes words, and watches that an offered word stays.</summary>
internal sealed class HostSink(Simulator simulator, string name, int expected, Stalls stalls)
{
    private readonly PortHandle _valid = simulator.Port($"{name}_valid");
    private readonly PortHandle _ready = simulator.Port($"{name}_ready");
    private readonly PortHandle _data = simulator.Port($"{name}_data");
    private readonly ulong[] _words = new ulong[expected];
    private bool _takes;
    private ulong? _refused;

    public int Accepted { get; private set; }

    public bool IsDone => Accepted == _words.Length;

    public ulong[] Words => _words;

    /// <summary>Drives ready for the coming edge.</summary>
    public void Offer()
    {
        _takes = !stalls.Next();
        simulator.Poke(_ready, _takes ? 1UL : 0);
    }

    /// <summary>Takes the word that moves at the coming edge; false when a refused word is gone or another.</summary>
    public bool Observe()
    {
        var valid = simulator.Peek(_valid) == 1;
        var word = simulator.Peek(_data);
        if (_refused is { } before && !(valid && word == before))
        {
            return false;
        }

        _refused = valid && !_takes ? word : null;
        if (valid && _takes)
        {
            _words[Accepted++] = word;
        }

        return true;
    }
}
