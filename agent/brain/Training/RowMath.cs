using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using HwSeed.Brain.Inference;

namespace HwSeed.Brain.Training;

/// <summary>The row-wise parts of the model, forward and backward.</summary>
internal static class RowMath
{
    /// <summary>normal = x * scale * weight with scale = 1 / rms(x), which is returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Norm(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, Span<float> normal, float epsilon)
    {
        var scale = 1f / MathF.Sqrt((Lanes.SumOfSquares(x) / x.Length) + epsilon);
        var factor = Vector512.Create(scale);
        var i = 0;
        for (; i <= x.Length - 16; i += 16)
        {
            (Load(x, i) * factor * Load(weight, i)).StoreUnsafe(ref normal[i]);
        }

        for (; i < x.Length; i++)
        {
            normal[i] = x[i] * scale * weight[i];
        }

        return scale;
    }

    /// <summary>Adds the gradient of x to <paramref name="stream"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void NormBackward(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> weight,
        float scale,
        ReadOnlySpan<float> normalGradient,
        Span<float> stream)
    {
        var lanes = Vector512<float>.Zero;
        var i = 0;
        for (; i <= x.Length - 16; i += 16)
        {
            lanes = Vector512.FusedMultiplyAdd(Load(normalGradient, i) * Load(weight, i), Load(x, i), lanes);
        }

        var dot = Lanes.Sum(lanes);
        for (; i < x.Length; i++)
        {
            dot += normalGradient[i] * weight[i] * x[i];
        }

        var back = dot * scale * scale * scale / x.Length;
        var (factor, pull) = (Vector512.Create(scale), Vector512.Create(back));
        for (i = 0; i <= x.Length - 16; i += 16)
        {
            var direct = Load(normalGradient, i) * Load(weight, i) * factor;
            (Load(stream, i) + (direct - (Load(x, i) * pull))).StoreUnsafe(ref stream[i]);
        }

        for (; i < x.Length; i++)
        {
            stream[i] += (normalGradient[i] * weight[i] * scale) - (x[i] * back);
        }
    }

    /// <summary>active = silu(gate) * up for a row of gate and up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Activate(ReadOnlySpan<float> gateUp, Span<float> active)
    {
        var width = active.Length;
        for (var i = 0; i < width; i += 16)
        {
            var rest = Math.Min(16, width - i);
            var value = Lanes.Silu(Part(gateUp, i, rest)) * Part(gateUp, width + i, rest);
            Store(value, active, i, rest);
        }
    }

    /// <summary>The gradient of gate and up from that of active.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ActivateBackward(ReadOnlySpan<float> gateUp, ReadOnlySpan<float> active, Span<float> gradient)
    {
        var width = active.Length;
        var one = Vector512<float>.One;
        for (var i = 0; i < width; i += 16)
        {
            var rest = Math.Min(16, width - i);
            var (gate, up) = (Part(gateUp, i, rest), Part(gateUp, width + i, rest));
            var from = Part(active, i, rest);
            var sigmoid = one / (one + Lanes.Exp(-gate));
            var slope = sigmoid * (one + (gate * (one - sigmoid)));
            Store(from * up * slope, gradient, i, rest);
            Store(from * gate * sigmoid, gradient, width + i, rest);
        }
    }

    /// <summary>Softmax over the first count values; the others become 0. Values are first multiplied by factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(Span<float> row, int count, float factor)
    {
        var peak = float.NegativeInfinity;
        for (var i = 0; i < count; i += 16)
        {
            var rest = Math.Min(16, count - i);
            peak = rest == 16 ? MathF.Max(peak, Lanes.Max(Load(row, i))) : Largest(row.Slice(i, rest), peak);
        }

        var (top, scale, sum) = (Vector512.Create(peak), Vector512.Create(factor), Vector512<float>.Zero);
        var total = 0f;
        for (var i = 0; i < count; i += 16)
        {
            var rest = Math.Min(16, count - i);
            var e = Lanes.Exp((Part(row, i, rest) - top) * scale);
            Store(e, row, i, rest);
            if (rest == 16)
            {
                sum += e;
                continue;
            }

            for (var lane = 0; lane < rest; lane++)
            {
                total += row[i + lane];
            }
        }

        Multiply(row[..count], 1f / (total + Lanes.Sum(sum)));
        row[count..].Clear();
    }

    /// <summary>Turns a gradient of softmax outputs into one of its (scaled) inputs: p * (g - p.g) * factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SoftmaxBackward(ReadOnlySpan<float> p, Span<float> gradient, int count, float factor)
    {
        var lanes = Vector512<float>.Zero;
        for (var i = 0; i < count; i += 16)
        {
            var rest = Math.Min(16, count - i);
            lanes = Vector512.FusedMultiplyAdd(Part(p, i, rest), Part(gradient, i, rest), lanes);
        }

        var (dot, scale) = (Vector512.Create(Lanes.Sum(lanes)), Vector512.Create(factor));
        for (var i = 0; i < count; i += 16)
        {
            var rest = Math.Min(16, count - i);
            Store(Part(p, i, rest) * (Part(gradient, i, rest) - dot) * scale, gradient, i, rest);
        }

        gradient[count..].Clear();
    }

    private static void Multiply(Span<float> row, float factor)
    {
        var scale = Vector512.Create(factor);
        for (var i = 0; i < row.Length; i += 16)
        {
            var rest = Math.Min(16, row.Length - i);
            Store(Part(row, i, rest) * scale, row, i, rest);
        }
    }

    private static float Largest(ReadOnlySpan<float> values, float peak)
    {
        foreach (var value in values)
        {
            peak = MathF.Max(peak, value);
        }

        return peak;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(ReadOnlySpan<float> row, int at) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(row), (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Part(ReadOnlySpan<float> row, int at, int rest) => rest == 16
        ? Load(row, at)
        : Lanes.LoadPart(ref Unsafe.Add(ref MemoryMarshal.GetReference(row), at), rest);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> value, Span<float> row, int at, int rest)
    {
        if (rest == 16)
        {
            value.StoreUnsafe(ref row[at]);
        }
        else
        {
            Lanes.StorePart(value, ref row[at], rest);
        }
    }
}
