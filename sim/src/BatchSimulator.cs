using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation.Batches;
using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim;

/// <summary>
/// Runs one design with many stimuli at once, each in its own lane of SIMD vectors; every stimulus sees what a simulator of
/// its own would see. Machines without vectors, designs that divide numbers of over 64 bits and designs with loops of gates
/// get a simulator for each stimulus. Not thread-safe.
/// </summary>
public sealed class BatchSimulator
{
    private readonly Simulator _first;
    private readonly LaneBatch? _lanes;
    private readonly Simulator[] _single;
    private readonly PortHandle? _clock;

    private BatchSimulator(Netlist netlist, int stimuli, LaneMachine machine)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stimuli, 1);
        Stimuli = stimuli;
        _first = Simulator.Compile(netlist, LaneMachine.Off).OrThrow();
        _lanes = LaneBatch.Of(netlist, _first, stimuli, machine);
        _single = _lanes is not null ? []
            : [_first, .. Enumerable.Range(1, stimuli - 1).Select(_ => Simulator.Compile(netlist, LaneMachine.Off).OrThrow())];
        _clock = _first.OnlyClock;
        PowerUp();
    }

    /// <summary>Stimuli that run side by side.</summary>
    public int Stimuli { get; }

    /// <summary>Whether stimuli share vectors, rather than having a simulator each.</summary>
    public bool UsesLanes => _lanes is not null;

    /// <summary>The top module's ports, in order.</summary>
    public IReadOnlyCollection<PortHandle> Ports => _first.Ports;

    /// <summary>Compiles a design for a number of stimuli. HW1040, HW1042, HW1043: it cannot be elaborated.</summary>
    public static Checked<BatchSimulator> Compile(Design design, int stimuli) =>
        Netlist.Elaborate(design).Then(netlist => Compile(netlist, stimuli, LaneMachine.Best));

    internal static Checked<BatchSimulator> Compile(Netlist netlist, int stimuli, LaneMachine machine) =>
        Checked.Ok(new BatchSimulator(netlist, stimuli, machine));

    /// <summary>The port of a name; throws <see cref="KeyNotFoundException"/> when the top has none.</summary>
    public PortHandle Port(string name) => _first.Port(name);

    /// <summary>Drives an input of one stimulus; bits above its width are dropped.</summary>
    public void Poke(PortHandle input, int stimulus, params ReadOnlySpan<ulong> limbs)
    {
        RequireStimulus(stimulus);
        if (input.Direction != PortDirection.Input)
        {
            throw new ArgumentException($"port '{input.Name}' is not an input");
        }

        if (_lanes is null)
        {
            _single[stimulus].Poke(input, limbs);
        }
        else
        {
            _lanes.Poke(input, stimulus, limbs);
        }
    }

    /// <summary>The settled value of a port of one stimulus, its low 64 bits.</summary>
    public ulong Peek(PortHandle port, int stimulus)
    {
        var limbs = new ulong[port.Limbs];
        Peek(port, stimulus, limbs);
        return limbs[0];
    }

    /// <summary>The settled value of a port of one stimulus, least significant word first.</summary>
    public void Peek(PortHandle port, int stimulus, Span<ulong> limbs)
    {
        RequireStimulus(stimulus);
        if (_lanes is null)
        {
            _single[stimulus].Peek(port, limbs);
        }
        else
        {
            _lanes.Peek(port, stimulus, limbs);
        }
    }

    /// <summary>Settles all stimuli. Peeking does it when needed; where the order of input changes matters, call it between them.</summary>
    public void Evaluate()
    {
        _lanes?.Evaluate();
        foreach (var simulator in _single)
        {
            simulator.Evaluate();
        }
    }

    /// <summary>An edge of the implicit clock, or a pulse of the design's only clock, in every stimulus.</summary>
    public void Step() => Step(1);

    /// <summary>Edges of the implicit clock, or pulses of the design's only clock, with unchanged inputs, in every stimulus.</summary>
    public void Step(long edges)
    {
        if (_clock is { } clock)
        {
            Step(clock, edges);
            return;
        }

        _lanes?.Step(edges);
        foreach (var simulator in _single)
        {
            simulator.Step(edges);
        }
    }

    /// <summary>Pulses of a clock input with unchanged inputs, in every stimulus; the clock is low afterwards.</summary>
    public void Step(PortHandle clock, long pulses)
    {
        if (clock.Direction != PortDirection.Input || clock.Width != 1)
        {
            throw new ArgumentException($"port '{clock.Name}' is no input of one bit");
        }

        _lanes?.Step(clock, pulses);
        foreach (var simulator in _single)
        {
            simulator.Step(clock, pulses);
        }
    }

    /// <summary>Back to power-up, in every stimulus.</summary>
    public void PowerUp()
    {
        foreach (var simulator in _single.Prepend(_first))
        {
            simulator.PowerUp();
        }

        _lanes?.PowerUp();
    }

    private void RequireStimulus(int stimulus)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(stimulus);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(stimulus, Stimuli);
    }
}
