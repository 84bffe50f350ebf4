namespace HwSeed.Sim.Traces;

/// <summary>
/// Watches chosen signals of a simulator and tells any number of sinks what changes. Cycle i lasts from 10i to 10i+10
/// ns and its inputs stand from 10i on. In a design with the implicit clock, <c>clk</c> is shown as a signal of its own
/// that rises between two cycles. Where the clock is a port it rises in the middle of the cycle, at 10i+5, so that what
/// happens at either edge is seen; call <see cref="SampleHalf"/> there.
/// </summary>
public sealed class WaveRecorder : IDisposable
{
    /// <summary>Nanoseconds of a cycle.</summary>
    public const int Period = 10;

    private readonly IReadOnlyList<IWaveSink> _sinks;
    private readonly SignalProbe _probe;
    private readonly ulong[][] _last;
    private readonly bool _drawsClock;
    private bool _started;

    /// <summary>Begins the waveform in all sinks; they are disposed with this.</summary>
    /// <param name="simulator">What is watched.</param>
    /// <param name="paths">Signals by path; null for all.</param>
    /// <param name="sinks">Who is told.</param>
    public WaveRecorder(Simulator simulator, IReadOnlyList<string>? paths, params IReadOnlyList<IWaveSink> sinks)
    {
        var netlist = simulator.Netlist;
        (_sinks, _drawsClock) = (sinks, netlist.Design.Top.HasImplicitClock);
        _probe = simulator.Probe(paths ?? [.. netlist.Nets.Where(n => n != netlist.ImplicitClock).Select(n => n.Path)]);
        var signals = _probe.Paths.Select(p => WaveSignal.Of(netlist, p)).ToList();
        _last = [.. signals.Select(s => new ulong[s.Limbs])];
        if (_drawsClock)
        {
            signals.Insert(0, new("clk", 1, Direction: Hdl.Rtl.PortDirection.Input));
        }

        foreach (var sink in sinks)
        {
            sink.Begin(netlist.Design.Top.Name, signals);
        }
    }

    /// <summary>Cycles sampled.</summary>
    public long Cycles { get; private set; }

    /// <summary>Takes the settled values of the next cycle; call it before the cycle's edge.</summary>
    public void Sample()
    {
        var time = Cycles * Period;
        Record(time, clock: _started);
        if (_drawsClock && Cycles > 0)
        {
            Advance(time + (Period / 2));
            TellClock(high: false);
        }

        Cycles++;
    }

    /// <summary>Takes the values after the rising edge of a clock that is a port, in the cycle sampled last.</summary>
    public void SampleHalf()
    {
        if (!_drawsClock)
        {
            Record((Cycles * Period) - (Period / 2), clock: false);
        }
    }

    /// <summary>Ends the last cycle and closes all sinks.</summary>
    public void Dispose()
    {
        foreach (var sink in _sinks)
        {
            sink.End(Cycles * Period);
            sink.Dispose();
        }
    }

    private void Record(long time, bool clock)
    {
        _probe.Sample();
        Advance(time);
        if (_drawsClock)
        {
            TellClock(clock);
        }

        var shift = _drawsClock ? 1 : 0;
        for (var signal = 0; signal < _last.Length; signal++)
        {
            var now = _probe.Limbs(signal);
            if (_started && now.SequenceEqual(_last[signal]))
            {
                continue;
            }

            now.CopyTo(_last[signal]);
            foreach (var sink in _sinks)
            {
                sink.Change(signal + shift, now);
            }
        }

        _started = true;
    }

    private void Advance(long time)
    {
        foreach (var sink in _sinks)
        {
            sink.Advance(time);
        }
    }

    private void TellClock(bool high)
    {
        foreach (var sink in _sinks)
        {
            sink.Change(0, [high ? 1UL : 0UL]);
        }
    }
}
