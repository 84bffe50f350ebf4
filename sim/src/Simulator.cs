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
/// Runs a design from machine code compiled for it, cycle by cycle or from change to change of its inputs. Two-state;
/// registers and memories power up as the hardware language says. Inputs keep their value until poked again. Not
/// thread-safe: one simulator, one thread.
/// </summary>
public sealed unsafe partial class Simulator
{
    private readonly Lowering _lowering;
    private readonly WordProgram _outputs;
    private readonly Dictionary<string, PortHandle> _ports = [];
    private readonly Dictionary<string, SignalProbe> _probes = [];

    // The two state buffers change places at every edge.
    private readonly PinnedWords _inputWords;
    private readonly PinnedWords _outputWords;
    private readonly PinnedWords _memoryWords;
    private PinnedWords _state;
    private PinnedWords _next;
    private long[]? _toggles;
    private long _countedFrom;

    private Simulator(Netlist netlist, LaneMachine machine)
    {
        (Netlist, _lowering) = (netlist, new(netlist, machine));
        var outputs = new List<Store>();
        foreach (var port in netlist.Design.Top.Ports)
        {
            var net = netlist.Top[port.Name];
            var slot = port.Direction == PortDirection.Input ? Layout.SlotOf(net) : outputs.Count;
            _ports.Add(port.Name, new(port.Name, port.Direction, slot, port.Width));
            if (port.Direction == PortDirection.Output)
            {
                outputs.AddRange(_lowering[net].Select((word, limb) => Store.Word(slot + limb, word)));
            }
        }

        _loops = [.. netlist.Latches.Where(l => l.IsCut).Select(l => l.Target)];
        _patience = PatienceFor(_loops.Count);
        _plan = new(_lowering, netlist);
        _edges = new(_lowering.Graph, _plan.Round(), Layout, intoState: true);
        _follow = _plan.HasEvents || _plan.Latches.Count == 0 ? null : new(_lowering.Graph, _plan.Latches, Layout, intoState: true);
        _outputs = new(_lowering.Graph, outputs, Layout, intoState: false);
        _inputWords = new(Layout.ImplicitClock + 1 + (LanePlan.InputMargin / 8));
        _outputWords = new(outputs.Count);
        _memoryWords = new(Layout.MemoryWords);
        _state = new(Layout.StateBufferWords);
        _next = new(Layout.StateBufferWords, placeInPage: 2048);
        PowerUp();
    }

    /// <summary>The elaborated design.</summary>
    public Netlist Netlist { get; }

    /// <summary>The top module's ports, in order.</summary>
    public IReadOnlyCollection<PortHandle> Ports => _ports.Values;

    /// <summary>Rising edges of the implicit clock, and pulses of clock inputs, since power-up.</summary>
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

    internal int EdgeChunks => _edges.Chunks;

    internal int EdgeVectorStores => _edges.VectorStores;

    /// <summary>Compiles a design. HW1040, HW1042, HW1043: it cannot be elaborated.</summary>
    public static Checked<Simulator> Compile(Design design) => Netlist.Elaborate(design).Then(Compile);

    /// <summary>Compiles an elaborated design.</summary>
    public static Checked<Simulator> Compile(Netlist netlist) => Compile(netlist, LaneMachine.Best);

    internal static Checked<Simulator> Compile(Netlist netlist, LaneMachine machine) =>
        Checked.Ok(new Simulator(netlist, machine));

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
            _inputWords.Span.Slice(input.Slot + 1, input.Limbs - 1).Clear();
        }

        Changed(Wakes(input.Slot));
    }

    /// <summary>Drives an input of any width from words, least significant first; bits above its width are dropped.</summary>
    public void Poke(PortHandle input, ReadOnlySpan<ulong> limbs)
    {
        RequireDirection(input, PortDirection.Input);
        var words = _inputWords.Span.Slice(input.Slot, input.Limbs);
        limbs = limbs[..words.Length];
        for (var limb = 0; limb < limbs.Length; limb++)
        {
            // Shorter than a call of CopyTo, and each word is stored as compiled code loads it.
            words[limb] = limbs[limb];
        }

        words[^1] &= WordGraph.MaskOf(WideWords.LimbWidth(input.Width, input.Limbs - 1));
        Changed(Wakes(input.Slot));
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
        (port.Direction == PortDirection.Input ? _inputWords : _outputWords).Span.Slice(port.Slot, port.Limbs).CopyTo(limbs);
    }

    /// <summary>
    /// The settled words of a port, least significant first, without a copy: valid until the simulator is used again.
    /// </summary>
    public ReadOnlySpan<ulong> PeekWords(PortHandle port)
    {
        Evaluate();
        return (port.Direction == PortDirection.Input ? _inputWords : _outputWords).Span.Slice(port.Slot, port.Limbs);
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

    /// <summary>Compiles a reader of chosen signals, cheap to use every cycle. Throws for an unknown path.</summary>
    public SignalProbe Probe(IReadOnlyList<string> paths)
    {
        var nets = paths.Select(p => Netlist.TryFind(p, out var net)
            ? net
            : throw new KeyNotFoundException($"no signal '{p}'")).ToList();
        return new(this, paths, nets, _lowering);
    }

    internal SignalProbe Probe(IReadOnlyList<ScopedExpression> values) => new(this, values, _lowering);

    /// <summary>Bits that have changed in each register and memory read port since counting was switched on.</summary>
    public ToggleCounts Toggles()
    {
        var toggles = _toggles ?? throw new InvalidOperationException($"set {nameof(CountsToggles)} first");
        return new(Cycles - _countedFrom, Netlist.Nets
            .Where(n => n.Kind is NetKind.Register or NetKind.ReadPort or NetKind.Latch)
            .Select(n => new SignalToggles(n.Path, n.Width, toggles
                .Skip(Layout.SlotOf(n)).Take(WideWords.LimbsOf(n.Width)).Sum()))
            .ToEquatableArray());
    }

    // All input words, then all output words, in port order.
    internal void CopyPorts(Span<ulong> words)
    {
        Evaluate();
        var inputs = Layout.InputWords - (Netlist.ImplicitClock is null ? 0 : 1);
        _inputWords.Span[..inputs].CopyTo(words);
        _outputWords.Span[..(words.Length - inputs)].CopyTo(words[inputs..]);
    }

    /// <summary>Runs a program that reads the settled design and writes words of its own.</summary>
    internal void Sample(WordProgram program, PinnedWords target)
    {
        Settle();
        Run(program, target, 1);
    }

    internal long Run(WordProgram program, PinnedWords target, long times) =>
        program.Run(_state.Address, target.Address, _inputWords.Address, _memoryWords.Address, times);

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
            toggles[slot] += BitOperations.PopCount(Layout.Read(_state.Span, slot) ^ Layout.Read(_next.Span, slot));
        }
    }

    private static void RequireDirection(PortHandle port, PortDirection direction)
    {
        if (port.Direction != direction)
        {
            throw new ArgumentException($"port '{port.Name}' is not an {direction.ToString().ToLowerInvariant()}");
        }
    }
}
