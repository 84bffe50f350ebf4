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
        Gather(index.GetLower(), words, spread, 0).ToVector512Unsafe().WithUpper(Gather(index.GetUpper(), words, spread, 8));

    /// <summary>The low 32 bits of the word at each stimulus's own index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Read(Vector256<uint> index, ulong* words, int spread) => Gather(index, words, spread, 0);

    /// <summary>The word at each stimulus's own index, for half a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Read(Vector512<ulong> index, ulong* words, int spread) =>
        Gather(index.GetLower(), words, spread, 0).ToVector512Unsafe().WithUpper(Gather(index.GetUpper(), words, spread, 4));

    /// <summary>The word at each stimulus's own index, for half a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Read(Vector256<ulong> index, ulong* words, int spread) => Gather(index, words, spread, 0);

    /// <summary>Writes a word of up to 32 bits for each stimulus: at its own index, or to the spare word where nothing is to be written.</summary>
    /// <param name="condition">All ones where something is written.</param>
    /// <param name="index">Index of a word in the memory.</param>
    /// <param name="value">What to write.</param>
    /// <param name="words">The memory's first word of the first stimulus.</param>
    /// <param name="spare">Index of a word that nothing reads.</param>
    /// <param name="scratch">Room for two blocks of 64-bit lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(
        Vector512<uint> condition, Vector512<uint> index, Vector512<uint> value, ulong* words, int spare, byte* scratch)
    {
        if (condition != Vector512<uint>.Zero)
        {
            Place(condition, index, spare).Store((uint*)scratch);
            value.Store((uint*)scratch + 16);
            Put8((uint*)scratch, (uint*)scratch + 16, words);
            Put8((uint*)scratch + 8, (uint*)scratch + 24, words);
        }
    }

    /// <summary>Writes a word of up to 32 bits for each stimulus.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(
        Vector256<uint> condition, Vector256<uint> index, Vector256<uint> value, ulong* words, int spare, byte* scratch)
    {
        if (condition != Vector256<uint>.Zero)
        {
            Place(condition, index, spare).Store((uint*)scratch);
            value.Store((uint*)scratch + 8);
            Put8((uint*)scratch, (uint*)scratch + 8, words);
        }
    }

    /// <summary>Writes a word for each stimulus, the values in two halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(
        Vector512<uint> condition, Vector512<uint> index, Vector512<ulong> low, Vector512<ulong> high, ulong* words, int spare, byte* scratch)
    {
        if (condition != Vector512<uint>.Zero)
        {
            Place(condition, index, spare).Store((uint*)scratch);
            low.Store((ulong*)scratch + 8);
            high.Store((ulong*)scratch + 16);
            Put8((uint*)scratch, (ulong*)scratch + 8, words);
            Put8((uint*)scratch + 8, (ulong*)scratch + 16, words);
        }
    }

    /// <summary>Writes a word for each stimulus, the values in two halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(
        Vector256<uint> condition, Vector256<uint> index, Vector256<ulong> low, Vector256<ulong> high, ulong* words, int spare, byte* scratch)
    {
        if (condition != Vector256<uint>.Zero)
        {
            Place(condition, index, spare).Store((uint*)scratch);
            low.Store((ulong*)scratch + 4);
            high.Store((ulong*)scratch + 8);
            Put8((uint*)scratch, (ulong*)scratch + 4, words);
        }
    }

    /// <summary>Writes some bits of a word of up to 32 bits for each stimulus.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(
        Vector512<uint> condition, Vector512<uint> index, Vector512<uint> value, Vector512<uint> mask, ulong* words, int spare, byte* scratch)
    {
        var old = Read(index, words, 16);
        Write(condition, index, old ^ ((old ^ value) & mask), words, spare, scratch);
    }

    /// <summary>Writes some bits of a word for each stimulus, the values and masks in two halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(
        Vector512<uint> condition, Vector512<uint> index, Vector512<ulong> low, Vector512<ulong> high,
        Vector512<ulong> lowMask, Vector512<ulong> highMask, ulong* words, int spare, byte* scratch)
    {
        var (oldLow, oldHigh) = (Read(Vector512.WidenLower(index), words, 16), Read(Vector512.WidenUpper(index), words + 8, 16));
        low = oldLow ^ ((oldLow ^ low) & lowMask);
        high = oldHigh ^ ((oldHigh ^ high) & highMask);
        Write(condition, index, low, high, words, spare, scratch);
    }

    /// <summary>Writes some bits of a word of up to 32 bits for each stimulus.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(
        Vector256<uint> condition, Vector256<uint> index, Vector256<uint> value, Vector256<uint> mask, ulong* words, int spare, byte* scratch)
    {
        var old = Read(index, words, 8);
        Write(condition, index, old ^ ((old ^ value) & mask), words, spare, scratch);
    }

    /// <summary>Writes some bits of a word for each stimulus, the values and masks in two halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(
        Vector256<uint> condition, Vector256<uint> index, Vector256<ulong> low, Vector256<ulong> high,
        Vector256<ulong> lowMask, Vector256<ulong> highMask, ulong* words, int spare, byte* scratch)
    {
        var (oldLow, oldHigh) = (Read(Vector256.WidenLower(index), words, 8), Read(Vector256.WidenUpper(index), words + 4, 8));
        low = oldLow ^ ((oldLow ^ low) & lowMask);
        high = oldHigh ^ ((oldHigh ^ high) & highMask);
        Write(condition, index, low, high, words, spare, scratch);
    }

    /// <summary>Writes some bits of several words for each stimulus.</summary>
    /// <param name="condition">All ones where something is written, 32 bits a stimulus.</param>
    /// <param name="index">The first word, 32 bits a stimulus.</param>
    /// <param name="value">What to write, 64 bits a stimulus.</param>
    /// <param name="mask">The bits to write, 64 bits a stimulus.</param>
    /// <param name="words">The memory's first word of the first stimulus.</param>
    /// <param name="stimuli">How many lie beside each other.</param>
    /// <param name="count">How many words get the value.</param>
    /// <param name="stride">How far they are apart.</param>
    /// <param name="end">The index at which the memory ends.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(uint* condition, uint* index, ulong* value, ulong* mask, ulong* words, int stimuli, int count, int stride, int end)
    {
        for (var lane = 0; lane < stimuli; lane++)
        {
            var at = (long)index[lane];
            for (var left = condition[lane] == 0 ? 0 : count; left > 0 && at < end; left--, at += stride)
            {
                var word = words + (at * stimuli) + lane;
                *word ^= (*word ^ value[lane]) & mask[lane];
            }
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Place(Vector512<uint> condition, Vector512<uint> index, int spare) =>
        (Vector512.ConditionalSelect(condition, index, Vector512.Create((uint)spare)) << 4) + Vector512<uint>.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Place(Vector256<uint> condition, Vector256<uint> index, int spare) =>
        (Vector256.ConditionalSelect(condition, index, Vector256.Create((uint)spare)) << 3) + Vector256<uint>.Indices;

    // Straight-line, since stores that depend on nothing overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put8<T>(uint* at, T* values, ulong* words)
        where T : unmanaged
    {
        *(T*)(words + at[0]) = values[0];
        *(T*)(words + at[1]) = values[1];
        *(T*)(words + at[2]) = values[2];
        *(T*)(words + at[3]) = values[3];
        *(T*)(words + at[4]) = values[4];
        *(T*)(words + at[5]) = values[5];
        *(T*)(words + at[6]) = values[6];
        *(T*)(words + at[7]) = values[7];
    }
}
