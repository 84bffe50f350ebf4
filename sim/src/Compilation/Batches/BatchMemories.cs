using HwSeed.Hdl.Netlists;

namespace HwSeed.Sim.Compilation.Batches;

/// <summary>
/// Where the memory words of many stimuli lie: those of memories that are written in blocks, a word beside the same word of
/// the block's other stimuli; those of all others once.
/// </summary>
internal sealed class BatchMemories
{
    private readonly List<(int Base, int Words, int Place, bool IsShared)> _memories = [];

    /// <param name="netlist">The design.</param>
    /// <param name="layout">Where the words of a single stimulus lie.</param>
    /// <param name="lanes">Stimuli of a block.</param>
    public BatchMemories(Netlist netlist, StateLayout layout, int lanes)
    {
        Lanes = lanes;
        foreach (var memory in netlist.Memories)
        {
            var words = WideWords.LimbsOf(memory.Memory.Width) << memory.Memory.AddressWidth;
            var isShared = memory.Memory.Writes.Count == 0;
            _memories.Add((layout.MemoryBases[memory.Path], words, isShared ? SharedWords : OwnWords, isShared));
            (SharedWords, OwnWords) = isShared ? (SharedWords + words, OwnWords) : (SharedWords, OwnWords + words);
        }

        Spare = OwnWords++;
    }

    /// <summary>Stimuli of a block.</summary>
    public int Lanes { get; }

    /// <summary>Words of which there is one copy.</summary>
    public int SharedWords { get; private set; }

    /// <summary>Words of which each stimulus has its own.</summary>
    public int OwnWords { get; private set; }

    /// <summary>A word of each stimulus's own that nothing reads: writes that are not to be made go there.</summary>
    public int Spare { get; }

    /// <summary>Where the word of a single stimulus lies: among the shared ones, or among each stimulus's own.</summary>
    public (int Place, bool IsShared) PlaceOf(int word)
    {
        var memory = _memories.FindLast(m => m.Base <= word);
        return (memory.Place + word - memory.Base, memory.IsShared);
    }

    /// <summary>Puts the words of one stimulus where those of all lie.</summary>
    public void Spread(ReadOnlySpan<ulong> words, Span<ulong> own, Span<ulong> shared)
    {
        foreach (var (start, count, place, isShared) in _memories)
        {
            if (isShared)
            {
                words.Slice(start, count).CopyTo(shared[place..]);
                continue;
            }

            for (var block = 0; block < own.Length; block += OwnWords * Lanes)
            {
                for (var word = 0; word < count; word++)
                {
                    own.Slice(block + ((place + word) * Lanes), Lanes).Fill(words[start + word]);
                }
            }
        }
    }
}
