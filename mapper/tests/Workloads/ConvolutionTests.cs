using CsCheck;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Workloads.Convolutions;

namespace HwSeed.Mapper.Tests.Workloads;

public sealed class ConvolutionTests
{
    [Test]
    public void Im2col_gives_the_convolution_group_by_group() =>
        Gen.Select(RandomConvolutions.All, Gen.ULong).Sample((conv, seed) =>
        {
            var input = RandomCases.Operands(conv.InputSize, 8, seed);
            var filters = RandomCases.Operands(conv.FilterSize, 8, seed + 1);
            var expected = ConvolutionReference.Convolve<short>(conv, input, filters);
            for (var group = 0; group < conv.Groups; group++)
            {
                var product = IntegerReference.Multiply(
                    conv.GroupGemm, Im2col.Activations<short>(conv, input, group), Im2col.Weights<short>(conv, filters, group));
                Assert.That(product.Select(v => (long)v), Is.EqualTo(Im2col.Results<long>(conv, expected, group)), conv.ToString());
            }
        }, iter: 1000);

    [Test]
    public void A_known_convolution()
    {
        // A 3x3 input, a 2x2 filter that adds the diagonal: by hand.
        var conv = new Conv2D(1, 1, 1, new(3, 2), new(3, 2));
        Assert.That(
            ConvolutionReference.Convolve<short>(conv, [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 0, 0, 1]),
            Is.EqualTo(new long[] { 6, 8, 12, 14 }));

        // The same, padded by one and with every second position only.
        Assert.That(
            ConvolutionReference.Convolve<short>(conv with { Height = new(3, 2, 2, 1), Width = new(3, 2, 2, 1) }, [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 0, 0, 1]),
            Is.EqualTo(new long[] { 1, 3, 7, 14 }));
    }

    [Test]
    public void Output_sizes_are_those_of_the_formula()
    {
        Assert.Multiple(() =>
        {
            // ResNet-50: its first layer, and one with stride 2.
            Assert.That(new ConvAxis(224, 7, 2, 3).Output, Is.EqualTo(112));
            Assert.That(new ConvAxis(56, 3, 2, 1).Output, Is.EqualTo(28));
            Assert.That(new ConvAxis(10, 3, 1, 2, 2).Output, Is.EqualTo(10));
            Assert.That(new ConvAxis(2, 3).Output, Is.Zero);
            Assert.That(new Conv2D(1, 3, 64, new(224, 7, 2, 3), new(224, 7, 2, 3)).Macs, Is.EqualTo(118_013_952));
        });
    }

    [TestCase(0, 1, 1, 1, "HW4201", "n is 0")]
    [TestCase(1, 3, 4, 2, "HW4202", "groups is 2, which does not divide c, 3")]
    [TestCase(1, 4, 3, 2, "HW4202", "groups is 2, which does not divide m, 3")]
    public void Sizes_that_contradict_each_other_are_refused(int images, int channels, int filters, int groups, string code, string message)
    {
        var found = new Conv2D(images, channels, filters, new(4, 3), new(4, 3), groups).Check();
        Assert.That(found[0].Diagnostic.Code, Is.EqualTo(code));
        Assert.That(found[0].Diagnostic.Message, Does.StartWith(message));
    }

    [Test]
    public void A_filter_beyond_the_input_and_a_convolution_too_large_are_refused()
    {
        var beyond = new Conv2D(1, 1, 1, new(4, 3, Dilation: 2), new(4, 3)).Check();
        Assert.That(beyond.Single().Diagnostic.ToString(), Does.Contain("HW4203").And.Contain("r is 3 with dilation 2: the filter reaches over 5 positions, h with its padding has 4"));
        var large = new Conv2D(1, 1024, 1024, new(1024, 3, 1, 1), new(1024, 3, 1, 1)).Check();
        Assert.That(large.Single().Diagnostic.Code, Is.EqualTo("HW4204"));
    }
}
