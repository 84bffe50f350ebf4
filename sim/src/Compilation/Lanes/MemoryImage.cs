namespace HwSeed.Sim.Compilation.Lanes;

/// <summary>A value that lies somewhere in memory, little end first: it may be read with any size from Need to Have.</summary>
/// <param name="Address">Where.</param>
/// <param name="Need">Fewest bytes that hold the value.</param>
/// <param name="Have">Most bytes that may be read; those above the value are zero.</param>
internal readonly record struct MemoryImage(LaneAddress Address, int Need, int Have)
{
    public bool ReadableAs(int size) => Need <= size && size <= Have;
}

/// <summary>
/// Finds words that need no work because their bytes already lie side by side in an array: registers and inputs, byte
/// slices of them, and concatenations of neighbours.
/// </summary>
internal sealed class MemoryImages(WordGraph graph, StateLayout layout)
{
    private const int DeepestConcatenation = 70;

    // A byte of a word: where it lies, or zero, or unknown (null array).
    private readonly Dictionary<int, LaneAddress?[]?> _bytes = [];
    private readonly Dictionary<int, MemoryImage?> _images = [];

    public MemoryImage? Of(int node)
    {
        if (!_images.TryGetValue(node, out var image))
        {
            _images.Add(node, image = Find(node));
        }

        return image;
    }

    /// <summary>The byte and the bit in it that a node of one bit is, when it is a single bit of a word in memory.</summary>
    public (LaneAddress Byte, int Bit)? BitOf(int node)
    {
        var (operation, a, b, _, _) = graph[node];
        var bit = operation == WordOperation.And && graph.IsConstant(b, out var one) && one == 1 ? a
            : operation == WordOperation.ShiftRight && graph.BitsOf(node) == 1 ? node : -1;
        if (bit < 0)
        {
            return null;
        }

        var (word, shift) = graph[bit].Operation == WordOperation.ShiftRight ? (graph[bit].A, (int)graph[bit].Immediate) : (bit, 0);
        return Of(word) is { } image && shift < 8 * image.Have
            ? (image.Address with { Offset = image.Address.Offset + (shift / 8) }, shift % 8)
            : null;
    }

    private MemoryImage? Find(int node)
    {
        if (BytesOf(node, DeepestConcatenation) is not { } bytes || bytes[0] is not { } first)
        {
            return null;
        }

        var length = bytes.TakeWhile(b => b is not null).Count();
        if (bytes[length..].Any(b => b is not null)
            || Enumerable.Range(0, length).Any(i => bytes[i] != first with { Offset = first.Offset + i }))
        {
            return null;
        }

        var need = LaneGroup.BytesFor(graph.BitsOf(node));
        var have = graph[node].Operation switch
        {
            WordOperation.State => layout.BytesOf((int)graph[node].Immediate),
            WordOperation.Input => 8,
            _ => length is 1 or 2 or 4 or 8 ? length : 0,
        };
        return need <= have ? new MemoryImage(first, need, have) : null;
    }

    private LaneAddress?[]? BytesOf(int node, int depth)
    {
        if (depth == 0)
        {
            return null;
        }

        if (!_bytes.TryGetValue(node, out var bytes))
        {
            _bytes.Add(node, bytes = Trace(node, depth));
        }

        return bytes;
    }

    private LaneAddress?[]? Trace(int node, int depth)
    {
        var (operation, a, b, _, immediate) = graph[node];
        switch (operation)
        {
            case WordOperation.State:
                return Word(new(LaneBuffer.State, layout.OffsetOf((int)immediate)), node, layout.BytesOf((int)immediate));
            case WordOperation.Input:
                return Word(new(LaneBuffer.Inputs, 8 * (int)immediate), node, 8);
            case WordOperation.ShiftLeft when immediate % 8 == 0 && BytesOf(a, depth - 1) is { } low:
                return [.. Enumerable.Repeat<LaneAddress?>(null, (int)immediate / 8), .. low[..(8 - ((int)immediate / 8))]];
            case WordOperation.ShiftRight when immediate % 8 == 0 && BytesOf(a, depth - 1) is { } high:
                return [.. high[((int)immediate / 8)..], .. Enumerable.Repeat<LaneAddress?>(null, (int)immediate / 8)];
            case WordOperation.And when graph.IsConstant(b, out var mask) && BytesOf(a, depth - 1) is { } all:
                return Masked(all, mask);
            case WordOperation.Or when BytesOf(a, depth - 1) is { } left && BytesOf(b, depth - 1) is { } right:
                return left.Zip(right).Any(p => p.First is not null && p.Second is not null)
                    ? null
                    : [.. left.Zip(right, (x, y) => x ?? y)];
            default:
                return null;
        }
    }

    private LaneAddress?[] Word(LaneAddress address, int node, int size)
    {
        var used = Math.Min(size, (graph.BitsOf(node) + 7) / 8);
        return [.. Enumerable.Range(0, 8).Select(i =>
            i < used ? (LaneAddress?)(address with { Offset = address.Offset + i }) : null)];
    }

    private static LaneAddress?[]? Masked(LaneAddress?[] bytes, ulong mask)
    {
        var result = new LaneAddress?[8];
        for (var i = 0; i < 8; i++)
        {
            var here = (byte)(mask >> (8 * i));
            if (here == 0xff)
            {
                result[i] = bytes[i];
            }
            else if (here != 0 && bytes[i] is not null)
            {
                return null;
            }
        }

        return result;
    }
}
