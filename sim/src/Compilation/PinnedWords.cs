namespace HwSeed.Sim.Compilation;

/// <summary>
/// Zeroed words at an address that stays, for compiled code. Whole vectors from its start on lie in one line of the cache
/// each.
/// </summary>
internal sealed unsafe class PinnedWords
{
    // Loads wait for an earlier store whose address has the same low bits.
    private const int Page = 4096;

    private readonly ulong[] _array;
    private readonly ulong* _address;

    /// <param name="count">How many.</param>
    /// <param name="placeInPage">The low 12 bits of the address, a multiple of 64.</param>
    public PinnedWords(int count, int placeInPage = 0)
    {
        Length = Math.Max(1, count);
        _array = GC.AllocateArray<ulong>(Length + (Page / sizeof(ulong)), pinned: true);
        fixed (ulong* start = _array)
        {
            _address = start + ((placeInPage - (int)((nint)start % Page) + Page) % Page / sizeof(ulong));
        }
    }

    public int Length { get; }

    /// <summary>The first word; holds as long as this object is reachable.</summary>
    public ulong* Address => _address;

    public Span<ulong> Span => new(_address, Length);

    public Span<byte> Bytes => new(_address, sizeof(ulong) * Length);

    public ref ulong this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Length);
            return ref _address[index];
        }
    }
}
