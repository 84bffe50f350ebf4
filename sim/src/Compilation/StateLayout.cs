using HwSeed.Hdl.Netlists;
using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim.Compilation;

/// <summary>
/// Where inputs, state and memory words of a design lie in the simulator's arrays. Inputs and memories are words. State
/// slots are numbers; where a slot's bytes lie is up to the layout, since lanes lie beside each other in small elements.
/// </summary>
internal sealed class StateLayout
{
    // Vectors may reach over the ends of what they need.
    private const int Margin = 64;

    private readonly int[] _slots;
    private readonly List<int> _offsets;
    private readonly List<int> _bytes;
    private readonly List<int> _inputs = [];
    private readonly List<int> _groupEnds = [];
    private int _firstWord;
    private int _end;

    public StateLayout(Netlist netlist, LaneMachine machine)
    {
        Machine = machine;
        _slots = new int[netlist.Nets.Count];
        foreach (var net in netlist.Nets)
        {
            switch (net.Kind)
            {
                case NetKind.Input:
                    _slots[net.Index] = InputWords;
                    InputWords += WideWords.LimbsOf(net.Width);
                    _inputs.AddRange(Enumerable.Repeat(net.Index, WideWords.LimbsOf(net.Width)));
                    break;
                case NetKind.Register or NetKind.ReadPort or NetKind.Latch:
                    _slots[net.Index] = StateWords;
                    StateWords += WideWords.LimbsOf(net.Width);
                    break;
            }
        }

        ImplicitClock = InputWords;
        foreach (var memory in netlist.Memories)
        {
            MemoryBases.Add(memory.Path, MemoryWords);
            MemoryWords += WideWords.LimbsOf(memory.Memory.Width) << memory.Memory.AddressWidth;
        }

        (_offsets, _bytes) = ([.. new int[StateWords]], [.. new int[StateWords]]);
        Groups = machine.IsOn
            ? [.. LaneGroup.Of(netlist.Nets.Where(n => n.Kind is NetKind.Register or NetKind.ReadPort), SlotOf)]
            : [];
        Place();
    }

    /// <summary>The vectors that code for this layout may use.</summary>
    public LaneMachine Machine { get; }

    /// <summary>Words of all input ports.</summary>
    public int InputWords { get; private set; }

    /// <summary>The input word after those of the ports: 1 while the implicit clock rises.</summary>
    public int ImplicitClock { get; }

    /// <summary>Number of state slots.</summary>
    public int StateWords { get; private set; }

    /// <summary>Length of a state buffer in 64-bit words.</summary>
    public int StateBufferWords => (_end + Margin) / 8;

    /// <summary>Words of all memories, each rounded up to a power of two; those at or above the depth stay zero.</summary>
    public int MemoryWords { get; private set; }

    public Dictionary<string, int> MemoryBases { get; } = [];

    /// <summary>State that lies in lanes.</summary>
    public IReadOnlyList<LaneGroup> Groups { get; }

    public int SlotOf(Net net) => _slots[net.Index];

    /// <summary>First byte of a state slot in a state buffer.</summary>
    public int OffsetOf(int slot) => _offsets[slot];

    /// <summary>Bytes of a state slot: 1, 2, 4 or 8; unused high bits are zero.</summary>
    public int BytesOf(int slot) => _bytes[slot];

    /// <summary>A number for what an address belongs to: a group of lanes, a word, an input port.</summary>
    public int OwnerOf(LaneAddress address)
    {
        if (address.Buffer == LaneBuffer.Inputs)
        {
            // Behind the ports stands the implicit clock.
            return address.Offset / 8 < _inputs.Count ? -1 - _inputs[address.Offset / 8] : int.MinValue;
        }

        var group = _groupEnds.BinarySearch(address.Offset);
        return address.Offset >= _firstWord ? _groupEnds.Count + (address.Offset / 8) : group < 0 ? ~group : group + 1;
    }

    /// <summary>Whether a byte of a state buffer belongs to a word rather than to a lane.</summary>
    public bool IsWord(int offset) => offset >= _firstWord;

    /// <summary>One more word of state that is no net.</summary>
    public int AddStateWord()
    {
        _offsets.Add(_end);
        _bytes.Add(8);
        _end += 8;
        return StateWords++;
    }

    /// <summary>The value of a state slot in a state buffer.</summary>
    public ulong Read(ReadOnlySpan<ulong> buffer, int slot) =>
        (buffer[_offsets[slot] / 8] >> (8 * (_offsets[slot] % 8))) & WordGraph.MaskOf(8 * _bytes[slot]);

    /// <summary>Puts a value into a state slot of a state buffer.</summary>
    public void Write(Span<ulong> buffer, int slot, ulong value)
    {
        var (shift, mask) = (8 * (_offsets[slot] % 8), WordGraph.MaskOf(8 * _bytes[slot]));
        ref var word = ref buffer[_offsets[slot] / 8];
        word = (word & ~(mask << shift)) | ((value & mask) << shift);
    }

    private void Place()
    {
        var at = Margin;
        foreach (var group in Groups)
        {
            foreach (var slot in group.Slots)
            {
                (_offsets[slot], _bytes[slot]) = (at, group.ElementBytes);
                at += group.ElementBytes;
            }

            at = (at + Margin - 1) / Margin * Margin;
            _groupEnds.Add(at);
        }

        _firstWord = at;
        for (var slot = 0; slot < StateWords; slot++)
        {
            if (_bytes[slot] == 0)
            {
                (_offsets[slot], _bytes[slot]) = (at, 8);
                at += 8;
            }
        }

        _end = at;
    }
}
