namespace HwSeed.Mapper.Workloads.Convolutions;

/// <summary>
/// A convolution as matrix products, one for each group: the host copies the inputs that each output position sees into a row
/// (Chellapilla, Puri and Simard, 2006). An input element is copied up to R x S times; that is what a direct convolution saves.
/// </summary>
public static class Im2col
{
    /// <summary>A[N*P*Q, R*S*C] of a group, row-major: padding is zero.</summary>
    /// <typeparam name="T">An element.</typeparam>
    /// <param name="conv">The convolution.</param>
    /// <param name="input">NHWC.</param>
    /// <param name="group">From 0.</param>
    public static T[] Activations<T>(Conv2D conv, ReadOnlySpan<T> input, int group)
        where T : struct
    {
        var channels = conv.C / conv.Groups;
        var matrix = new T[conv.GroupGemm.M * conv.SumLength];
        var row = 0;
        for (var n = 0; n < conv.N; n++)
        {
            for (var p = 0; p < conv.P; p++)
            {
                for (var q = 0; q < conv.Q; q++, row++)
                {
                    for (var r = 0; r < conv.Height.Filter; r++)
                    {
                        for (var s = 0; s < conv.Width.Filter; s++)
                        {
                            var (y, x) = (conv.Height.At(p, r), conv.Width.At(q, s));
                            if (y >= 0 && y < conv.Height.Input && x >= 0 && x < conv.Width.Input)
                            {
                                input.Slice((((((n * conv.Height.Input) + y) * conv.Width.Input) + x) * conv.C) + (group * channels), channels)
                                    .CopyTo(matrix.AsSpan((row * conv.SumLength) + (((r * conv.Width.Filter) + s) * channels), channels));
                            }
                        }
                    }
                }
            }
        }

        return matrix;
    }

    /// <summary>B[R*S*C, M] of a group, row-major.</summary>
    /// <typeparam name="T">An element.</typeparam>
    /// <param name="conv">The convolution.</param>
    /// <param name="filters">MRSC.</param>
    /// <param name="group">From 0.</param>
    public static T[] Weights<T>(Conv2D conv, ReadOnlySpan<T> filters, int group)
        where T : struct
    {
        var (columns, length) = (conv.M / conv.Groups, conv.SumLength);
        var matrix = new T[length * columns];
        for (var m = 0; m < columns; m++)
        {
            for (var k = 0; k < length; k++)
            {
                matrix[(k * columns) + m] = filters[(((group * columns) + m) * length) + k];
            }
        }

        return matrix;
    }

    /// <summary>The part of the output that a group's product is: C[N*P*Q, M/Groups], row-major.</summary>
    /// <typeparam name="T">An element.</typeparam>
    /// <param name="conv">The convolution.</param>
    /// <param name="output">NPQM.</param>
    /// <param name="group">From 0.</param>
    public static T[] Results<T>(Conv2D conv, ReadOnlySpan<T> output, int group)
        where T : struct
    {
        var columns = conv.M / conv.Groups;
        var matrix = new T[conv.GroupGemm.M * columns];
        for (var row = 0; row < conv.GroupGemm.M; row++)
        {
            output.Slice((row * conv.M) + (group * columns), columns).CopyTo(matrix.AsSpan(row * columns, columns));
        }

        return matrix;
    }
}
