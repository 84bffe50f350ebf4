using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim.Compilation.Batches;

/// <summary>
/// Many stimuli of one design in the lanes of vectors, in blocks of as many as a vector has 32-bit lanes. The order of
/// events is that of <see cref="Simulator"/>; a round of settling is made for all stimuli as long as any needs one.
/// </summary>
internal sealed unsafe class LaneBatch
{
    // Steps of a block that take much longer than it takes to wake a thread.
    private const int WorthThreads = 200;

    private readonly Netlist _netlist;
    private readonly Simulator _first;
    private readonly Lowering _lowering;
    private readonly EdgePlan _plan;
    private readonly LaneMachine _machine;
    private readonly int _blocks;
    private readonly BatchLayout _stateLayout;
    private readonly BatchLayout _inputLayout;
    private readonly BatchLayout _outputLayout;
    private readonly BatchMemories _places;
    private readonly BatchProgram _outputs;
    private readonly BatchProgram _edges;
    private readonly BatchProgram? _follow;
    private readonly Dictionary<PortHandle, List<BatchProgram>?> _pulses = [];
    private readonly PinnedWords _inputs;
    private readonly PinnedWords _results;
    private readonly PinnedWords _memories;
    private readonly PinnedWords _shared;
    private PinnedWords _state;
    private PinnedWords _next;
    private bool _isAwake;
    private bool _hasStarted;
    private bool _settled;
    private bool _knowsOutputs;

    private LaneBatch(Netlist netlist, Simulator first, Lowering lowering, EdgePlan plan, List<Store> round, int stimuli, LaneMachine machine)
    {
        (_netlist, _first, _lowering, _plan, _machine) = (netlist, first, lowering, plan, machine);
        var lanes = machine.VectorBytes / 4;
        var layout = lowering.Layout;
        _blocks = (stimuli + lanes - 1) / lanes;
        _stateLayout = BatchLayout.Of(lanes, Widths(layout.StateWords, netlist.Nets
            .Where(n => n.Kind is NetKind.Register or NetKind.ReadPort or NetKind.Latch).Select(n => (layout.SlotOf(n), n.Width))));
        _inputLayout = BatchLayout.Of(lanes, Widths(layout.ImplicitClock + 1, netlist.Nets
            .Where(n => n.Kind == NetKind.Input).Select(n => (layout.SlotOf(n), n.Width))));
        var outputs = first.Ports.Where(p => p.Direction == PortDirection.Output).ToList();
        var stores = outputs.SelectMany(p => lowering[netlist.Top[p.Name]].Select((word, limb) => Store.Word(p.Slot + limb, word))).ToList();
        _outputLayout = BatchLayout.Of(lanes, Widths(stores.Count, outputs.Select(p => (p.Slot, p.Width))));
        _places = new(netlist, layout, lanes);
        _edges = Program(round, _stateLayout);
        _follow = plan.HasEvents || plan.Latches.Count == 0 ? null : Program(plan.Latches, _stateLayout);
        _outputs = Program(stores, _outputLayout);
        _state = new(_blocks * _stateLayout.Bytes / 8);
        _next = new(_blocks * _stateLayout.Bytes / 8, placeInPage: 2048);
        _inputs = new(_blocks * _inputLayout.Bytes / 8);
        _results = new(_blocks * _outputLayout.Bytes / 8);
        _memories = new(_blocks * lanes * _places.OwnWords);
        _shared = new(_places.SharedWords);
    }

    /// <summary>The batch of a design; null without vectors, for divisions of over 64 bits and for loops of gates, which may race.</summary>
    /// <param name="netlist">The design.</param>
    /// <param name="first">A simulator of it, without lanes, whose power-up all stimuli take.</param>
    /// <param name="stimuli">How many.</param>
    /// <param name="machine">The vectors to use.</param>
    public static LaneBatch? Of(Netlist netlist, Simulator first, int stimuli, LaneMachine machine)
    {
        if (!machine.IsOn || netlist.Latches.Any(l => l.IsCut))
        {
            return null;
        }

        // Everything is lowered before the question is asked.
        var lowering = new Lowering(netlist, LaneMachine.Off);
        var plan = new EdgePlan(lowering, netlist);
        var round = plan.Round();
        return lowering.Graph.WidestDivision > 0 ? null : new LaneBatch(netlist, first, lowering, plan, round, stimuli, machine);
    }

    /// <summary>Drives an input of one stimulus.</summary>
    public void Poke(PortHandle input, int stimulus, ReadOnlySpan<ulong> limbs)
    {
        for (var limb = 0; limb < input.Limbs; limb++)
        {
            _inputLayout.Write(_inputs.Bytes, stimulus, input.Slot + limb, limbs[limb] & WordGraph.MaskOf(WideWords.LimbWidth(input.Width, limb)));
        }

        Changed(_plan.Wakes(input.Slot));
    }

    /// <summary>The settled words of a port of one stimulus.</summary>
    public void Peek(PortHandle port, int stimulus, Span<ulong> limbs)
    {
        Evaluate();
        var (layout, buffer) = port.Direction == PortDirection.Input ? (_inputLayout, _inputs) : (_outputLayout, _results);
        for (var limb = 0; limb < port.Limbs; limb++)
        {
            limbs[limb] = layout.Read(buffer.Bytes, stimulus, port.Slot + limb);
        }
    }

    /// <summary>Settles all stimuli and their outputs.</summary>
    public void Evaluate()
    {
        Settle();
        if (!_knowsOutputs)
        {
            RunAll(_outputs, _results, _outputLayout);
            _knowsOutputs = true;
        }
    }

    /// <summary>Edges of the implicit clock.</summary>
    public void Step(long edges)
    {
        if (_netlist.ImplicitClock is { } net)
        {
            Step(new PortHandle(net.Path, PortDirection.Input, _lowering.Layout.SlotOf(net), 1), edges);
            return;
        }

        if (!_plan.HasEvents)
        {
            RunTimes([_edges], edges);
            Changed(wakes: false);
            return;
        }

        for (; edges > 0; edges--)
        {
            Settle();
            SetAll(_lowering.Layout.ImplicitClock, 1);
            Commit();
            SetAll(_lowering.Layout.ImplicitClock, 0);
            Changed(wakes: true);
        }

        Settle();
    }

    /// <summary>Pulses of a clock input.</summary>
    public void Step(PortHandle clock, long pulses)
    {
        Settle();
        if (!_pulses.TryGetValue(clock, out var phases))
        {
            _pulses.Add(clock, phases = PulseOf(clock));
        }

        if (phases is not null)
        {
            RunTimes(phases, pulses);
            Changed(_plan.StateWakes);
            Settle();
            return;
        }

        for (; pulses > 0; pulses--)
        {
            foreach (var level in (ulong[])[1, 0])
            {
                SetAll(clock.Slot, level);
                Changed(wakes: true);
                Settle();
            }
        }
    }

    /// <summary>All stimuli back to the first simulator's state, which is that of power-up.</summary>
    public void PowerUp()
    {
        for (var stimulus = 0; stimulus < _blocks * _stateLayout.Lanes; stimulus++)
        {
            for (var slot = 0; slot < _stateLayout.Offsets.Length; slot++)
            {
                _stateLayout.Write(_state.Bytes, stimulus, slot, _first.StateWord(slot));
            }
        }

        _state.Span.CopyTo(_next.Span);
        _places.Spread(_first.MemoryWords, _memories.Span[..(_blocks * _places.Lanes * _places.OwnWords)], _shared.Span);
        _inputs.Span.Clear();
        _hasStarted = false;
        Changed(wakes: true);
    }

    private void Changed(bool wakes)
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
                if (++rounds > EdgePlan.MostRounds)
                {
                    throw InvalidInputException.Of(SimulationDiagnostics.DoesNotSettle(EdgePlan.MostRounds));
                }
            }

            _isAwake = false;
        }
        else if (_follow is not null)
        {
            RunAll(_follow, _next, _stateLayout);
            foreach (var slot in _plan.Latches.Select(s => s.Slot))
            {
                Copy(_next, _stateLayout, slot, _state, _stateLayout, slot);
            }
        }

        _settled = true;
    }

    // One round in all stimuli. Whether there was an edge in any.
    private bool Commit()
    {
        RunAll(_edges, _next, _stateLayout);
        (_state, _next) = (_next, _state);
        for (var stimulus = 0; stimulus < _blocks * _stateLayout.Lanes; stimulus++)
        {
            if (_stateLayout.Read(_state.Bytes, stimulus, _plan.BusySlot) != 0)
            {
                return true;
            }
        }

        return false;
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
                Copy(_inputs, _inputLayout, _lowering.Layout.SlotOf(clock), _state, _stateLayout, before);
            }
        }
    }

    private List<BatchProgram>? PulseOf(PortHandle clock) =>
        _plan.Pulse(_netlist.Top[clock.Name]) is { } pulse && _lowering.Graph.IsConstant(pulse.Stop, out _)
            ? [.. pulse.Phases.Select(stores => Program(stores, _stateLayout))]
            : null;

    private BatchProgram Program(IReadOnlyList<Store> stores, BatchLayout target) => new(
        _lowering.Graph, MergedWrites.Of(_lowering.Graph, stores), _stateLayout, _inputLayout, target, _places, _blocks, _machine);

    // All times of a block before the next block's, so that its state stays close; blocks beside each other on all cores
    // where there is enough to do.
    private void RunTimes(IReadOnlyList<BatchProgram> phases, long times)
    {
        if (times < WorthThreads || _blocks == 1)
        {
            for (var block = 0; block < _blocks; block++)
            {
                RunBlock(phases, block, times);
            }
        }
        else
        {
            Parallel.For(0, _blocks, block => RunBlock(phases, block, times));
        }

        if (phases.Count * times % 2 == 1)
        {
            (_state, _next) = (_next, _state);
        }
    }

    private void RunBlock(IReadOnlyList<BatchProgram> phases, int block, long times)
    {
        if (phases.Count == 1)
        {
            Run(phases[0], block, _state, _next, _stateLayout, times);
            return;
        }

        var (now, next) = (_state, _next);
        for (var time = 0L; time < times; time++)
        {
            foreach (var phase in phases)
            {
                Run(phase, block, now, next, _stateLayout, 1);
                (now, next) = (next, now);
            }
        }
    }

    private void RunAll(BatchProgram program, PinnedWords target, BatchLayout layout)
    {
        for (var block = 0; block < _blocks; block++)
        {
            Run(program, block, _state, target, layout, 1);
        }
    }

    private void Run(BatchProgram program, int block, PinnedWords state, PinnedWords target, BatchLayout layout, long times) => program.Run(
        block, (byte*)state.Address + (block * _stateLayout.Bytes), (byte*)target.Address + (block * layout.Bytes),
        (byte*)_inputs.Address + (block * _inputLayout.Bytes), _memories.Address + ((long)block * _places.Lanes * _places.OwnWords),
        _shared.Address, times);

    private void SetAll(int input, ulong value)
    {
        for (var stimulus = 0; stimulus < _blocks * _inputLayout.Lanes; stimulus++)
        {
            _inputLayout.Write(_inputs.Bytes, stimulus, input, value);
        }
    }

    private void Copy(PinnedWords from, BatchLayout fromLayout, int fromSlot, PinnedWords to, BatchLayout toLayout, int toSlot)
    {
        for (var stimulus = 0; stimulus < _blocks * fromLayout.Lanes; stimulus++)
        {
            toLayout.Write(to.Bytes, stimulus, toSlot, fromLayout.Read(from.Bytes, stimulus, fromSlot));
        }
    }

    // Words that belong to no port or register hold single bits.
    private static int[] Widths(int words, IEnumerable<(int Slot, int Width)> ports)
    {
        var widths = Enumerable.Repeat(1, words).ToArray();
        foreach (var (slot, width) in ports)
        {
            for (var limb = 0; limb < WideWords.LimbsOf(width); limb++)
            {
                widths[slot + limb] = WideWords.LimbWidth(width, limb);
            }
        }

        return widths;
    }
}
