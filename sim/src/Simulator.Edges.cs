using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation;

namespace HwSeed.Sim;

/// <summary>How state changes: at edges of the implicit clock, and at edges of any one-bit signal.</summary>
public sealed unsafe partial class Simulator
{
    private readonly EdgePlan _plan;
    private readonly WordProgram _edges;
    private readonly Dictionary<PortHandle, WordProgram?> _pulses = [];
    private readonly WordProgram? _follow;

    // The program of the clock that was stepped last: looking it up takes longer than running it.
    private (int Slot, WordProgram? Program) _lastPulse = (-1, null);

    private bool _isAwake = true;
    private bool _hasStarted;
    private bool _settled;
    private bool _knowsOutputs;

    /// <summary>
    /// Settles the design for the inputs as they are: combinational logic and latches follow, the edges that this makes
    /// on any clock change state, and so on until nothing changes. Peeking does it when needed; where the order of input
    /// changes matters, call it between them. Throws <see cref="InvalidInputException"/> with HW1046 when it never ends.
    /// </summary>
    public void Evaluate()
    {
        Settle();
        if (!_knowsOutputs)
        {
            Run(_outputs, _outputWords, 1);
            _knowsOutputs = true;
        }
    }

    /// <summary>One rising edge of the implicit clock.</summary>
    public void Step() => Step(1);

    /// <summary>Rising edges of the implicit clock with unchanged inputs.</summary>
    public void Step(long edges)
    {
        if (Netlist.ImplicitClock is { } net)
        {
            Step(new PortHandle(net.Path, PortDirection.Input, Layout.SlotOf(net), 1), edges);
            return;
        }

        Cycles += edges;
        if (_plan.HasEvents)
        {
            for (; edges > 0; edges--)
            {
                Settle();
                _inputWords[Layout.ImplicitClock] = 1;
                Commit();
                _inputWords[Layout.ImplicitClock] = 0;
                Changed();
            }

            Settle();
            return;
        }

        StepAll(_edges, edges);
        Changed();
        if (_follow is not null)
        {
            Settle();
        }
    }

    /// <summary>
    /// Full pulses of a clock input with the other inputs unchanged: it rises, the design settles, it falls, the design
    /// settles. Much faster than poking the clock where no logic reads it and only its edges change state.
    /// </summary>
    /// <param name="clock">An input port of one bit; it is low afterwards.</param>
    /// <param name="pulses">How many.</param>
    public void Step(PortHandle clock, long pulses)
    {
        RequireDirection(clock, PortDirection.Input);
        ArgumentOutOfRangeException.ThrowIfNotEqual(clock.Width, 1);
        if (_inputWords[clock.Slot] != 0)
        {
            Poke(clock, 0);
        }

        Settle();
        if (_lastPulse.Slot != clock.Slot)
        {
            _lastPulse = (clock.Slot, PulseOf(clock));
        }

        var program = _toggles is null ? _lastPulse.Program : null;
        while (pulses > 0)
        {
            if (program is null)
            {
                Pulse(clock);
                pulses--;
                continue;
            }

            var phases = StepAll(program, pulses);
            var (full, half) = (phases / program.Phases, phases % program.Phases);
            Cycles += full;
            pulses -= full;
            Changed(_plan.StateWakes);
            if (half > 0)
            {
                // Another clock has moved while this one is high.
                _inputWords[clock.Slot] = 1;
                Layout.Write(_state.Span, _plan.Clocks.Before[Netlist.Top[clock.Name]], 1);
                Settle();
                Poke(clock, 0);
                Cycles++;
                pulses--;
            }

            Settle();
        }
    }

    private void Pulse(PortHandle clock)
    {
        Poke(clock, 1);
        Settle();
        Poke(clock, 0);
        Settle();
        Cycles++;
    }

    private void Changed(bool wakes = true)
    {
        (_settled, _knowsOutputs) = (false, false);
        _isAwake |= wakes;
    }

    private void Settle()
    {
        if (_settled)
        {
            return;
        }

        if (_plan.HasEvents && _isAwake)
        {
            Start();
            var rounds = 0;
            while (Commit())
            {
                if (++rounds == _patience)
                {
                    Race();
                }
                else if (rounds > _patience + EdgePlan.MostRounds)
                {
                    throw InvalidInputException.Of(SimulationDiagnostics.DoesNotSettle(EdgePlan.MostRounds));
                }
            }

            _isAwake = false;
        }
        else if (_follow is not null)
        {
            // What latches hold is read by the program that writes it, so it writes the other buffer first.
            Run(_follow, _next, 1);
            foreach (var latch in Netlist.Latches)
            {
                for (var limb = 0; limb < WideWords.LimbsOf(latch.Target.Width); limb++)
                {
                    var slot = Layout.SlotOf(latch.Target) + limb;
                    Layout.Write(_state.Span, slot, Layout.Read(_next.Span, slot));
                }
            }
        }

        _settled = true;
    }

    // One round: all edges since the last round at once. Whether there were any.
    private bool Commit()
    {
        Run(_edges, _next, 1);
        if (_toggles is not null)
        {
            AddToggles(_toggles);
        }

        (_state, _next) = (_next, _state);
        return Layout.Read(_state.Span, _plan.BusySlot) != 0;
    }

    // At power-up an input has no edge, whatever its first value is.
    private void Start()
    {
        if (_hasStarted)
        {
            return;
        }

        _hasStarted = true;
        foreach (var (clock, before) in _plan.Clocks.Before)
        {
            if (clock.Kind == NetKind.Input)
            {
                Layout.Write(_state.Span, before, _inputWords[Layout.SlotOf(clock)]);
            }
        }
    }

    // Repeats a program; words that it does not write are the same in both buffers.
    private long StepAll(WordProgram program, long times)
    {
        if (_toggles is not null)
        {
            for (var i = 0L; i < times; i++)
            {
                Run(program, _next, 1);
                AddToggles(_toggles);
                (_state, _next) = (_next, _state);
            }

            return times;
        }

        var phases = Run(program, _next, times);
        Exchange(phases);
        return phases;
    }

    // The state buffers change places at every phase.
    private void Exchange(long phases)
    {
        if ((phases & 1) == 1)
        {
            (_state, _next) = (_next, _state);
        }
    }

    /// <summary>The input port that is the only clock; null where there is none or more than one.</summary>
    internal PortHandle? OnlyClock => _plan.Clocks.Before.Count == 1 && _plan.Clocks.Before.Keys.Single() is { Kind: NetKind.Input } clock
        && clock != Netlist.ImplicitClock ? Port(clock.Path) : null;

    // Whether an input word moves a clock or a latch.
    private bool Wakes(int slot) => _plan.Wakes(slot);

    // The program of one pulse of a clock, or null where pulses have to be simulated change by change.
    private WordProgram? PulseOf(PortHandle clock)
    {
        if (!_pulses.TryGetValue(clock, out var program))
        {
            _pulses.Add(clock, program = CompilePulse(clock));
        }

        return program;
    }

    private WordProgram? CompilePulse(PortHandle clock) => _plan.Pulse(Netlist.Top[clock.Name]) is { } pulse
        ? new(_lowering.Graph, pulse.Phases, pulse.Stop, Layout, intoState: true)
        : null;
}
