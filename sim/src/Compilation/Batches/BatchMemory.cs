using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HwSeed.Sim.Compilation.Batches;

/// <summary>
/// Memories of a block of stimuli. Each word lies beside the same word of the block's other stimuli; of a memory that
/// nothing writes there is one copy (<c>spread</c> 0).
/// </summary>
internal static unsafe class BatchMemory
{
    /// <summary>The low 32 bits of the word at each stimulus's own index.</summary>
    /// <param name="index">Index of a word in the memory.</param>
    /// <param name="words">The memory's first word of the first stimulus.</param>
    /// <param name="spread">Stimuli whose words lie beside each other, or 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Read(Vector512<uint> index, ulong* words, int spread) =>
        Vector512.Create(Gather(index.GetLower(), words, spread, 0), Gather(index.GetUpper(), words, spread, 8));

    /// <summary>The low 32 bits of the word at each stimulus's own index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Read(Vector256<uint> index, ulong* words, int spread) => Gather(index, words, spread, 0);

    /// <summary>The word at each stimulus's own index, for half a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Read(Vector512<ulong> index, ulong* words, int spread) =>
        Vector512.Create(Gather(index.GetLower(), words, spread, 0), Gather(index.GetUpper(), words, spread, 4));

    /// <summary>The word at each stimulus's own index, for half a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Read(Vector256<ulong> index, ulong* words, int spread) => Gather(index, words, spread, 0);

    /// <summary>Writes words of up to 32 bits where the condition is 1.</summary>
    /// <param name="condition">0 or 1 for each stimulus.</param>
    /// <param name="index">The first word.</param>
    /// <param name="value">What to write.</param>
    /// <param name="mask">The bits to write.</param>
    /// <param name="words">The memory's first word of the first stimulus.</param>
    /// <param name="count">How many words get the value.</param>
    /// <param name="stride">How far they are apart.</param>
    /// <param name="end">The index at which the memory ends.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(
        Vector512<uint> condition, Vector512<uint> index, Vector512<uint> value, Vector512<uint> mask, ulong* words, int count, int stride, int end)
    {
        var chosen = (~Vector512.Equals(condition, Vector512<uint>.Zero)).ExtractMostSignificantBits();
        if (chosen != 0)
        {
            uint* at = stackalloc uint[16], values = stackalloc uint[16], masks = stackalloc uint[16];
            index.Store(at);
            value.Store(values);
            mask.Store(masks);
            Scatter(chosen, at, values, masks, words, 16, (count, stride, end));
        }
    }

    /// <summary>Writes words of up to 32 bits where the condition is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(
        Vector256<uint> condition, Vector256<uint> index, Vector256<uint> value, Vector256<uint> mask, ulong* words, int count, int stride, int end)
    {
        var chosen = (~Vector256.Equals(condition, Vector256<uint>.Zero)).ExtractMostSignificantBits();
        if (chosen != 0)
        {
            uint* at = stackalloc uint[8], values = stackalloc uint[8], masks = stackalloc uint[8];
            index.Store(at);
            value.Store(values);
            mask.Store(masks);
            Scatter(chosen, at, values, masks, words, 8, (count, stride, end));
        }
    }

    /// <summary>Writes words where the condition is 1; values and masks of the two halves of the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(
        Vector512<uint> condition, Vector512<uint> index, Vector512<ulong> low, Vector512<ulong> high, Vector512<ulong> lowMask,
        Vector512<ulong> highMask, ulong* words, int count, int stride, int end)
    {
        var chosen = (~Vector512.Equals(condition, Vector512<uint>.Zero)).ExtractMostSignificantBits();
        if (chosen != 0)
        {
            var at = stackalloc uint[16];
            ulong* values = stackalloc ulong[16], masks = stackalloc ulong[16];
            index.Store(at);
            low.Store(values);
            high.Store(values + 8);
            lowMask.Store(masks);
            highMask.Store(masks + 8);
            Scatter(chosen, at, values, masks, words, 16, (count, stride, end));
        }
    }

    /// <summary>Writes words where the condition is 1; values and masks of the two halves of the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(
        Vector256<uint> condition, Vector256<uint> index, Vector256<ulong> low, Vector256<ulong> high, Vector256<ulong> lowMask,
        Vector256<ulong> highMask, ulong* words, int count, int stride, int end)
    {
        var chosen = (~Vector256.Equals(condition, Vector256<uint>.Zero)).ExtractMostSignificantBits();
        if (chosen != 0)
        {
            var at = stackalloc uint[8];
            ulong* values = stackalloc ulong[8], masks = stackalloc ulong[8];
            index.Store(at);
            low.Store(values);
            high.Store(values + 4);
            lowMask.Store(masks);
            highMask.Store(masks + 4);
            Scatter(chosen, at, values, masks, words, 8, (count, stride, end));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Gather(Vector256<uint> index, ulong* words, int spread, int first)
    {
        var at = spread == 0 ? index.AsInt32()
            : (index.AsInt32() << BitOperations.Log2((uint)spread)) + (Vector256<int>.Indices + Vector256.Create(first));
        return Avx2.GatherVector256((uint*)words, at, sizeof(ulong));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Gather(Vector256<ulong> index, ulong* words, int spread, int first)
    {
        var at = spread == 0 ? index.AsInt64()
            : (index.AsInt64() << BitOperations.Log2((uint)spread)) + (Vector256<long>.Indices + Vector256.Create((long)first));
        return Avx2.GatherVector256(words, at, sizeof(ulong));
    }

    private static void Scatter<T>(
        ulong chosen, uint* at, T* values, T* masks, ulong* words, int spread, (int Count, int Stride, int End) fill)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (; chosen != 0; chosen &= chosen - 1)
        {
            var lane = BitOperations.TrailingZeroCount(chosen);
            var index = (long)at[lane];
            for (var left = fill.Count; left > 0 && index < fill.End; left--, index += fill.Stride)
            {
                var word = (T*)(words + (index * spread) + lane);
                *word ^= (*word ^ values[lane]) & masks[lane];
            }
        }
    }
}
