using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Coverage;
using HwSeed.Sim.Traces;

namespace HwSeed.Sim.Stimulus;

/// <summary>
/// Drives a simulator cycle by cycle: inputs are poked, the design settles, values are looked at, and then the clock has
/// its edges. Waves and coverage are recorded when they are asked for.
/// </summary>
public sealed class TestBench : IDisposable
{
    private readonly PortHandle? _clock;
    private bool _settled;

    /// <summary>A bench for a simulator at power-up.</summary>
    /// <param name="simulator">The design.</param>
    /// <param name="clock">The input that is the clock; null for the implicit one, or for none.</param>
    public TestBench(Simulator simulator, string? clock = null)
    {
        Simulator = simulator;
        _clock = clock is null ? null : simulator.Port(clock);
    }

    /// <summary>The design.</summary>
    public Simulator Simulator { get; }

    /// <summary>The input that the bench drives as the clock.</summary>
    public string? Clock => _clock?.Name;

    /// <summary>Record waves; disposed with this.</summary>
    public IReadOnlyList<WaveRecorder> Waves { get; init; } = [];

    /// <summary>Records coverage.</summary>
    public CoverageRecorder? Coverage { get; init; }

    /// <summary>Cycles that are over.</summary>
    public long Cycle { get; private set; }

    /// <summary>Drives an input in this cycle and the next ones.</summary>
    public void Poke(string input, BitVector value)
    {
        var port = Simulator.Port(input);
        var limbs = new ulong[port.Limbs];
        Simulator.CopyLimbs(value, limbs);
        Simulator.Poke(port, limbs);
        _settled = false;
    }

    /// <summary>Lets the inputs of this cycle take effect; stepping does it when needed.</summary>
    public void Settle()
    {
        if (_settled)
        {
            return;
        }

        Coverage?.Changing();
        Simulator.Evaluate();
        _settled = true;
    }

    /// <summary>The settled value of any signal.</summary>
    public BitVector Peek(string path)
    {
        Settle();
        return Simulator.Peek(path);
    }

    /// <summary>Ends the cycle: what there is to record is recorded, and the clock has its edges.</summary>
    public void Step()
    {
        Settle();
        Coverage?.Settled();
        Record(half: false);
        if (_clock is { } quiet && Coverage is null && Waves.Count == 0)
        {
            Simulator.Step(quiet, 1);
        }
        else if (_clock is { } clock)
        {
            Edge(clock, 1);
            Coverage?.Settled(beginsCycle: false);
            Record(half: true);
            Edge(clock, 0);
        }
        else if (Simulator.Netlist.Design.Top.HasImplicitClock)
        {
            Simulator.Step();
        }

        Cycle++;
        _settled = false;
    }

    /// <summary>Ends the waves.</summary>
    public void Dispose()
    {
        foreach (var recorder in Waves)
        {
            recorder.Dispose();
        }
    }

    private void Record(bool half)
    {
        foreach (var recorder in Waves)
        {
            if (half)
            {
                recorder.SampleHalf();
            }
            else
            {
                recorder.Sample();
            }
        }
    }

    private void Edge(PortHandle clock, ulong level)
    {
        Simulator.Poke(clock, level);
        Coverage?.Changing();
        Simulator.Evaluate();
    }
}
