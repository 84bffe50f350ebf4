using HwSeed.Sim.Compilation.Lanes;

namespace HwSeed.Sim.Compilation.Batches;

/// <summary>
/// Where the words of many stimuli lie. Stimuli are taken in blocks of as many as a vector has 32-bit lanes; a block's
/// words are contiguous, each with its lanes beside each other in 32 or 64 bits; a single bit is a lane of all ones or zero.
/// </summary>
/// <param name="Lanes">Stimuli of a block.</param>
/// <param name="Offsets">First byte of each word in a block.</param>
/// <param name="Elements">Bytes of a lane of each word.</param>
/// <param name="IsBit">Whether a word is a single bit.</param>
/// <param name="Bytes">Bytes of a block.</param>
internal sealed record BatchLayout(int Lanes, int[] Offsets, int[] Elements, bool[] IsBit, int Bytes)
{
    /// <summary>Places words of given widths.</summary>
    public static BatchLayout Of(int lanes, IReadOnlyList<int> widths)
    {
        int[] elements = [.. widths.Select(w => w <= 32 ? 4 : 8)];
        var offsets = new int[elements.Length];
        var at = 0;
        for (var word = 0; word < elements.Length; word++)
        {
            offsets[word] = at;
            at += lanes * elements[word];
        }

        return new(lanes, offsets, elements, [.. widths.Select(w => w == 1)], at);
    }

    public ulong Read(ReadOnlySpan<byte> buffer, int stimulus, int word)
    {
        var at = buffer[Place(stimulus, word)..];
        return Elements[word] == 4 ? BitConverter.ToUInt32(at) & (IsBit[word] ? 1U : uint.MaxValue) : BitConverter.ToUInt64(at);
    }

    public void Write(Span<byte> buffer, int stimulus, int word, ulong value)
    {
        var at = buffer[Place(stimulus, word)..];
        value = IsBit[word] ? 0 - value : value;
        _ = Elements[word] == 4 ? BitConverter.TryWriteBytes(at, (uint)value) : BitConverter.TryWriteBytes(at, value);
    }

    private int Place(int stimulus, int word) =>
        ((stimulus / Lanes) * Bytes) + Offsets[word] + ((stimulus % Lanes) * Elements[word]);
}
