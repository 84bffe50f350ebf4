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
    private readonly byte[] _inputs;
    private readonly byte[] _results;
    private readonly ulong[] _memories;
    private readonly int _blocks;
    private readonly int _memoryWords;
    private byte[] _state;
    private byte[] _next;
    private bool _settled;

    private BatchSimulator(Netlist netlist, int stimuli, LaneMachine machine)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stimuli, 1);
        Stimuli = stimuli;
        var lowering = new Lowering(netlist, LaneMachine.Off);
        var clocks = new ClockEdges(lowering, netlist);
        _first = Simulator.Compile(netlist, LaneMachine.Off).OrThrow();
        _clock = clocks.Before.Count == 1 && clocks.Before.Keys.Single() is { Kind: NetKind.Input } clock && clock != netlist.ImplicitClock ? _first.Port(clock.Path) : null;
        var phases = machine.IsOn && netlist.ImplicitClock is null && !netlist.Latches.Any() && (clocks.Before.Count == 0 || _clock is not null)
            ? Phases(netlist, lowering, clocks) : [];
        var lanes = Math.Max(1, machine.VectorBytes / 4);
        var outputs = _first.Ports.Where(p => p.Direction == PortDirection.Output).ToList();
        var outputStores = outputs.SelectMany(p => lowering[netlist.Top[p.Name]].Select((word, limb) => Store.Word(p.Slot + limb, word))).ToList();
        if (phases.Any(p => p.Any(s => s.Fill.Words > 1) || ReadsWideDivision(lowering.Graph, p))
            || ReadsWideDivision(lowering.Graph, outputStores))
        {
            phases = [];
        }

        _stateLayout = BatchLayout.Of(lanes, Widths(lowering.Layout.StateWords, netlist.Nets
            .Where(n => n.Kind is NetKind.Register or NetKind.ReadPort).Select(n => (lowering.Layout.SlotOf(n), n.Width))));
        _inputLayout = BatchLayout.Of(lanes, Widths(lowering.Layout.ImplicitClock + 1, netlist.Nets
            .Where(n => n.Kind == NetKind.Input).Select(n => (lowering.Layout.SlotOf(n), n.Width))));
        _outputLayout = BatchLayout.Of(lanes, Widths(outputStores.Count, outputs.Select(p => (p.Slot, p.Width))));
        _blocks = (stimuli + lanes - 1) / lanes;
        _memoryWords = Math.Max(1, lowering.Layout.MemoryWords);
        _single = phases.Count > 0 ? []
            : [_first, .. Enumerable.Range(1, stimuli - 1).Select(_ => Simulator.Compile(netlist, LaneMachine.Off).OrThrow())];
        var used = phases.Count > 0 ? _blocks : 0;
        _state = Bytes(used * _stateLayout.Bytes);
        _next = Bytes(used * _stateLayout.Bytes);
        _inputs = Bytes(used * _inputLayout.Bytes);
        _results = Bytes(used * _outputLayout.Bytes);
        _memories = GC.AllocateArray<ulong>(Math.Max(1, used * lanes * _memoryWords), pinned: true);
        foreach (var phase in phases)
        {
            _phases.Add(new(lowering.Graph, phase, _stateLayout, _inputLayout, _stateLayout, machine, _memoryWords));
        }

        _outputs = phases.Count == 0 ? null
            : new(lowering.Graph, outputStores, _stateLayout, _inputLayout, _outputLayout, machine, _memoryWords);
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
            _inputLayout.Write(_inputs, stimulus, input.Slot + limb, limbs[limb] & WordGraph.MaskOf(WideWords.LimbWidth(input.Width, limb)));
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
            limbs[limb] = layout.Read(buffer, stimulus, port.Slot + limb);
        }
    }

    /// <summary>Settles the outputs of all stimuli. Peeking does it when needed.</summary>
    public void Evaluate()
    {
        if (_settled || !UsesLanes)
        {
            return;
        }

        Run(_outputs!, _results, _outputLayout.Bytes);
        _settled = true;
    }

    /// <summary>One edge of the implicit clock, or one pulse of the design's only clock, in every stimulus.</summary>
    public void Step()
    {
        foreach (var simulator in _single)
        {
            if (_clock is { } clock)
            {
                simulator.Step(clock, 1);
            }
            else
            {
                simulator.Step();
            }
        }

        foreach (var phase in _phases)
        {
            Run(phase, _next, _stateLayout.Bytes);
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

        Array.Clear(_inputs);
        _settled = false;
        if (!UsesLanes)
        {
            return;
        }

        for (var stimulus = 0; stimulus < _blocks * _stateLayout.Lanes; stimulus++)
        {
            for (var slot = 0; slot < _stateLayout.Offsets.Length; slot++)
            {
                _stateLayout.Write(_state, stimulus, slot, _first.StateWord(slot));
            }

            _first.MemoryWords[.._memoryWords].CopyTo(_memories.AsSpan(stimulus * _memoryWords));
        }

        _state.CopyTo(_next, 0);
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

    private void Run(BatchProgram program, byte[] target, int targetBytes)
    {
        fixed (byte* state = _state, to = target, inputs = _inputs)
        fixed (ulong* memories = _memories)
        {
            for (var block = 0; block < _blocks; block++)
            {
                program.Run(
                    state + (block * _stateLayout.Bytes), to + (block * targetBytes), inputs + (block * _inputLayout.Bytes),
                    memories + ((long)block * _stateLayout.Lanes * _memoryWords));
            }
        }
    }

    private void RequireStimulus(int stimulus)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(stimulus);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(stimulus, Stimuli);
    }

    private static byte[] Bytes(int count) => GC.AllocateArray<byte>(Math.Max(64, count), pinned: true);
}
