using System.Numerics;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Compilation;
using HwSeed.Sim.Compilation.Lanes;
using HwSeed.Sim.Traces;

namespace HwSeed.Sim;

/// <summary>
/// Runs a design cycle by cycle from machine code compiled for it. Two-state; registers and memories power up as the
/// hardware language says. Inputs keep their value until poked again. Not thread-safe: one simulator, one thread.
/// </summary>
public sealed unsafe class Simulator
{
    private readonly Lowering _lowering;
    private readonly WordProgram _edge;
    private readonly WordProgram _outputs;
    private readonly Dictionary<string, PortHandle> _ports = [];
    private readonly Dictionary<string, SignalProbe> _probes = [];

    // Pinned, because compiled code holds no references; the two state buffers change places at every edge.
    private readonly ulong[] _inputWords;
    private readonly ulong[] _outputWords;
    private readonly ulong[] _memoryWords;
    private readonly ulong[] _powerUp;
    private ulong[] _state;
    private ulong[] _next;
    private long[]? _toggles;
    private long _countedFrom;
    private bool _settled;

    private Simulator(Netlist netlist, Lowering lowering, IReadOnlyList<Store> edge)
    {
        (Netlist, _lowering) = (netlist, lowering);
        var outputs = new List<Store>();
        foreach (var port in netlist.Design.Top.Ports)
        {
            var net = netlist.Top[port.Name];
            var slot = port.Direction == PortDirection.Input ? lowering.Layout.SlotOf(net) : outputs.Count;
            _ports.Add(port.Name, new(port.Name, port.Direction, slot, port.Width));
            if (port.Direction == PortDirection.Output)
            {
                outputs.AddRange(lowering[net].Select((word, limb) => Store.Word(slot + limb, word)));
            }
        }

        _edge = new(lowering.Graph, edge, lowering.Layout, intoState: true);
        _outputs = new(lowering.Graph, outputs, lowering.Layout, intoState: false);
        _inputWords = Words(lowering.Layout.InputWords + (LanePlan.InputMargin / 8));
        _outputWords = Words(outputs.Count);
        _memoryWords = Words(lowering.Layout.MemoryWords);
        _state = Words(lowering.Layout.StateBufferWords);
        _next = Words(lowering.Layout.StateBufferWords);
        _powerUp = new ulong[_state.Length];
        foreach (var (target, register, _) in netlist.Registers)
        {
            var limbs = new ulong[WideWords.LimbsOf(target.Width)];
            CopyLimbs(register.ResetValue, limbs);
            for (var limb = 0; limb < limbs.Length; limb++)
            {
                Layout.Write(_powerUp, Layout.SlotOf(target) + limb, limbs[limb]);
            }
        }

        PowerUp();
    }

    /// <summary>The elaborated design.</summary>
    public Netlist Netlist { get; }

    /// <summary>The top module's ports, in order.</summary>
    public IReadOnlyCollection<PortHandle> Ports => _ports.Values;

    /// <summary>Rising edges since power-up.</summary>
    public long Cycles { get; private set; }

    /// <summary>
    /// Whether edges count how many register bits change. Off at first; switching it on starts from zero. The compiled
    /// code is the same, so a simulator that does not count loses nothing.
    /// </summary>
    public bool CountsToggles
    {
        get => _toggles is not null;
        set => (_toggles, _countedFrom) = (value ? new long[Layout.StateWords] : null, Cycles);
    }

    internal StateLayout Layout => _lowering.Layout;

    internal int EdgeChunks => _edge.Chunks;

    internal int EdgeVectorStores => _edge.VectorStores;

    /// <summary>Compiles a design. HW1040..HW1043: it cannot be elaborated, or has a product of over 64 bits.</summary>
    public static Checked<Simulator> Compile(Design design) => Netlist.Elaborate(design).Then(Compile);

    /// <summary>Compiles an elaborated design. HW1041: it has a product of over 64 bits.</summary>
    public static Checked<Simulator> Compile(Netlist netlist) => Compile(netlist, LaneMachine.Best);

    internal static Checked<Simulator> Compile(Netlist netlist, LaneMachine machine)
    {
        var lowering = new Lowering(netlist, machine);
        var edge = lowering.EdgeStores();
        return lowering.Diagnostics.Count > 0
            ? Checked.Fail<Simulator>(lowering.Diagnostics)
            : Checked.Ok(new Simulator(netlist, lowering, edge));
    }

    /// <summary>The port of a name; throws <see cref="KeyNotFoundException"/> when the top has none.</summary>
    public PortHandle Port(string name) => _ports.TryGetValue(name, out var port)
        ? port
        : throw new KeyNotFoundException($"module '{Netlist.Design.Top.Name}' has no port '{name}'");

    /// <summary>Drives an input; bits above its width are dropped, and a port of over 64 bits is zero-extended.</summary>
    public void Poke(PortHandle input, ulong value)
    {
        RequireDirection(input, PortDirection.Input);
        _inputWords[input.Slot] = value & WordGraph.MaskOf(input.Width);
        if (input.Limbs > 1)
        {
            _inputWords.AsSpan(input.Slot + 1, input.Limbs - 1).Clear();
        }

        _settled = false;
    }

    /// <summary>Drives an input of any width from words, least significant first; bits above its width are dropped.</summary>
    public void Poke(PortHandle input, ReadOnlySpan<ulong> limbs)
    {
        RequireDirection(input, PortDirection.Input);
        limbs[..input.Limbs].CopyTo(_inputWords.AsSpan(input.Slot));
        _inputWords[input.Slot + input.Limbs - 1] &= WordGraph.MaskOf(WideWords.LimbWidth(input.Width, input.Limbs - 1));
        _settled = false;
    }

    /// <summary>The settled value of a port, its low 64 bits.</summary>
    public ulong Peek(PortHandle port)
    {
        if (port.Direction == PortDirection.Input)
        {
            return _inputWords[port.Slot];
        }

        Evaluate();
        return _outputWords[port.Slot];
    }

    /// <summary>The settled value of a port of any width, least significant word first.</summary>
    public void Peek(PortHandle port, Span<ulong> limbs)
    {
        Evaluate();
        (port.Direction == PortDirection.Input ? _inputWords : _outputWords).AsSpan(port.Slot, port.Limbs).CopyTo(limbs);
    }

    /// <summary>
    /// The settled value of any signal by its path, such as <c>pe_0_1.acc</c>. Code for it is compiled on first use.
    /// Throws <see cref="KeyNotFoundException"/> for an unknown path.
    /// </summary>
    public BitVector Peek(string path)
    {
        if (!_probes.TryGetValue(path, out var probe))
        {
            _probes.Add(path, probe = Probe([path]));
        }

        probe.Sample();
        return probe[0];
    }

    /// <summary>The word of a memory by the memory's path.</summary>
    public BitVector PeekMemory(string path, int address)
    {
        var memory = Netlist.Memories.FirstOrDefault(m => m.Path == path)
            ?? throw new KeyNotFoundException($"no memory '{path}'");
        ArgumentOutOfRangeException.ThrowIfNegative(address);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(address, memory.Memory.Depth);
        var limbs = WideWords.LimbsOf(memory.Memory.Width);
        var at = Layout.MemoryBases[path] + (address * limbs);
        return ToBits(_memoryWords.AsSpan(at, limbs), memory.Memory.Width);
    }

    /// <summary>Compiles a reader of chosen signals, cheap to use every cycle. Throws for an unknown path.</summary>
    public SignalProbe Probe(IReadOnlyList<string> paths)
    {
        var nets = paths.Select(p => Netlist.TryFind(p, out var net)
            ? net
            : throw new KeyNotFoundException($"no signal '{p}'")).ToList();
        return new(this, paths, nets, _lowering);
    }

    internal SignalProbe Probe(IReadOnlyList<ScopedExpression> values) => new(this, values, _lowering);

    /// <summary>Settles the outputs for the inputs as they are. Peeking does it when needed.</summary>
    public void Evaluate()
    {
        if (_settled)
        {
            return;
        }

        Run(_outputs, _outputWords, 1);
        _settled = true;
    }

    /// <summary>One rising edge of the clock.</summary>
    public void Step() => Step(1);

    /// <summary>Rising edges with unchanged inputs.</summary>
    public void Step(long edges)
    {
        _settled = false;
        Cycles += edges;
        if (_toggles is not null)
        {
            for (; edges > 0; edges--)
            {
                Run(_edge, _next, 1);
                AddToggles(_toggles);
                (_state, _next) = (_next, _state);
            }

            return;
        }

        Run(_edge, _next, edges);
        if ((edges & 1) == 1)
        {
            (_state, _next) = (_next, _state);
        }
    }

    /// <summary>Back to the power-up state: registers at their reset values, memories and inputs zero.</summary>
    public void PowerUp()
    {
        _powerUp.CopyTo(_state, 0);
        Array.Clear(_inputWords);
        Array.Clear(_memoryWords);
        if (_toggles is not null)
        {
            Array.Clear(_toggles);
        }

        (Cycles, _countedFrom, _settled) = (0, 0, false);
    }

    /// <summary>Bits that have changed in each register and memory read port since counting was switched on.</summary>
    public ToggleCounts Toggles()
    {
        var toggles = _toggles ?? throw new InvalidOperationException($"set {nameof(CountsToggles)} first");
        return new(Cycles - _countedFrom, Netlist.Nets
            .Where(n => n.Kind is NetKind.Register or NetKind.ReadPort)
            .Select(n => new SignalToggles(n.Path, n.Width, toggles
                .Skip(Layout.SlotOf(n)).Take(WideWords.LimbsOf(n.Width)).Sum()))
            .ToEquatableArray());
    }

    // All input words, then all output words, in port order.
    internal void CopyPorts(Span<ulong> words)
    {
        Evaluate();
        _inputWords.AsSpan(0, Layout.InputWords).CopyTo(words);
        _outputWords.AsSpan(0, words.Length - Layout.InputWords).CopyTo(words[Layout.InputWords..]);
    }

    internal void Run(WordProgram program, ulong[] target, long times)
    {
        fixed (ulong* state = _state, to = target, inputs = _inputWords, memories = _memoryWords)
        {
            program.Run(state, to, inputs, memories, times);
        }
    }

    internal static BitVector ToBits(ReadOnlySpan<ulong> limbs, int width)
    {
        var value = BigInteger.Zero;
        for (var limb = limbs.Length - 1; limb >= 0; limb--)
        {
            value = (value << 64) | limbs[limb];
        }

        return new(value, width);
    }

    internal static void CopyLimbs(BitVector value, Span<ulong> limbs)
    {
        for (var limb = 0; limb < WideWords.LimbsOf(value.Width); limb++)
        {
            limbs[limb] = (ulong)((value.Unsigned >> (64 * limb)) & ulong.MaxValue);
        }
    }

    private void AddToggles(long[] toggles)
    {
        for (var slot = 0; slot < toggles.Length; slot++)
        {
            toggles[slot] += BitOperations.PopCount(Layout.Read(_state, slot) ^ Layout.Read(_next, slot));
        }
    }

    private static ulong[] Words(int count) => GC.AllocateArray<ulong>(Math.Max(1, count), pinned: true);

    private static void RequireDirection(PortHandle port, PortDirection direction)
    {
        if (port.Direction != direction)
        {
            throw new ArgumentException($"port '{port.Name}' is not an {direction.ToString().ToLowerInvariant()}");
        }
    }
}
