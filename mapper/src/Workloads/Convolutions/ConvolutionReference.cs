using System.Numerics;

namespace HwSeed.Mapper.Workloads.Convolutions;

/// <summary>
/// The integer reference of a convolution: nested loops over the definition, which know nothing of matrix products, im2col or
/// engines. Every lowering is compared with it.
/// </summary>
public static class ConvolutionReference
{
    /// <summary>out[n,p,q,m], NPQM row-major, exact in 64 bits.</summary>
    /// <typeparam name="T">Any integer type.</typeparam>
    /// <param name="conv">The convolution.</param>
    /// <param name="input">NHWC.</param>
    /// <param name="filters">MRSC, C being a group's channels.</param>
    public static long[] Convolve<T>(Conv2D conv, ReadOnlySpan<T> input, ReadOnlySpan<T> filters)
        where T : struct, IBinaryInteger<T>
    {
        var (height, width) = (conv.Height, conv.Width);
        var (channels, filtersOfGroup) = (conv.C / conv.Groups, conv.M / conv.Groups);
        var output = new long[conv.OutputSize];
        var at = 0;
        for (var n = 0; n < conv.N; n++)
        {
            for (var p = 0; p < height.Output; p++)
            {
                for (var q = 0; q < width.Output; q++)
                {
                    for (var m = 0; m < conv.M; m++)
                    {
                        var firstChannel = m / filtersOfGroup * channels;
                        long sum = 0;
                        for (var r = 0; r < height.Filter; r++)
                        {
                            for (var s = 0; s < width.Filter; s++)
                            {
                                var y = (p * height.Stride) + (r * height.Dilation) - height.Padding;
                                var x = (q * width.Stride) + (s * width.Dilation) - width.Padding;
                                if (y < 0 || y >= height.Input || x < 0 || x >= width.Input)
                                {
                                    continue;
                                }

                                for (var c = 0; c < channels; c++)
                                {
                                    sum += long.CreateChecked(input[(((((n * height.Input) + y) * width.Input) + x) * conv.C) + firstChannel + c])
                                        * long.CreateChecked(filters[(((((m * height.Filter) + r) * width.Filter) + s) * channels) + c]);
                                }
                            }
                        }

                        output[at++] = sum;
                    }
                }
            }
        }

        return output;
    }
}
