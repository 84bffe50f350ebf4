using HwSeed.Hdl;

namespace HwSeed.Sim.Coverage;

/// <summary>Notes for every bit of every signal whether it has risen and fallen.</summary>
internal sealed class ToggleCounter
{
    private readonly SignalProbe _probe;
    private readonly ulong[] _last;
    private readonly ulong[] _rose;
    private readonly ulong[] _fell;
    private bool _started;

    public ToggleCounter(Simulator simulator)
    {
        _probe = simulator.Probe([.. simulator.Netlist.Nets.Select(n => n.Path)]);
        (_last, _rose, _fell) = (new ulong[_probe.Words.Length], new ulong[_probe.Words.Length], new ulong[_probe.Words.Length]);
    }

    public void Settled()
    {
        _probe.Sample();
        var now = _probe.Words;
        if (_started)
        {
            // Slices of equal length let the JIT drop the bounds checks.
            var last = _last.AsSpan(0, now.Length);
            var rose = _rose.AsSpan(0, now.Length);
            var fell = _fell.AsSpan(0, now.Length);
            for (var word = 0; word < now.Length; word++)
            {
                var changed = now[word] ^ last[word];
                rose[word] |= changed & now[word];
                fell[word] |= changed & last[word];
            }
        }

        now.CopyTo(_last);
        _started = true;
    }

    public EquatableArray<ToggleCover> Report()
    {
        var covers = new List<ToggleCover>();
        var at = 0;
        for (var signal = 0; signal < _probe.Paths.Count; signal++)
        {
            var (width, limbs) = (_probe.WidthOf(signal), _probe.Limbs(signal).Length);
            covers.Add(new(
                _probe.Paths[signal],
                Simulator.ToBits(_rose.AsSpan(at, limbs), width),
                Simulator.ToBits(_fell.AsSpan(at, limbs), width)));
            at += limbs;
        }

        return [.. covers];
    }
}
