namespace HwSeed.Hdl.Architectures;

/// <summary>
/// The host's side of the engine's data streams: operands packed into beats in the order that the commands take
/// them, and results put back where they belong. Elements outside the matrices are sent as zeros.
/// </summary>
public static class HostStreams
{
    /// <summary>64-bit limbs of one input beat.</summary>
    public static int LimbsPerBeat(Architecture architecture) => (architecture.InputStreamBits + 63) / 64;

    /// <summary>
    /// All input beats of a program, each <see cref="LimbsPerBeat"/> limbs, least significant first. Operand i of a
    /// beat stands at bits i x OperandBits.
    /// </summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="stream">The program.</param>
    /// <param name="a">A[M,K], row-major; values fit the operand width.</param>
    /// <param name="b">B[K,N], row-major.</param>
    public static ulong[] Pack(Architecture architecture, CommandStream stream, ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        var writer = new BeatWriter(architecture);
        foreach (var command in stream.Commands)
        {
            if (command is Load load)
            {
                PackActivations(writer, architecture, stream.Shape, load.Activations, a);
                PackWeights(writer, architecture, stream.Shape, load.Weights, b);
            }
        }

        return writer.ToArray();
    }

    /// <summary>Number of result beats of a program.</summary>
    public static int ResultBeats(CommandStream stream) =>
        stream.Commands.OfType<Store>().Sum(s => s.Rows * s.Columns);

    /// <summary>C[M,N], row-major, from the result beats in the order that they left the engine.</summary>
    public static int[] Unpack(CommandStream stream, ReadOnlySpan<uint> beats)
    {
        var result = new int[stream.Shape.M * stream.Shape.N];
        var beat = 0;
        foreach (var store in stream.Commands.OfType<Store>())
        {
            for (var r = 0; r < store.Rows; r++)
            {
                for (var c = 0; c < store.Columns; c++)
                {
                    result[((store.Results.Row + r) * stream.Shape.N) + store.Results.Column + c] = (int)beats[beat++];
                }
            }
        }

        return result;
    }

    /// <summary>Words that a block of A fills: for each group of array rows, one word for each element that streams.</summary>
    public static int ActivationWords(Architecture architecture, Block block) => architecture.Dataflow switch
    {
        Dataflow.OutputStationary => CeilDiv(block.Rows, architecture.Rows) * block.Columns,
        _ => CeilDiv(block.Columns, architecture.Rows) * block.Rows,
    };

    /// <summary>Words that a block of B fills.</summary>
    public static int WeightWords(Architecture architecture, Block block) => architecture.Dataflow switch
    {
        Dataflow.OutputStationary => CeilDiv(block.Columns, architecture.Columns) * block.Rows,
        _ => CeilDiv(block.Columns, architecture.Columns) * CeilDiv(block.Rows, architecture.Rows) * architecture.Rows,
    };

    private static void PackActivations(
        BeatWriter writer, Architecture architecture, GemmShape shape, Block block, ReadOnlySpan<sbyte> a)
    {
        var rows = architecture.Rows;
        if (architecture.Dataflow == Dataflow.OutputStationary)
        {
            for (var m0 = 0; m0 < block.Rows; m0 += rows)
            {
                for (var k = 0; k < block.Columns; k++)
                {
                    for (var r = 0; r < Math.Min(rows, block.Rows - m0); r++)
                    {
                        writer.Put(r, a[((block.Row + m0 + r) * shape.K) + block.Column + k]);
                    }

                    writer.EndBeat();
                }
            }

            return;
        }

        for (var k0 = 0; k0 < block.Columns; k0 += rows)
        {
            for (var m = 0; m < block.Rows; m++)
            {
                for (var r = 0; r < Math.Min(rows, block.Columns - k0); r++)
                {
                    writer.Put(r, a[((block.Row + m) * shape.K) + block.Column + k0 + r]);
                }

                writer.EndBeat();
            }
        }
    }

    private static void PackWeights(
        BeatWriter writer, Architecture architecture, GemmShape shape, Block block, ReadOnlySpan<sbyte> b)
    {
        var (rows, columns) = (architecture.Rows, architecture.Columns);
        for (var n0 = 0; n0 < block.Columns; n0 += columns)
        {
            var width = Math.Min(columns, block.Columns - n0);
            if (architecture.Dataflow == Dataflow.OutputStationary)
            {
                for (var k = 0; k < block.Rows; k++)
                {
                    PutRow(writer, b, ((block.Row + k) * shape.N) + block.Column + n0, width);
                }

                continue;
            }

            // The first word that is shifted in ends in the last row.
            for (var k0 = 0; k0 < block.Rows; k0 += rows)
            {
                for (var r = rows - 1; r >= 0; r--)
                {
                    var width0 = k0 + r < block.Rows ? width : 0;
                    PutRow(writer, b, ((block.Row + k0 + r) * shape.N) + block.Column + n0, width0);
                }
            }
        }
    }

    private static void PutRow(BeatWriter writer, ReadOnlySpan<sbyte> b, int start, int width)
    {
        for (var c = 0; c < width; c++)
        {
            writer.Put(c, b[start + c]);
        }

        writer.EndBeat();
    }

    private static int CeilDiv(int value, int by) => (value + by - 1) / by;

    private sealed class BeatWriter(Architecture architecture)
    {
        private readonly ulong[] _beat = new ulong[LimbsPerBeat(architecture)];
        private readonly List<ulong> _limbs = [];
        private readonly ulong _mask = (1UL << architecture.OperandBits) - 1;

        public void Put(int lane, sbyte value)
        {
            var bits = architecture.OperandBits;
            if (bits == 4 && value is < -8 or > 7)
            {
                throw new ArgumentOutOfRangeException(nameof(value), $"{value} does not fit the engine's {bits}-bit operands");
            }

            var bit = lane * bits;
            _beat[bit / 64] |= ((ulong)(byte)value & _mask) << (bit % 64);
        }

        public void EndBeat()
        {
            _limbs.AddRange(_beat);
            Array.Clear(_beat);
        }

        public ulong[] ToArray() => [.. _limbs];
    }
}
