using HwSeed.Hdl.Diagnostics;
using HwSeed.Hdl.Netlists;
using HwSeed.Hdl.Rtl;
using HwSeed.Sim.Checkpoints;
using HwSeed.Sim.Compilation;

namespace HwSeed.Sim;

/// <summary>Power-up, and state that is read and written from outside.</summary>
public sealed unsafe partial class Simulator
{
    /// <summary>
    /// Back to power-up: registers and latches at their power-up values, memories at their contents, inputs zero.
    /// </summary>
    /// <param name="seed">
    /// Where given, what has no initial value of its own is random: registers and latches without InitialValue, read
    /// words, and the words of memories beyond their contents.
    /// </param>
    public void PowerUp(int? seed = null)
    {
        var random = seed is { } given ? new Random(given) : null;
        _state.Span.Clear();
        _inputWords.Span.Clear();
        _memoryWords.Span.Clear();
        foreach (var register in Netlist.Registers)
        {
            Start(register.Target, register.Register.PowerUp, register.Register.InitialValue is null ? random : null);
        }

        foreach (var latch in Netlist.Latches)
        {
            Start(latch.Target, latch.Latch.PowerUp, latch.Latch.InitialValue is null ? random : null);
        }

        foreach (var memory in Netlist.Memories)
        {
            foreach (var read in memory.Reads)
            {
                Start(read, BitVector.Zero(read.Width), random);
            }

            var limbs = WideWords.LimbsOf(memory.Memory.Width);
            for (var word = 0; word < (random is null ? memory.Memory.Contents.Count : memory.Memory.Depth); word++)
            {
                CopyLimbs(
                    word < memory.Memory.Contents.Count ? memory.Memory.Contents[word] : Noise(random!, memory.Memory.Width),
                    _memoryWords.Span[(Layout.MemoryBases[memory.Path] + (word * limbs))..]);
            }
        }

        // A clock that is made by registers has no edge at power-up either.
        foreach (var (clock, before) in _plan.Clocks.Before)
        {
            if (clock.Kind is NetKind.Register or NetKind.ReadPort)
            {
                Layout.Write(_state.Span, before, Layout.Read(_state.Span, Layout.SlotOf(clock)));
            }
        }

        if (_toggles is not null)
        {
            Array.Clear(_toggles);
        }

        (Cycles, _countedFrom, _hasStarted) = (0, 0, false);
        Changed();
    }

    /// <summary>The words of all memories.</summary>
    internal ReadOnlySpan<ulong> MemoryWords => _memoryWords.Span;

    /// <summary>The word of a state slot.</summary>
    internal ulong StateWord(int slot) => Layout.Read(_state.Span, slot);

    /// <summary>
    /// Sets a register, latch, memory read word or input of the top by its path. Throws
    /// <see cref="KeyNotFoundException"/> for an unknown path, <see cref="ArgumentException"/> for a signal that logic
    /// drives or a value of another width.
    /// </summary>
    public void Poke(string path, BitVector value)
    {
        if (!Netlist.TryFind(path, out var net))
        {
            throw new KeyNotFoundException($"no signal '{path}'");
        }

        if (net.Kind == NetKind.Combinational)
        {
            throw new ArgumentException($"'{path}' is driven by logic; only state and inputs can be set");
        }

        RequireWidth(path, net.Width, value);
        if (net.Kind == NetKind.Input)
        {
            CopyLimbs(value, _inputWords.Span[Layout.SlotOf(net)..]);
        }
        else
        {
            Write(net, value);
        }

        Changed();
    }

    /// <summary>The word of a memory by the memory's path.</summary>
    public BitVector PeekMemory(string path, int address)
    {
        var (memory, at) = WordOf(path, address);
        return ToBits(_memoryWords.Span.Slice(at, WideWords.LimbsOf(memory.Width)), memory.Width);
    }

    /// <summary>Sets the word of a memory by the memory's path.</summary>
    public void PokeMemory(string path, int address, BitVector value)
    {
        var (memory, at) = WordOf(path, address);
        RequireWidth(path, memory.Width, value);
        CopyLimbs(value, _memoryWords.Span[at..]);
        Changed();
    }

    /// <summary>All state, memories and inputs as they are.</summary>
    public SimulationSnapshot Snapshot() =>
        new(Cycles, _hasStarted, _state.Span.ToArray(), _inputWords.Span.ToArray(), _memoryWords.Span.ToArray());

    /// <summary>Back to a snapshot of a simulator of the same design; throws for one of another shape.</summary>
    public void Restore(SimulationSnapshot snapshot)
    {
        if (!snapshot.Fits(_state.Length, _inputWords.Length, _memoryWords.Length))
        {
            throw new ArgumentException($"the snapshot was taken of another design than '{Netlist.Design.Top.Name}'");
        }

        snapshot.State.CopyTo(_state.Span);
        snapshot.Inputs.CopyTo(_inputWords.Span);
        snapshot.Memories.CopyTo(_memoryWords.Span);
        (Cycles, _hasStarted) = (snapshot.Cycles, snapshot.HasStarted);
        Changed();
    }

    /// <summary>Writes a snapshot to a file, whole or not at all.</summary>
    public void SaveCheckpoint(string path) => CheckpointFile.Write(path, Snapshot(), Fingerprint());

    /// <summary>
    /// Goes back to a checkpoint. HW1047: no checkpoint, or a damaged one. HW1048: one of another design.
    /// </summary>
    /// <returns>What was wrong; empty when the state was restored.</returns>
    public IReadOnlyList<Diagnostic> RestoreCheckpoint(string path)
    {
        var read = CheckpointFile.Read(path, Fingerprint());
        if (read.IsOk)
        {
            Restore(read.Value);
        }

        return read.Diagnostics;
    }

    private byte[] Fingerprint() => _fingerprint ??= DesignFingerprint.Of(Netlist.Design);

    private byte[]? _fingerprint;

    private void Start(Net net, BitVector value, Random? random) =>
        Write(net, random is null ? value : Noise(random, net.Width));

    private void Write(Net net, BitVector value)
    {
        var limbs = new ulong[WideWords.LimbsOf(net.Width)];
        CopyLimbs(value, limbs);
        for (var limb = 0; limb < limbs.Length; limb++)
        {
            Layout.Write(_state.Span, Layout.SlotOf(net) + limb, limbs[limb]);
        }
    }

    private static BitVector Noise(Random random, int width)
    {
        var bytes = new byte[(width + 7) / 8];
        random.NextBytes(bytes);
        return new(new System.Numerics.BigInteger(bytes, isUnsigned: true), width);
    }

    private (Memory Memory, int At) WordOf(string path, int address)
    {
        var memory = Netlist.Memories.FirstOrDefault(m => m.Path == path)?.Memory
            ?? throw new KeyNotFoundException($"no memory '{path}'");
        ArgumentOutOfRangeException.ThrowIfNegative(address);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(address, memory.Depth);
        return (memory, Layout.MemoryBases[path] + (address * WideWords.LimbsOf(memory.Width)));
    }

    private static void RequireWidth(string path, int width, BitVector value)
    {
        if (value.Width != width)
        {
            throw new ArgumentException($"'{path}' has {width} bits, the value {value.Width}");
        }
    }
}
