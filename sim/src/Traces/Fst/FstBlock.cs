using System.Text;

namespace HwSeed.Sim.Traces.Fst;

/// <summary>
/// The value changes of one stretch of time, a chain of changes a signal, and the values with which the stretch begins.
/// </summary>
/// <param name="widths">Bits of each signal, in file order.</param>
/// <param name="places">File order of each signal of the waveform.</param>
internal sealed class FstBlock(int[] widths, int[] places)
{
    private const byte BlockKind = 8;
    private const byte ZlibChains = (byte)'Z';

    // A chain that grew beyond this in one block gives its room back after it.
    private const int KeptChain = 4096;

    private readonly FstBytes[] _chains = [.. widths.Select(_ => new FstBytes())];
    private readonly int[] _lastTimes = new int[widths.Length];
    private readonly ulong[][] _values = [.. widths.Select(w => new ulong[(w + 63) / 64])];
    private readonly FstBytes _times = new();
    private readonly FstBytes _frame = new();
    private int _timeCount;
    private long _begin = -1;
    private long _time;

    /// <summary>Bytes of changes that wait to be written.</summary>
    public long Bytes { get; private set; }

    public void Advance(long time)
    {
        if (_timeCount == 0)
        {
            _begin = _begin < 0 ? time : _begin;
            TakeFrame();
        }

        // The first is counted from zero, the others each from the one before.
        _times.Varint((ulong)(_timeCount == 0 ? time : time - _time));
        _time = time;
        _timeCount++;
        Bytes++;
    }

    public void Change(int signal, ReadOnlySpan<ulong> value)
    {
        var place = places[signal];
        var chain = _chains[place];
        var (width, before) = (widths[place], chain.Length);
        value.CopyTo(_values[place]);
        var skipped = (ulong)(_timeCount - 1 - _lastTimes[place]);
        _lastTimes[place] = _timeCount - 1;
        if (width == 1)
        {
            chain.Varint((skipped << 2) | (value[0] << 1));
        }
        else
        {
            chain.Varint(skipped << 1);
            chain.LeftAligned(value, width);
        }

        Bytes += chain.Length - before;
    }

    /// <summary>Writes the block and begins the next; false when there was nothing to write.</summary>
    public bool WriteTo(Stream stream)
    {
        if (_timeCount == 0)
        {
            return false;
        }

        var head = new FstBytes();
        head.Word(_begin);
        head.Word(_time);
        head.Word(_chains.Sum(c => (long)c.Length));
        var frame = FstBytes.Packed(_frame.Written);
        head.Varint((ulong)_frame.Length);
        head.Varint((ulong)frame.Length);
        head.Varint((ulong)widths.Length);
        head.Bytes(frame.Span);
        head.Varint((ulong)widths.Length);

        var (chains, index) = WriteChains();
        var times = FstBytes.Packed(_times.Written);
        var tail = new FstBytes();
        tail.Word(index.Length);
        tail.Bytes(times.Span);
        tail.Word(_times.Length);
        tail.Word(times.Length);
        tail.Word(_timeCount);

        var length = new FstBytes();
        length.Byte(BlockKind);
        length.Word(8L + head.Length + chains.Length + index.Length + tail.Length);
        foreach (var part in (FstBytes[])[length, head, chains, index, tail])
        {
            stream.Write(part.Written);
        }

        Clear();
        return true;
    }

    // The chains, and where each begins: a step from the one before, a run of signals without changes, or an earlier
    // signal whose chain is the same.
    private (FstBytes Chains, FstBytes Index) WriteChains()
    {
        var (chains, index) = (new FstBytes(), new FstBytes());
        chains.Byte(ZlibChains);
        var known = new Dictionary<(ulong, int), int>();
        var (position, unchanged) = (0, 0);
        for (var place = 0; place < widths.Length; place++)
        {
            var chain = _chains[place];
            if (chain.Length == 0)
            {
                unchanged++;
                continue;
            }

            if (unchanged > 0)
            {
                index.Varint((ulong)unchanged << 1);
                unchanged = 0;
            }

            var key = (Fingerprint(chain.Written), widths[place]);
            if (known.TryGetValue(key, out var same) && _chains[same].Written.SequenceEqual(chain.Written))
            {
                index.SignedVarint(((-1L - same) << 1) | 1);
                continue;
            }

            known[key] = place;
            index.SignedVarint(((long)(chains.Length - position) << 1) | 1);
            position = chains.Length;
            var packed = FstBytes.Packed(chain.Written);
            chains.Varint(packed.Length < chain.Length ? (ulong)chain.Length : 0);
            chains.Bytes(packed.Span);
        }

        if (unchanged > 0)
        {
            index.Varint((ulong)unchanged << 1);
        }

        return (chains, index);
    }

    private static ulong Fingerprint(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return (uint)hash.ToHashCode() | ((ulong)bytes.Length << 32);
    }

    // One character a bit, signal after signal.
    private void TakeFrame()
    {
        _frame.Clear();
        for (var place = 0; place < widths.Length; place++)
        {
            for (var bit = widths[place] - 1; bit >= 0; bit--)
            {
                _frame.Byte((byte)('0' + ((_values[place][bit / 64] >> (bit % 64)) & 1)));
            }
        }
    }

    private void Clear()
    {
        foreach (var chain in _chains)
        {
            chain.Clear(KeptChain);
        }

        _times.Clear();
        Array.Clear(_lastTimes);
        (_begin, _timeCount, Bytes) = (_time, 0, 0);
    }
}
