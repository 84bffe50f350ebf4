using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HwSeed.Kernels;

/// <summary>Activations on their way into a packed buffer.</summary>
internal static class SpanWidening
{
    /// <summary>Signed bytes to unsigned ones with zero point 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Offset(ReadOnlySpan<sbyte> source, Span<byte> target)
    {
        var bytes = MemoryMarshal.AsBytes(source);
        var i = 0;
        for (; i + Vector256<byte>.Count <= bytes.Length; i += Vector256<byte>.Count)
        {
            (Vector256.Create(bytes[i..]) ^ Vector256.Create((byte)0x80)).CopyTo(target[i..]);
        }

        for (; i < bytes.Length; i++)
        {
            target[i] = (byte)(bytes[i] ^ 0x80);
        }
    }

    /// <summary>Signed bytes to int16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<sbyte> source, Span<short> target)
    {
        var i = 0;
        for (; i + Vector256<sbyte>.Count <= source.Length; i += Vector256<sbyte>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(source[i..]));
            low.CopyTo(target[i..]);
            high.CopyTo(target[(i + Vector256<short>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            target[i] = source[i];
        }
    }

    /// <summary>Signed bytes to 16 bits with zero point 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OffsetWiden(ReadOnlySpan<sbyte> source, Span<ushort> target)
    {
        var bytes = MemoryMarshal.AsBytes(source);
        var i = 0;
        for (; i + Vector256<byte>.Count <= bytes.Length; i += Vector256<byte>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(bytes[i..]) ^ Vector256.Create((byte)0x80));
            low.CopyTo(target[i..]);
            high.CopyTo(target[(i + Vector256<ushort>.Count)..]);
        }

        for (; i < bytes.Length; i++)
        {
            target[i] = (ushort)(bytes[i] ^ 0x80);
        }
    }
}
