using HwSeed.Sim;

namespace HwSeed.VerilatorTests.Soc;

/// <summary>
/// The rules of a ready/valid channel, whoever drives it: what was offered and not taken is offered again, unchanged. Counts
/// what moves.
/// </summary>
internal sealed class StreamChecker(Simulator simulator, string name, string valid, string ready, params string[] payload)
{
    private readonly PortHandle _valid = simulator.Port(valid);
    private readonly PortHandle _ready = simulator.Port(ready);
    private readonly PortHandle[] _payload = [.. payload.Select(simulator.Port)];
    private ulong[]? _refused;

    /// <summary>Words that moved.</summary>
    public long Moved { get; private set; }

    /// <summary>Whether a word moves at the coming edge.</summary>
    public bool Moves => simulator.Peek(_valid) == 1 && simulator.Peek(_ready) == 1;

    /// <summary>Looks at the settled channel before an edge.</summary>
    public void Observe(bool inReset)
    {
        var (isValid, isReady) = (simulator.Peek(_valid) == 1, simulator.Peek(_ready) == 1);
        ulong[] now = [.. _payload.SelectMany(p => simulator.PeekWords(p).ToArray())];
        if (_refused is { } before && !inReset)
        {
            Assert.That(isValid, $"{name}: valid fell before acceptance, cycle {simulator.Cycles}");
            Assert.That(now, Is.EqualTo(before), $"{name}: the payload changed before acceptance, cycle {simulator.Cycles}");
        }

        Moved += isValid && isReady && !inReset ? 1 : 0;
        _refused = isValid && !isReady && !inReset ? now : null;
    }
}
