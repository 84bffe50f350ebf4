using HwSeed.Hdl.Architectures;

namespace HwSeed.Hdl.Tests.Architectures;

/// <summary>Requantisation beside TFLite's own formulas, written out as its C++ has them.</summary>
internal sealed class RequantisationTests
{
    private static readonly OutputStage Wide = new(16, 32, true, true);
    private static readonly OutputStage Narrow = new(16, 16, true, true);

    [Test]
    public void Scaling_is_tflites_with_one_rounding()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var (sum, bias) = (random.Next(-(1 << 24), 1 << 24), random.Next(-(1 << 24), 1 << 24));
            var (multiplier, shift) = (random.Next(1 << 30, int.MaxValue), random.Next(0, 32));
            Assert.That(Plain(multiplier, shift, bias).Apply(Wide, 8, 0, sum), Is.EqualTo(Byte(MultiplyByQuantizedMultiplier(sum + bias, multiplier, -shift))));
            Assert.That(Plain(multiplier >> 16, shift, bias).Apply(Narrow, 8, 0, sum), Is.EqualTo(Byte(Reduced(sum + bias, multiplier >> 16, -shift))));
        }

        // tensorflow/lite/kernels/internal/common.cc, TFLITE_SINGLE_ROUNDING.
        static int MultiplyByQuantizedMultiplier(int x, int quantized, int shift)
        {
            long total = 31 - shift;
            var round = 1L << (int)(total - 1);
            var result = (x * (long)quantized) + round;
            return (int)(result >> (int)total);
        }

        // The same for 64-bit sums, whose multiplier has 15 bits.
        static int Reduced(long x, int reduced, int shift)
        {
            var total = 15 - shift;
            return (int)(((x * reduced) + (1L << (total - 1))) >> total);
        }
    }

    [TestCase(0.5, 1 << 30, 0)]
    [TestCase(0.25, 1 << 30, 1)]
    [TestCase(0.75, 3 << 29, 0)]
    [TestCase(0.0037, 2034096511, 8)]
    [TestCase(0.9999999999, int.MaxValue, 0)]
    [TestCase(0.49999999999, 1 << 30, 0)]
    [TestCase(1e-12, 0, 0)]
    [TestCase(0, 0, 0)]
    public void A_scale_becomes_a_fraction_and_a_shift(double scale, int multiplier, int shift)
    {
        Assert.That(Requantisation.Quantise(Wide, scale), Is.EqualTo((multiplier, shift)));
        var reduced = multiplier < 0x7fff0000 ? (multiplier + (1 << 15)) >> 16 : 0x7fff;
        Assert.That(Requantisation.Quantise(Narrow, scale), Is.EqualTo((reduced, shift)));
    }

    [TestCase(1.0)]
    [TestCase(-0.1)]
    public void A_scale_without_a_shift_to_the_right_is_refused(double scale) =>
        Assert.That(() => Requantisation.Quantise(Wide, scale), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Steps_follow_each_other_as_documented()
    {
        var table = Enumerable.Range(-128, 256).Select(v => v / 2).ToArray();
        var output = Plain(1 << 14, 0, 10) with { ZeroPoint = 3, Table = [.. table], HasResidual = true, Least = -20, Most = 90 };
        Assert.Multiple(() =>
        {
            // (91 + 10) / 2 = 50.5 -> 51, + 3 = 54, halved 27, + 5.
            Assert.That(output.Apply(Narrow, 8, 0, 91, 5), Is.EqualTo(32));
            Assert.That(output.Apply(Narrow, 8, 0, 1 << 20, 127), Is.EqualTo(90), "saturated, then clamped");
            Assert.That(output.Apply(Narrow, 8, 0, -(1 << 20), -128), Is.EqualTo(-20));
            Assert.That((output with { HasResidual = false }).Apply(Narrow, 8, 0, 91, 5), Is.EqualTo(27));
        });
    }

    [Test]
    public void Commands_carry_every_bit()
    {
        var output = new Requantisation([new(-1, int.MaxValue, 31), new(5, 6, 7)], -1, -128, 127, null, true);
        var words = output.Commands().Select(CommandEncoding.Encode).ToList();
        Assert.That(words, Is.EqualTo(new[]
        {
            0x5000_FFFF_FFFF_F000UL, 0x5001_FFFF_FFFF_F000UL, 0x5000_0000_0000_5001UL, 0x5001_0000_000C_7001UL, 0x5003_005F_F7F8_0000UL,
        }));
    }

    private static int Byte(int value) => Math.Clamp(value, sbyte.MinValue, sbyte.MaxValue);

    private static Requantisation Plain(int multiplier, int shift, int bias) =>
        new([new(bias, multiplier, shift)], 0, sbyte.MinValue, sbyte.MaxValue, null, false);
}
