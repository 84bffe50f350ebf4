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
                case NetKind.Register or NetKind.ReadPort:
                    _slots[net.Index] = StateWords;
                    StateWords += WideWords.LimbsOf(net.Width);
                    break;
            }
        }

        foreach (var memory in netlist.Memories)
        {
            MemoryBases.Add(memory.Path, MemoryWords);
            MemoryWords += WideWords.LimbsOf(memory.Memory.Width) << memory.Memory.AddressWidth;
        }
    }

    public int InputWords { get; private set; }

    public int StateWords { get; private set; }

    /// <summary>Word 0 takes the writes of ports that are not enabled, so that a write needs no branch.</summary>
    public int MemoryWords { get; private set; } = 1;

    public Dictionary<string, int> MemoryBases { get; } = [];

    public int SlotOf(Net net) => _slots[net.Index];
}
