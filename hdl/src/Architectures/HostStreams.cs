using System.Numerics;

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
    /// beat stands at bits i x the operand's width.
    /// </summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="stream">The program.</param>
    /// <typeparam name="T">Any integer type.</typeparam>
    /// <param name="a">A[M,K], row-major; values of input bits.</param>
    /// <param name="b">B[K,N], row-major; values of weight bits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value does not fit.</exception>
    public static ulong[] Pack<T>(Architecture architecture, CommandStream stream, ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : struct, IBinaryInteger<T>
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

    /// <summary>
    /// C[M,N], row-major, from the result beats in the order that they left the engine: a store's tiles one after another, each
    /// row by row. Input-stationary engines send the transposed product.
    /// </summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="stream">The program.</param>
    /// <param name="beats">The results.</param>
    public static long[] Unpack(Architecture architecture, CommandStream stream, ReadOnlySpan<ulong> beats)
    {
        var result = new long[stream.Shape.M * stream.Shape.N];
        var beat = 0;
        foreach (var at in ResultOrder(architecture, stream))
        {
            result[at] = Result(architecture, beats[beat++]);
        }

        return result;
    }

    /// <summary>The sum, or requantised result, that a beat of the result stream holds.</summary>
    public static long Result(Architecture architecture, ulong beat) => architecture.ResultBits == 32 ? (int)beat : (long)beat;

    /// <summary>The residual stream of a program: an operand for each result, in the order in which results leave the engine.</summary>
    /// <param name="architecture">The engine.</param>
    /// <param name="stream">The program.</param>
    /// <param name="residual">M x N operands, row-major.</param>
    public static ulong[] PackResidual(Architecture architecture, CommandStream stream, ReadOnlySpan<short> residual)
    {
        var mask = (1UL << architecture.InputBits) - 1;
        var packed = new ulong[ResultBeats(stream)];
        var beat = 0;
        foreach (var at in ResultOrder(architecture, stream))
        {
            packed[beat++] = (ulong)residual[at] & mask;
        }

        return packed;
    }

    /// <summary>The place in C[M,N], row-major, of each result in the order in which they leave the engine.</summary>
    private static IEnumerable<int> ResultOrder(Architecture architecture, CommandStream stream)
    {
        var isTransposed = architecture.Dataflow == Dataflow.InputStationary;
        foreach (var store in stream.Commands.OfType<Store>())
        {
            for (var tile = 0; tile < store.Columns; tile += architecture.Columns)
            {
                for (var row = 0; row < store.Rows; row++)
                {
                    for (var column = tile; column < Math.Min(tile + architecture.Columns, store.Columns); column++)
                    {
                        var (m, n) = isTransposed ? (column, row) : (row, column);
                        yield return ((store.Results.Row + m) * stream.Shape.N) + store.Results.Column + n;
                    }
                }
            }
        }
    }

    /// <summary>Words that a block of A fills.</summary>
    public static int ActivationWords(Architecture architecture, Block block) =>
        architecture.Dataflow == Dataflow.InputStationary
            ? KeptWords(architecture, block.Rows, block.Columns)
            : StreamedWords(architecture, architecture.Rows, block.Rows, block.Columns);

    /// <summary>Words that a block of B fills.</summary>
    public static int WeightWords(Architecture architecture, Block block) => architecture.Dataflow switch
    {
        Dataflow.WeightStationary => KeptWords(architecture, block.Columns, block.Rows),
        _ => StreamedWords(architecture, architecture.Columns, block.Columns, block.Rows),
    };

    /// <summary>
    /// Words of a side that streams. Output-stationary: for each group of array rows (or columns) one word for each group of
    /// lanes along K. Kept operands on the other side: for each group of rows x lanes along K one word for each element.
    /// </summary>
    private static int StreamedWords(Architecture architecture, int side, int elements, int k) =>
        architecture.KeepsOperands
            ? CeilDiv(k, architecture.Rows * architecture.Lanes) * elements
            : CeilDiv(elements, side) * CeilDiv(k, architecture.Lanes);

    /// <summary>Words of the side that PEs keep: for each array of them one word a row.</summary>
    private static int KeptWords(Architecture architecture, int elements, int k) =>
        CeilDiv(elements, architecture.Columns) * CeilDiv(k, architecture.Rows * architecture.Lanes) * architecture.Rows;

    private static void PackActivations<T>(
        BeatWriter writer, Architecture architecture, GemmShape shape, Block block, ReadOnlySpan<T> a)
        where T : struct, IBinaryInteger<T>
    {
        writer.OperandBits = architecture.InputBits;
        var matrix = new Operands<T>(a, block.Row, block.Column, shape.K, 1, block.Rows, block.Columns);
        if (architecture.Dataflow == Dataflow.InputStationary)
        {
            PackKept(writer, architecture, matrix);
        }
        else
        {
            PackStreamed(writer, architecture, architecture.Rows, matrix);
        }
    }

    private static void PackWeights<T>(
        BeatWriter writer, Architecture architecture, GemmShape shape, Block block, ReadOnlySpan<T> b)
        where T : struct, IBinaryInteger<T>
    {
        writer.OperandBits = architecture.WeightBits;
        var matrix = new Operands<T>(b, block.Column, block.Row, 1, shape.N, block.Columns, block.Rows);
        if (architecture.Dataflow == Dataflow.WeightStationary)
        {
            PackKept(writer, architecture, matrix);
        }
        else
        {
            PackStreamed(writer, architecture, architecture.Columns, matrix);
        }
    }

    private static void PackStreamed<T>(BeatWriter writer, Architecture architecture, int side, Operands<T> matrix)
        where T : struct, IBinaryInteger<T>
    {
        var lanes = architecture.Lanes;
        if (architecture.KeepsOperands)
        {
            for (var k = 0; k < matrix.Depth; k += architecture.Rows * lanes)
            {
                for (var element = 0; element < matrix.Elements; element++)
                {
                    for (var i = 0; i < Math.Min(architecture.Rows * lanes, matrix.Depth - k); i++)
                    {
                        writer.Put(i, matrix[element, k + i]);
                    }

                    writer.EndBeat();
                }
            }

            return;
        }

        for (var first = 0; first < matrix.Elements; first += side)
        {
            for (var k = 0; k < matrix.Depth; k += lanes)
            {
                for (var i = 0; i < Math.Min(side, matrix.Elements - first); i++)
                {
                    PutLanes(writer, lanes, i, matrix, first + i, k);
                }

                writer.EndBeat();
            }
        }
    }

    /// <summary>The first word that is shifted in ends in the last row.</summary>
    private static void PackKept<T>(BeatWriter writer, Architecture architecture, Operands<T> matrix)
        where T : struct, IBinaryInteger<T>
    {
        var lanes = architecture.Lanes;
        for (var first = 0; first < matrix.Elements; first += architecture.Columns)
        {
            for (var k = 0; k < matrix.Depth; k += architecture.Rows * lanes)
            {
                for (var row = architecture.Rows - 1; row >= 0; row--)
                {
                    for (var i = 0; i < Math.Min(architecture.Columns, matrix.Elements - first); i++)
                    {
                        PutLanes(writer, lanes, i, matrix, first + i, k + (row * lanes));
                    }

                    writer.EndBeat();
                }
            }
        }
    }

    private static void PutLanes<T>(BeatWriter writer, int lanes, int pe, Operands<T> matrix, int element, int k)
        where T : struct, IBinaryInteger<T>
    {
        for (var lane = 0; lane < Math.Min(lanes, matrix.Depth - k); lane++)
        {
            writer.Put((pe * lanes) + lane, matrix[element, k + lane]);
        }
    }

    /// <summary>A block of A or B by (row of A or column of B, position along K).</summary>
    private readonly ref struct Operands<T>(
        ReadOnlySpan<T> values, int firstElement, int firstK, int elementStride, int kStride, int elements, int depth)
        where T : struct, IBinaryInteger<T>
    {
        private readonly ReadOnlySpan<T> _values = values;

        public int Elements => elements;

        public int Depth => depth;

        public long this[int element, int k] => long.CreateChecked(_values[((firstElement + element) * elementStride) + ((firstK + k) * kStride)]);
    }

    private static int CeilDiv(int value, int by) => (value + by - 1) / by;

    private sealed class BeatWriter(Architecture architecture)
    {
        private readonly ulong[] _beat = new ulong[LimbsPerBeat(architecture)];
        private readonly List<ulong> _limbs = [];

        /// <summary>Bits of the operands that are put: a divisor of 64.</summary>
        public int OperandBits { get; set; }

        public void Put(int lane, long value)
        {
            var unused = 64 - OperandBits;
            if (value << unused >> unused != value)
            {
                throw new ArgumentOutOfRangeException(nameof(value), $"{value} does not fit the engine's {OperandBits}-bit operands");
            }

            var bit = lane * OperandBits;
            _beat[bit / 64] |= (ulong)value << unused >> unused << (bit % 64);
        }

        public void EndBeat()
        {
            _limbs.AddRange(_beat);
            Array.Clear(_beat);
        }

        public ulong[] ToArray() => [.. _limbs];
    }
}
