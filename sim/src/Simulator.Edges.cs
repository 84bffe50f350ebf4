using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation;

namespace HwSeed.Sim;

/// <summary>How state changes: at edges of the implicit clock, and at edges of any one-bit signal.</summary>
public sealed unsafe partial class Simulator
{
    // More rounds than a chain of derived clocks needs; a design that still changes then goes on for ever.
    private const int MostRounds = 1000;

    private readonly ClockEdges _clocks;
    private readonly WordProgram _edges;
    private readonly int _busySlot;
    private readonly Dictionary<PortHandle, WordProgram?> _pulses = [];
    private WordProgram? _follow;

    // The program of the clock that was stepped last: looking it up takes longer than running it.
    private (int Slot, WordProgram? Program) _lastPulse = (-1, null);

    // Input words that some clock or latch reads, and whether state moves one without an input: only then can settling
    // change state.
    private bool[] _wakes = [];
    private bool _stateWakes;
    private bool _isAwake = true;
    private bool _hasEvents;
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
        if (_hasEvents)
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
            Changed(_stateWakes);
            if (half > 0)
            {
                // Another clock has moved while this one is high.
                _inputWords[clock.Slot] = 1;
                Layout.Write(_state, _clocks.Before[Netlist.Top[clock.Name]], 1);
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

        if (_hasEvents && _isAwake)
        {
            Start();
            var rounds = 0;
            while (Commit())
            {
                if (++rounds == _patience)
                {
                    Race();
                }
                else if (rounds > _patience + MostRounds)
                {
                    throw InvalidInputException.Of(SimulationDiagnostics.DoesNotSettle(MostRounds));
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
                    Layout.Write(_state, slot, Layout.Read(_next, slot));
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
        return Layout.Read(_state, _busySlot) != 0;
    }

    // At power-up an input has no edge, whatever its first value is.
    private void Start()
    {
        if (_hasStarted)
        {
            return;
        }

        _hasStarted = true;
        foreach (var (clock, before) in _clocks.Before)
        {
            if (clock.Kind == NetKind.Input)
            {
                Layout.Write(_state, before, _inputWords[Layout.SlotOf(clock)]);
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
        if ((phases & 1) == 1)
        {
            (_state, _next) = (_next, _state);
        }

        return phases;
    }

    private WordProgram CompileEdges()
    {
        var graph = _lowering.Graph;
        var latches = _lowering.LatchStores().ToList();
        _hasEvents = _clocks.Before.Count > 0 || Netlist.Latches.Any(l => l.IsCut);
        if (!_hasEvents)
        {
            _follow = latches.Count > 0 ? new(graph, latches, Layout, intoState: true) : null;
            return new(
                graph, _lowering.EdgeStores(edges => graph.Constant(edges.Count == 0 ? 1UL : 0)), Layout, intoState: true);
        }

        FindWakers();
        var busy = graph.Or(
            graph.Or(_clocks.AnyHappened(), _lowering.CutLatchesChange()), graph.Input(Layout.ImplicitClock, 1));
        return new(
            graph,
            [.. _lowering.EdgeStores(_clocks.Happened), .. _clocks.Remember(), Store.Word(_busySlot, busy)],
            Layout,
            intoState: true);
    }

    private void FindWakers()
    {
        _wakes = new bool[Layout.ImplicitClock + 1];
        _stateWakes = Netlist.Latches.Any() || _clocks.Before.Keys.Any(c => c.Kind != NetKind.Input);
        if (Netlist.Latches.Any())
        {
            Array.Fill(_wakes, true);
            return;
        }

        var open = new Stack<int>(_clocks.Before.Keys.SelectMany(c => _lowering[c]));
        var seen = new HashSet<int>();
        while (open.TryPop(out var node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            if (_lowering.Graph[node].Operation == WordOperation.Input)
            {
                _wakes[_lowering.Graph[node].Immediate] = true;
            }

            foreach (var operand in _lowering.Graph.OperandsOf(node))
            {
                open.Push(operand);
            }
        }

        // A port is asked for by its first word.
        foreach (var port in _ports.Values.Where(p => p.Direction == PortDirection.Input))
        {
            _wakes[port.Slot] = _wakes.AsSpan(port.Slot, port.Limbs).Contains(true);
        }
    }

    // Whether an input word moves a clock or a latch.
    private bool Wakes(int slot) => _hasEvents && _wakes[slot];

    // The program of one pulse of a clock, or null where pulses have to be simulated change by change.
    private WordProgram? PulseOf(PortHandle clock)
    {
        if (!_pulses.TryGetValue(clock, out var program))
        {
            _pulses.Add(clock, program = CompilePulse(clock));
        }

        return program;
    }

    private WordProgram? CompilePulse(PortHandle port)
    {
        var graph = _lowering.Graph;
        var clock = Netlist.Top[port.Name];
        if (!_clocks.Before.ContainsKey(clock) || Netlist.Latches.Any(l => l.IsCut))
        {
            return null;
        }

        // Other inputs stand still; what derived clocks do is looked at before each phase.
        var moving = _clocks.Before.Keys.Where(c => c != clock && c.Kind != NetKind.Input).ToList();
        var stop = moving.Aggregate(graph.Constant(0), (any, c) => graph.Or(any, _clocks.Change(c)));
        var phases = new List<List<Store>>();
        foreach (var rising in (bool[])[true, false])
        {
            if (rising || _clocks.HasEdge(clock, rising: false))
            {
                phases.Add([.. _lowering.EdgeStores(edges => _clocks.Happens(edges, clock, rising)),
                    .. _clocks.Before.Values.Append(_busySlot).Select(slot => Store.Word(slot, graph.State(slot, 1)))]);
            }
        }

        return graph.Reaches(phases.SelectMany(p => p).SelectMany(s => s.Operands).Append(stop), _lowering[clock][0])
            ? null
            : new(graph, phases, stop, Layout, intoState: true);
    }
}
