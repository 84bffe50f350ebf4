using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HwSeed.Brain.Inference;

/// <summary>
/// Sixteen-lane float arithmetic with one fixed order of every sum, so that results are the same bits on every
/// processor and for every division of the work.
/// </summary>
internal static class Lanes
{
    public const int Width = 16;

    public static int RoundUp(int count) => (count + Width - 1) / Width * Width;

    /// <summary>Adds the lanes as a tree: halves first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> v)
    {
        var eight = v.GetLower() + v.GetUpper();
        var four = eight.GetLower() + eight.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> v)
    {
        var eight = Vector256.Max(v.GetLower(), v.GetUpper());
        var four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return MathF.Max(MathF.Max(four[0], four[2]), MathF.Max(four[1], four[3]));
    }

    /// <summary>The first count lanes of a row's rest; the others are zero.</summary>
    public static Vector512<float> LoadPart(ref float source, int count)
    {
        Span<float> lanes = stackalloc float[Width];
        lanes.Clear();
        MemoryMarshal.CreateReadOnlySpan(ref source, count).CopyTo(lanes);
        return Vector512.LoadUnsafe(ref lanes[0]);
    }

    public static void StorePart(Vector512<float> v, ref float target, int count)
    {
        Span<float> lanes = stackalloc float[Width];
        v.StoreUnsafe(ref lanes[0]);
        lanes[..count].CopyTo(MemoryMarshal.CreateSpan(ref target, count));
    }

    /// <summary>e^x to 1-2 units in the last place; 0 below -87.3 and the largest finite power above 88.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        var tooSmall = Vector512.LessThan(x, Vector512.Create(-87.3f));
        x = Vector512.Min(Vector512.Max(x, Vector512.Create(-87.3f)), Vector512.Create(88f));
        // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits.
        var magic = Vector512.Create(12582912f);
        var shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), magic);
        var n = shifted - magic;
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        var p = Vector512.FusedMultiplyAdd(Vector512.Create(1.9875691500e-4f), r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        var y = Vector512.FusedMultiplyAdd(p, r * r, r + Vector512<float>.One);
        var power = Vector512.ShiftLeft(shifted.AsInt32(), 23);
        var scaled = (y.AsInt32() + power).AsSingle();
        return Vector512.ConditionalSelect(tooSmall, Vector512<float>.Zero, scaled);
    }

    /// <summary>x * sigmoid(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Silu(Vector512<float> x) => x / (Vector512<float>.One + Exp(-x));

    /// <summary>The sum of squares of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float SumOfSquares(ReadOnlySpan<float> row)
    {
        ref var source = ref MemoryMarshal.GetReference(row);
        var sum = Vector512<float>.Zero;
        var i = 0;
        for (; i <= row.Length - Width; i += Width)
        {
            var v = Vector512.LoadUnsafe(ref source, (nuint)i);
            sum = Vector512.FusedMultiplyAdd(v, v, sum);
        }

        if (i < row.Length)
        {
            var v = LoadPart(ref Unsafe.Add(ref source, i), row.Length - i);
            sum = Vector512.FusedMultiplyAdd(v, v, sum);
        }

        return Sum(sum);
    }

    /// <summary>
    /// Symmetric int8: scale = max|x| / 127, q = round-to-even(x * 127 / max|x|). Returns the scale, 0 for a row of zeros.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Quantise(ReadOnlySpan<float> row, Span<sbyte> quantised)
    {
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var target = ref MemoryMarshal.GetReference(quantised[..row.Length]);
        var largest = Vector512<float>.Zero;
        var i = 0;
        for (; i <= row.Length - Width; i += Width)
        {
            largest = Vector512.Max(largest, Vector512.Abs(Vector512.LoadUnsafe(ref source, (nuint)i)));
        }

        if (i < row.Length)
        {
            largest = Vector512.Max(largest, Vector512.Abs(LoadPart(ref Unsafe.Add(ref source, i), row.Length - i)));
        }

        var peak = Max(largest);
        if (!(peak > 1e-30f))
        {
            quantised[..row.Length].Clear();
            return 0;
        }

        var factor = Vector512.Create(127f / peak);
        for (i = 0; i <= row.Length - Width; i += Width)
        {
            Narrow(Round(Vector512.LoadUnsafe(ref source, (nuint)i) * factor)).StoreUnsafe(ref target, (nuint)i);
        }

        if (i < row.Length)
        {
            Span<sbyte> rest = stackalloc sbyte[Width];
            Narrow(Round(LoadPart(ref Unsafe.Add(ref source, i), row.Length - i) * factor)).StoreUnsafe(ref rest[0]);
            rest[..(row.Length - i)].CopyTo(quantised[i..]);
        }

        return peak / 127f;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Round(Vector512<float> v)
    {
        var magic = Vector512.Create(12582912f);
        return (v + magic).AsInt32() - magic.AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<sbyte> Narrow(Vector512<int> v)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.ConvertToVector128SByte(v);
        }

        var half = Vector256.Narrow(v.GetLower(), v.GetUpper());
        return Vector128.Narrow(half.GetLower(), half.GetUpper());
    }
}
