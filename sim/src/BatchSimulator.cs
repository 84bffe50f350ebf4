using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation;
using HwSeed.Sim.Compilation.Batches;
using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim;

/// <summary>
/// Runs one design with many stimuli at once, each in its own lane of SIMD vectors; every stimulus sees what a simulator of
/// its own would see. Designs with latches, several clocks or a clock that logic reads, and machines without vectors, get
/// a simulator for each stimulus. Not thread-safe.
/// </summary>
public sealed unsafe class BatchSimulator
{
    private readonly Simulator _first;
    private readonly Simulator[] _single;
    private readonly PortHandle? _clock;
    private readonly List<BatchProgram> _phases = [];
    private readonly BatchProgram? _outputs;
    private readonly BatchLayout _stateLayout;
    private readonly BatchLayout _inputLayout;
    private readonly BatchLayout _outputLayout;
    private readonly PinnedWords _inputs;
    private readonly PinnedWords _results;
    private readonly PinnedWords _memories;
    private readonly int _blocks;
    private readonly PinnedWords _shared;
    private readonly BatchMemories _places;
    private PinnedWords _state;
    private PinnedWords _next;
    private bool _settled;

    private BatchSimulator(Netlist netlist, int stimuli, LaneMachine machine)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stimuli, 1);
        Stimuli = stimuli;
        var lowering = new Lowering(netlist, LaneMachine.Off);
        var clocks = new ClockEdges(lowering, netlist);
        _first = Simulator.Compile(netlist, LaneMachine.Off).OrThrow();
        _clock = clocks.Before.Count == 1 && clocks.Before.Keys.Single() is { Kind: NetKind.Input } clock ? _first.Port(clock.Path) : null;
        var phases = machine.IsOn && !netlist.Latches.Any() && (clocks.Before.Count == 0 || _clock is not null)
            ? Phases(netlist, lowering, clocks) : [];
        var lanes = Math.Max(1, machine.VectorBytes / 4);
        var outputs = _first.Ports.Where(p => p.Direction == PortDirection.Output).ToList();
        var outputStores = outputs.SelectMany(p => lowering[netlist.Top[p.Name]].Select((word, limb) => Store.Word(p.Slot + limb, word))).ToList();
        if (phases.Any(p => ReadsWideDivision(lowering.Graph, p)) || ReadsWideDivision(lowering.Graph, outputStores))
        {
            phases = [];
        }

        _stateLayout = BatchLayout.Of(lanes, Widths(lowering.Layout.StateWords, netlist.Nets
            .Where(n => n.Kind is NetKind.Register or NetKind.ReadPort).Select(n => (lowering.Layout.SlotOf(n), n.Width))));
        _inputLayout = BatchLayout.Of(lanes, Widths(lowering.Layout.ImplicitClock + 1, netlist.Nets
            .Where(n => n.Kind == NetKind.Input).Select(n => (lowering.Layout.SlotOf(n), n.Width))));
        _outputLayout = BatchLayout.Of(lanes, Widths(outputStores.Count, outputs.Select(p => (p.Slot, p.Width))));
        _blocks = (stimuli + lanes - 1) / lanes;
        _places = new(netlist, lowering.Layout, lanes);
        _single = phases.Count > 0 ? []
            : [_first, .. Enumerable.Range(1, stimuli - 1).Select(_ => Simulator.Compile(netlist, LaneMachine.Off).OrThrow())];
        var used = phases.Count > 0 ? _blocks : 0;
        _state = new(used * _stateLayout.Bytes / 8);
        _next = new(used * _stateLayout.Bytes / 8, placeInPage: 2048);
        _inputs = new(used * _inputLayout.Bytes / 8);
        _results = new(used * _outputLayout.Bytes / 8);
        _memories = new(used * lanes * _places.OwnWords);
        _shared = new(_places.SharedWords);
        foreach (var phase in phases)
        {
            _phases.Add(new(lowering.Graph, MergedWrites.Of(lowering.Graph, phase), _stateLayout, _inputLayout, _stateLayout, _places, machine));
        }

        _outputs = phases.Count == 0 ? null
            : new(lowering.Graph, outputStores, _stateLayout, _inputLayout, _outputLayout, _places, machine);
        PowerUp();
    }

    /// <summary>Stimuli that run side by side.</summary>
    public int Stimuli { get; }

    /// <summary>Whether stimuli share vectors, rather than having a simulator each.</summary>
    public bool UsesLanes => _outputs is not null;

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
        if (!UsesLanes)
        {
            _single[stimulus].Poke(input, limbs);
            return;
        }

        if (input.Direction != PortDirection.Input)
        {
            throw new ArgumentException($"port '{input.Name}' is not an input");
        }

        for (var limb = 0; limb < input.Limbs; limb++)
        {
            _inputLayout.Write(_inputs.Bytes, stimulus, input.Slot + limb, limbs[limb] & WordGraph.MaskOf(WideWords.LimbWidth(input.Width, limb)));
        }

        _settled = false;
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
        if (!UsesLanes)
        {
            _single[stimulus].Peek(port, limbs);
            return;
        }

        Evaluate();
        var (layout, buffer) = port.Direction == PortDirection.Input ? (_inputLayout, _inputs) : (_outputLayout, _results);
        for (var limb = 0; limb < port.Limbs; limb++)
        {
            limbs[limb] = layout.Read(buffer.Bytes, stimulus, port.Slot + limb);
        }
    }

    /// <summary>Settles the outputs of all stimuli. Peeking does it when needed.</summary>
    public void Evaluate()
    {
        if (_settled || !UsesLanes)
        {
            return;
        }

        for (var block = 0; block < _blocks; block++)
        {
            _outputs!.Run(
                Block(_state, block, _stateLayout), Block(_results, block, _outputLayout), Block(_inputs, block, _inputLayout),
                MemoriesOf(block), _shared.Address, 1);
        }

        _settled = true;
    }

    /// <summary>One edge of the implicit clock, or one pulse of the design's only clock, in every stimulus.</summary>
    public void Step() => Step(1);

    /// <summary>Edges or pulses with unchanged inputs, in every stimulus.</summary>
    public void Step(long edges)
    {
        foreach (var simulator in _single)
        {
            if (_clock is { } clock)
            {
                simulator.Step(clock, edges);
            }
            else
            {
                simulator.Step(edges);
            }
        }

        // One block after the other, so that its state stays close.
        var swaps = _phases.Count == 1 ? edges : _phases.Count * edges;
        for (var block = 0; block < _blocks && UsesLanes; block++)
        {
            if (_phases.Count == 1)
            {
                Run(_phases[0], block, (_state, _next), edges);
                continue;
            }

            var (now, next) = (_state, _next);
            for (var edge = 0L; edge < edges; edge++)
            {
                foreach (var phase in _phases)
                {
                    Run(phase, block, (now, next), 1);
                    (now, next) = (next, now);
                }
            }
        }

        if (swaps % 2 == 1)
        {
            (_state, _next) = (_next, _state);
        }

        _settled = false;
    }

    /// <summary>Back to power-up, in every stimulus.</summary>
    public void PowerUp()
    {
        foreach (var simulator in _single.Prepend(_first))
        {
            simulator.PowerUp();
        }

        _inputs.Span.Clear();
        _settled = false;
        if (!UsesLanes)
        {
            return;
        }

        for (var stimulus = 0; stimulus < _blocks * _stateLayout.Lanes; stimulus++)
        {
            for (var slot = 0; slot < _stateLayout.Offsets.Length; slot++)
            {
                _stateLayout.Write(_state.Bytes, stimulus, slot, _first.StateWord(slot));
            }
        }

        _places.Spread(_first.MemoryWords, _memories.Span[..(_blocks * _places.Lanes * _places.OwnWords)], _shared.Span);
        _state.Span.CopyTo(_next.Span);
    }

    private static List<IReadOnlyList<Store>> Phases(Netlist netlist, Lowering lowering, ClockEdges clocks)
    {
        var graph = lowering.Graph;
        if (clocks.Before.Count == 0)
        {
            return [lowering.EdgeStores(edges => graph.Constant(edges.Count == 0 ? 1UL : 0))];
        }

        var clock = clocks.Before.Keys.Single();
        var phases = new List<IReadOnlyList<Store>>();
        foreach (var rising in (bool[])[true, false])
        {
            if (rising || clocks.HasEdge(clock, rising: false))
            {
                phases.Add(lowering.EdgeStores(edges => clocks.Happens(edges, clock, rising)));
            }
        }

        var outputs = netlist.Design.Top.OutputPorts.SelectMany(p => lowering[netlist.Top[p.Name]]);
        return graph.Reaches(phases.SelectMany(p => p).SelectMany(s => s.Operands).Concat(outputs), lowering[clock][0]) ? [] : phases;
    }

    private static bool ReadsWideDivision(WordGraph graph, IEnumerable<Store> stores)
    {
        var open = new Stack<int>(stores.SelectMany(s => s.Operands));
        var seen = new HashSet<int>();
        while (open.TryPop(out var node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            if (graph[node].Operation == WordOperation.WideDivide)
            {
                return true;
            }

            foreach (var operand in graph.OperandsOf(node))
            {
                open.Push(operand);
            }
        }

        return false;
    }

    private static int[] Widths(int words, IEnumerable<(int Slot, int Width)> ports)
    {
        var widths = Enumerable.Repeat(64, words).ToArray();
        foreach (var (slot, width) in ports)
        {
            for (var limb = 0; limb < WideWords.LimbsOf(width); limb++)
            {
                widths[slot + limb] = WideWords.LimbWidth(width, limb);
            }
        }

        return widths;
    }

    private void Run(BatchProgram program, int block, (PinnedWords State, PinnedWords Next) buffers, long times) => program.Run(
        Block(buffers.State, block, _stateLayout), Block(buffers.Next, block, _stateLayout), Block(_inputs, block, _inputLayout),
        MemoriesOf(block), _shared.Address, times);

    private static byte* Block(PinnedWords words, int block, BatchLayout layout) => (byte*)words.Address + (block * layout.Bytes);

    private ulong* MemoriesOf(int block) => _memories.Address + ((long)block * _places.Lanes * _places.OwnWords);

    private void RequireStimulus(int stimulus)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(stimulus);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(stimulus, Stimuli);
    }
}
