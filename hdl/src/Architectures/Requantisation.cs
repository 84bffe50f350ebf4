namespace HwSeed.Hdl.Architectures;

/// <summary>
/// A channel's bias and scale. The scale is Multiplier x 2^-(fraction bits + Shift): TFLite's QuantizeMultiplier for scales below 1
/// (tensorflow/lite/kernels/internal/quantization_util.cc) gives both, its shift with the sign reversed.
/// </summary>
/// <param name="Bias">Added to the sum; as wide as an accumulator.</param>
/// <param name="Multiplier">0 up to 2^(fraction bits) - 1.</param>
/// <param name="Shift">To the right, 0..<see cref="OutputStage.LargestShift"/>.</param>
public readonly record struct ChannelScale(int Bias, int Multiplier, int Shift);

/// <summary>
/// What an <see cref="OutputStage"/> computes from a sum, in plain integers. With F fraction bits and activations of B bits:
/// <code>
/// x = sum + bias                                        exact, a bit wider than the accumulator
/// x = (x * multiplier + 2^(F + shift - 1)) >> (F + shift)
/// x = saturate(x + zero point)                          to B bits
/// x = table[x]                                          when there is one
/// x = saturate(x + residual)                            when there is one
/// x = clamp(x, least, most)                             ReLU: least = zero point
/// </code>
/// The second line is MultiplyByQuantizedMultiplier as TFLite computes it with one rounding (TFLITE_SINGLE_ROUNDING, F = 31) and for
/// 64-bit sums (F = 15), in tensorflow/lite/kernels/internal/common.cc, without its left shifts.
/// </summary>
/// <param name="Channels">One for each column of C.</param>
/// <param name="ZeroPoint">Of the results.</param>
/// <param name="Least">Lowest result.</param>
/// <param name="Most">Highest result, not below the lowest.</param>
/// <param name="Table">2^B results, the one of -2^(B-1) first; null for none.</param>
/// <param name="HasResidual">Whether an operand is added to each result.</param>
public sealed record Requantisation(
    EquatableArray<ChannelScale> Channels, int ZeroPoint, int Least, int Most, EquatableArray<int>? Table, bool HasResidual)
{
    /// <summary>The result of one sum.</summary>
    /// <param name="stage">Where it is computed.</param>
    /// <param name="resultBits">Bits of a result: those of an activation.</param>
    /// <param name="channel">Column of C.</param>
    /// <param name="sum">The sum, as wide as an accumulator.</param>
    /// <param name="residual">What is added when there is a residual.</param>
    public int Apply(OutputStage stage, int resultBits, int channel, int sum, int residual = 0)
    {
        var scale = Channels[channel];
        var (lowest, highest) = (-(1 << (resultBits - 1)), (1 << (resultBits - 1)) - 1);
        var shift = stage.FractionBits + scale.Shift;
        // 33 bits x 31 bits: a sum of up to 64 bits is not enough to add the half as well.
        var scaled = (long)(((((Int128)sum + scale.Bias) * scale.Multiplier) + (Int128.One << (shift - 1))) >> shift);
        var value = (int)Math.Clamp(scaled + ZeroPoint, lowest, highest);
        value = Table is { } table ? table[value - lowest] : value;
        value = HasResidual ? Math.Clamp(value + residual, lowest, highest) : value;
        return value < Least ? Least : value > Most ? Most : value;
    }

    /// <summary>What has the engine compute this, before anything else is stored.</summary>
    public IReadOnlyList<Configure> Commands()
    {
        var commands = new List<Configure>();
        for (var channel = 0; channel < Channels.Count; channel++)
        {
            var scale = Channels[channel];
            commands.Add(new(ConfigureTarget.Bias, channel, scale.Bias));
            commands.Add(new(ConfigureTarget.Scale, channel, ((long)scale.Multiplier << CommandEncoding.ShiftBits) | (uint)scale.Shift));
        }

        for (var at = 0; at < (Table?.Count ?? 0); at++)
        {
            commands.Add(new(ConfigureTarget.Table, at, Table!.Value[at]));
        }

        var switches = (1L << CommandEncoding.RequantisesBit) | (Table is null ? 0 : 1L << CommandEncoding.TableBit)
            | (HasResidual ? 1L << CommandEncoding.ResidualBit : 0);
        commands.Add(new(ConfigureTarget.Mode, 0, switches | (byte)Least | ((long)(byte)Most << 8) | ((long)(byte)ZeroPoint << 16)));
        return commands;
    }

    /// <summary>All results, as the engine sends them.</summary>
    /// <param name="architecture">An engine with an output stage.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="sums">C[M,N], row-major.</param>
    /// <param name="residual">M x N operands when there is a residual.</param>
    public long[] Apply(Architecture architecture, int n, ReadOnlySpan<long> sums, ReadOnlySpan<short> residual)
    {
        var stage = architecture.Output ?? throw new ArgumentException("the engine has no output stage", nameof(architecture));
        var results = new long[sums.Length];
        for (var i = 0; i < sums.Length; i++)
        {
            results[i] = Apply(stage, architecture.InputBits, i % n, (int)sums[i], HasResidual ? residual[i] : 0);
        }

        return results;
    }

    /// <summary>
    /// A real scale below 1 as multiplier and shift: TFLite's QuantizeMultiplier, whose 31 bits are then rounded to 15 where the
    /// stage has 16-bit scales, as TFLite does for 64-bit sums.
    /// </summary>
    /// <param name="stage">Decides the fraction's bits.</param>
    /// <param name="scale">0 up to 1, 1 left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is outside; one of 1 and more would need a shift to the left.</exception>
    public static (int Multiplier, int Shift) Quantise(OutputStage stage, double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(scale, 1);
        if (scale == 0)
        {
            return (0, 0);
        }

        // scale = fraction x 2^-shift, the fraction from a half to below 1, which may be rounded up to 1.
        var shift = -Math.ILogB(scale) - 1;
        var multiplier = (long)Math.Round(Math.ScaleB(scale, shift + 31), MidpointRounding.AwayFromZero);
        if (multiplier == 1L << 31)
        {
            (multiplier, shift) = shift == 0 ? (multiplier - 1, 0) : (multiplier / 2, shift - 1);
        }

        return shift > OutputStage.LargestShift ? (0, 0)
            : stage.ScaleBits == 32 ? ((int)multiplier, shift)
            : ((int)(multiplier < 0x7fff0000 ? (multiplier + (1 << 15)) >> 16 : 0x7fff), shift);
    }
}
