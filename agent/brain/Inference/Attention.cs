using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HwSeed.Brain.Inference;

/// <summary>
/// Query heads against the keys and values of a shared prefix and of the sequence itself. The order of sums
/// depends on the lengths alone.
/// </summary>
internal static class Attention
{
    /// <summary>Room that a score row needs for positions in two segments.</summary>
    public static int ScoreRoom(int positions) => Lanes.RoundUp(positions) + 128;

    /// <summary>scores[t] = q . k_t of two heads for a segment; writes up to 31 values behind the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scores(
        ReadOnlySpan<float> query,
        ReadOnlySpan<float> other,
        ref float keys,
        int stride,
        int count,
        Span<float> scores,
        Span<float> others)
    {
        ref var q = ref MemoryMarshal.GetReference(query);
        ref var r = ref MemoryMarshal.GetReference(other);
        ref var target = ref MemoryMarshal.GetReference(scores);
        ref var second = ref MemoryMarshal.GetReference(others);
        var t = 0;
        for (; t + 16 < count && t + 32 <= stride; t += 32)
        {
            ref var column = ref Unsafe.Add(ref keys, t);
            var (q0, q1) = (Vector512<float>.Zero, Vector512<float>.Zero);
            var (r0, r1) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var i = 0; i < query.Length; i++)
            {
                var (k0, k1) = (Vector512.LoadUnsafe(ref column), Vector512.LoadUnsafe(ref column, 16));
                var lane = Vector512.Create(Unsafe.Add(ref q, i));
                q0 = Vector512.FusedMultiplyAdd(lane, k0, q0);
                q1 = Vector512.FusedMultiplyAdd(lane, k1, q1);
                lane = Vector512.Create(Unsafe.Add(ref r, i));
                r0 = Vector512.FusedMultiplyAdd(lane, k0, r0);
                r1 = Vector512.FusedMultiplyAdd(lane, k1, r1);
                column = ref Unsafe.Add(ref column, stride);
            }

            q0.StoreUnsafe(ref target, (nuint)t);
            q1.StoreUnsafe(ref target, (nuint)t + 16);
            r0.StoreUnsafe(ref second, (nuint)t);
            r1.StoreUnsafe(ref second, (nuint)t + 16);
        }

        for (; t < count; t += 16)
        {
            ref var column = ref Unsafe.Add(ref keys, t);
            var (q0, r0) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var i = 0; i < query.Length; i++)
            {
                var k0 = Vector512.LoadUnsafe(ref column);
                q0 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref q, i)), k0, q0);
                r0 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref r, i)), k0, r0);
                column = ref Unsafe.Add(ref column, stride);
            }

            q0.StoreUnsafe(ref target, (nuint)t);
            r0.StoreUnsafe(ref second, (nuint)t);
        }
    }

    /// <summary>Turns count scores into e^(score - max) and returns 1 / their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Exponentials(Span<float> scores, int count)
    {
        ref var row = ref MemoryMarshal.GetReference(scores);
        var padded = Lanes.RoundUp(count);
        scores[count..padded].Fill(float.NegativeInfinity);
        var largest = Vector512.Create(float.NegativeInfinity);
        for (var t = 0; t < padded; t += 16)
        {
            largest = Vector512.Max(largest, Vector512.LoadUnsafe(ref row, (nuint)t));
        }

        var peak = Vector512.Create(Lanes.Max(largest));
        var sum = Vector512<float>.Zero;
        for (var t = 0; t < padded; t += 16)
        {
            var e = Lanes.Exp(Vector512.LoadUnsafe(ref row, (nuint)t) - peak);
            e.StoreUnsafe(ref row, (nuint)t);
            sum += e;
        }

        return 1f / Lanes.Sum(sum);
    }

    /// <summary>
    /// result += sum over t of weights[t] * v_t for a segment, four partial sums over t modulo 4; result has the
    /// padded width of a value row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddValues(ReadOnlySpan<float> weights, ref float values, int stride, Span<float> result)
    {
        ref var w = ref MemoryMarshal.GetReference(weights);
        for (var lane = 0; lane < stride; lane += 16)
        {
            ref var row = ref Unsafe.Add(ref values, lane);
            var (s0, s1) = (Vector512<float>.Zero, Vector512<float>.Zero);
            var (s2, s3) = (Vector512<float>.Zero, Vector512<float>.Zero);
            var t = 0;
            for (; t <= weights.Length - 4; t += 4)
            {
                var n = (nuint)stride;
                s0 = Vector512.FusedMultiplyAdd(
                    Vector512.Create(Unsafe.Add(ref w, t)), Vector512.LoadUnsafe(ref row), s0);
                s1 = Vector512.FusedMultiplyAdd(
                    Vector512.Create(Unsafe.Add(ref w, t + 1)), Vector512.LoadUnsafe(ref row, n), s1);
                s2 = Vector512.FusedMultiplyAdd(
                    Vector512.Create(Unsafe.Add(ref w, t + 2)), Vector512.LoadUnsafe(ref row, 2 * n), s2);
                s3 = Vector512.FusedMultiplyAdd(
                    Vector512.Create(Unsafe.Add(ref w, t + 3)), Vector512.LoadUnsafe(ref row, 3 * n), s3);
                row = ref Unsafe.Add(ref row, 4 * stride);
            }

            for (; t < weights.Length; t++)
            {
                s0 = Vector512.FusedMultiplyAdd(
                    Vector512.Create(Unsafe.Add(ref w, t)), Vector512.LoadUnsafe(ref row), s0);
                row = ref Unsafe.Add(ref row, stride);
            }

            ref var target = ref MemoryMarshal.GetReference(result[lane..]);
            (Vector512.LoadUnsafe(ref target) + ((s0 + s1) + (s2 + s3))).StoreUnsafe(ref target);
        }
    }
}
