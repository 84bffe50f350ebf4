using HwSeed.Hdl.Netlists;

namespace HwSeed.Sim.Compilation;

/// <summary>Where inputs, state and memory words of a design lie in the simulator's arrays.</summary>
internal sealed class StateLayout
{
    private readonly int[] _slots;

    public StateLayout(Netlist netlist)
    {
        _slots = new int[netlist.Nets.Count];
        foreach (var net in netlist.Nets)
        {
            switch (net.Kind)
            {
                case NetKind.Input:
                    _slots[net.Index] = InputWords;
                    InputWords += WideWords.LimbsOf(net.Width);
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
    }

    /// <summary>Words of all input ports.</summary>
    public int InputWords { get; private set; }

    /// <summary>The input word after those of the ports: 1 while the implicit clock rises.</summary>
    public int ImplicitClock { get; }

    public int StateWords { get; private set; }

    /// <summary>Words of all memories, each rounded up to a power of two; those at or above the depth stay zero.</summary>
    public int MemoryWords { get; private set; }

    public Dictionary<string, int> MemoryBases { get; } = [];

    public int SlotOf(Net net) => _slots[net.Index];

    /// <summary>One more word of state that is no net.</summary>
    public int AddStateWord() => StateWords++;
}
