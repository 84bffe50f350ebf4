using System.Runtime.Intrinsics;
using HwSeed.Brain.Inference;

namespace HwSeed.Brain.Training;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter, 2019), bias correction and clipping by the norm of the
/// whole gradient.
/// </summary>
internal sealed class AdamW(ParameterLayout layout, TrainingOptions options, Team team)
{
    public float[] First { get; } = new float[layout.Length];

    public float[] Second { get; } = new float[layout.Length];

    /// <summary>Norm of a gradient: squares summed range by range in double.</summary>
    public double Norm(float[] gradient)
    {
        var sum = 0.0;
        foreach (var range in layout.Ranges)
        {
            sum += Lanes.SumOfSquares(gradient.AsSpan(range.Offset, range.Length));
        }

        return Math.Sqrt(sum);
    }

    /// <summary>One update.</summary>
    /// <param name="parameters">Changed in place.</param>
    /// <param name="gradient">Of the mean loss.</param>
    /// <param name="step">From 0.</param>
    public void Update(float[] parameters, float[] gradient, int step)
    {
        var norm = Norm(gradient);
        var clip = norm > options.ClipNorm ? (float)(options.ClipNorm / norm) : 1f;
        var rate = options.RateAt(step);
        var first = 1 / (1 - Math.Pow(options.Beta1, step + 1));
        var second = 1 / (1 - Math.Pow(options.Beta2, step + 1));
        team.Run(layout.Ranges.Count, (piece, _) =>
        {
            var range = layout.Ranges[piece];
            var decay = range.IsMatrix ? (float)(1 - (rate * options.WeightDecay)) : 1f;
            Update(
                parameters, gradient, range.Offset, range.Offset + range.Length, decay, clip,
                (float)(rate * first), (float)second);
        });
    }

    private void Update(
        float[] parameters, float[] gradient, int from, int end, float decay, float clip, float rate, float second)
    {
        var (b1, b2) = ((float)options.Beta1, (float)options.Beta2);
        const float Epsilon = 1e-8f;
        var i = from;
        for (; i <= end - 16; i += 16)
        {
            var g = Vector512.LoadUnsafe(ref gradient[i]) * clip;
            var m = (Vector512.LoadUnsafe(ref First[i]) * b1) + (g * (1 - b1));
            var v = (Vector512.LoadUnsafe(ref Second[i]) * b2) + (g * g * (1 - b2));
            m.StoreUnsafe(ref First[i]);
            v.StoreUnsafe(ref Second[i]);
            var step = m * rate / (Vector512.Sqrt(v * second) + Vector512.Create(Epsilon));
            ((Vector512.LoadUnsafe(ref parameters[i]) * decay) - step).StoreUnsafe(ref parameters[i]);
        }

        for (; i < end; i++)
        {
            var g = gradient[i] * clip;
            First[i] = (First[i] * b1) + (g * (1 - b1));
            Second[i] = (Second[i] * b2) + (g * g * (1 - b2));
            parameters[i] = (parameters[i] * decay)
                - (First[i] * rate / (MathF.Sqrt(Second[i] * second) + Epsilon));
        }
    }
}
