using System.Buffers.Binary;
using System.IO.Compression;

namespace HwSeed.Sim.Traces.Fst;

/// <summary>A growing run of bytes in the encodings of FST: big-endian words and variable-length integers.</summary>
internal sealed class FstBytes
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Byte(byte value) => Room(1)[0] = value;

    public void Bytes(ReadOnlySpan<byte> values) => values.CopyTo(Room(values.Length));

    /// <summary>Eight bytes, most significant first.</summary>
    public void Word(long value) => BinaryPrimitives.WriteInt64BigEndian(Room(8), value);

    /// <summary>Text that ends with a zero byte.</summary>
    public void Text(string text)
    {
        Bytes(System.Text.Encoding.UTF8.GetBytes(text));
        Byte(0);
    }

    /// <summary>Seven bits a byte, least significant first; the top bit says that more follow.</summary>
    public void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    /// <summary>The same for a signed number: the last byte's bit 6 is its sign.</summary>
    public void SignedVarint(long value)
    {
        while (value is < -64 or > 63)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)(value & 0x7F));
    }

    /// <summary>The bits of a value, the topmost first and left-aligned in whole bytes.</summary>
    public void LeftAligned(ReadOnlySpan<ulong> limbs, int width)
    {
        var target = Room((width + 7) / 8);
        var shift = (8 * target.Length) - width;
        for (var at = 0; at < target.Length; at++)
        {
            // The lowest bit of this byte is this bit of the value; below zero lies the padding.
            var low = (8 * (target.Length - 1 - at)) - shift;
            target[at] = low < 0 ? (byte)(limbs[0] << -low) : Byte(limbs, low);
        }
    }

    /// <summary>Empties it; room above a bound is given back.</summary>
    public void Clear(int keep = int.MaxValue)
    {
        Length = 0;
        if (_bytes.Length > keep)
        {
            _bytes = [];
        }
    }

    /// <summary>The bytes as a zlib stream when that is shorter, else as they are.</summary>
    public static ReadOnlyMemory<byte> Packed(ReadOnlySpan<byte> bytes)
    {
        // Below this nothing is gained that the header does not take.
        if (bytes.Length < 32)
        {
            return bytes.ToArray();
        }

        var packed = new MemoryStream(bytes.Length);
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return packed.Length < bytes.Length ? packed.GetBuffer().AsMemory(0, (int)packed.Length) : bytes.ToArray();
    }

    private static byte Byte(ReadOnlySpan<ulong> limbs, int low)
    {
        var (limb, bit) = (low / 64, low % 64);
        var value = limbs[limb] >> bit;
        return (byte)(bit > 56 && limb + 1 < limbs.Length ? value | (limbs[limb + 1] << (64 - bit)) : value);
    }

    private Span<byte> Room(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(16, Math.Max(Length + count, 2 * _bytes.Length)));
        }

        Length += count;
        return _bytes.AsSpan(Length - count, count);
    }
}
