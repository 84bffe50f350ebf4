using System.Buffers.Binary;
using System.Text;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Brain.Gguf;

/// <summary>
/// Reads a GGUF version 3 file. The first fault is kept and every later read gives zero, so that no read needs a
/// check of its own; counts are held against the bytes left before anything is allocated for them.
/// </summary>
internal sealed class GgufReader(ReadOnlyMemory<byte> bytes, string name)
{
    private const int DeepestArray = 4;
    private const int LeastEntryBytes = 8 + 4 + 1;
    private const int LeastTensorBytes = 8 + 4 + 8 + 4 + 8;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private Diagnostic? _fault;
    private int _at;

    private bool Sound => _fault is null;

    private int Left => bytes.Length - _at;

    public Checked<GgufFile> Read()
    {
        if (bytes.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) != GgufWriter.Magic)
        {
            return Checked.Fail<GgufFile>(BrainDiagnostics.NotGguf(name));
        }

        _at = 4;
        var version = (uint)Unsigned(4);
        if (Sound && version != GgufWriter.Version)
        {
            return Checked.Fail<GgufFile>(BrainDiagnostics.Version(name, version));
        }

        var tensorCount = Count("tensors", LeastTensorBytes);
        var entryCount = Count("metadata entries", LeastEntryBytes);
        var entries = Entries(entryCount);
        var tensors = Tensors(tensorCount, entries);
        return Sound
            ? Checked.Ok(new GgufFile(entries.ToEquatableArray(), tensors) { Origin = new(name) })
            : Checked.Fail<GgufFile>(_fault!);
    }

    private List<GgufEntry> Entries(int count)
    {
        var entries = new List<GgufEntry>();
        var keys = new HashSet<string>();
        for (var i = 0; i < count && Sound; i++)
        {
            var start = _at;
            var key = Text();
            var type = ValueType();
            var value = Value(type, 0);
            if (Sound && !keys.Add(key))
            {
                Fault(BrainDiagnostics.Duplicate(name, start, "metadata key", key));
            }

            entries.Add(new(key, value));
        }

        return entries;
    }

    private EquatableArray<GgufTensor> Tensors(int count, List<GgufEntry> entries)
    {
        var infos = new List<(string Name, GgufTensorType Type, EquatableArray<long> Sizes, ulong Offset, int Start)>();
        var names = new HashSet<string>();
        for (var i = 0; i < count && Sound; i++)
        {
            var start = _at;
            var tensor = Text();
            var sizes = Sizes(tensor);
            var typeAt = _at;
            var type = (uint)Unsigned(4);
            if (Sound && type is not ((uint)GgufTensorType.F32 or (uint)GgufTensorType.F16 or (uint)GgufTensorType.I8))
            {
                Fault(BrainDiagnostics.TensorType(name, typeAt, tensor, type));
            }

            var offset = Unsigned(8);
            if (Sound && !names.Add(tensor))
            {
                Fault(BrainDiagnostics.Duplicate(name, start, "tensor", tensor));
            }

            infos.Add((tensor, (GgufTensorType)type, sizes, offset, start));
        }

        var alignment = Alignment(entries);
        if (!Sound)
        {
            return [];
        }

        var data = GgufWriter.RoundUp(_at, alignment);
        var tensors = new List<GgufTensor>(infos.Count);
        foreach (var (tensor, type, sizes, offset, start) in infos)
        {
            var length = GgufTensor.BytesPerElement(type) * sizes.Aggregate(1L, (product, size) => product * size);
            if (offset % (ulong)alignment != 0)
            {
                Fault(BrainDiagnostics.Misaligned(name, start, tensor, offset, alignment));
            }
            else if (offset > (ulong)bytes.Length || data + (long)offset + length > bytes.Length)
            {
                Fault(BrainDiagnostics.OutsideFile(name, start, tensor, offset, length, bytes.Length));
            }

            if (!Sound)
            {
                return [];
            }

            tensors.Add(new(tensor, type, sizes, bytes.Slice((int)(data + (long)offset), (int)length)));
        }

        return tensors.ToEquatableArray();
    }

    private EquatableArray<long> Sizes(string tensor)
    {
        var start = _at;
        var rank = (uint)Unsigned(4);
        if (Sound && rank is 0 or > 4)
        {
            Fault(BrainDiagnostics.Dimensions(name, start, tensor, $"has {rank} dimensions; 1 to 4 are allowed"));
        }

        var sizes = new List<long>();
        var elements = (UInt128)1;
        for (var i = 0; i < rank && Sound; i++)
        {
            var size = Unsigned(8);
            elements *= size;
            if (Sound && (size == 0 || elements > (UInt128)GgufFile.LargestFile))
            {
                Fault(BrainDiagnostics.Dimensions(name, start, tensor, $"has {elements} elements in {i + 1} dimensions"));
            }

            sizes.Add((long)size);
        }

        return sizes.ToEquatableArray();
    }

    private int Alignment(List<GgufEntry> entries)
    {
        switch (entries.Find(e => e.Key == "general.alignment")?.Value)
        {
            case null:
                return GgufWriter.DefaultAlignment;
            case GgufUnsigned { Value: > 0 and <= 1 << 20 } a when (a.Value & (a.Value - 1)) == 0:
                return (int)a.Value;
            default:
                Fault(BrainDiagnostics.Alignment(name));
                return 1;
        }
    }

    private GgufType ValueType()
    {
        var start = _at;
        var tag = (uint)Unsigned(4);
        if (Sound && (tag > int.MaxValue || GgufValue.LeastBytes((GgufType)tag) == 0))
        {
            Fault(BrainDiagnostics.ValueType(name, start, tag));
        }

        return (GgufType)tag;
    }

    private GgufValue Value(GgufType type, int depth)
    {
        if (!Sound)
        {
            return new GgufBool(false);
        }

        switch (type)
        {
            case GgufType.Text:
                return new GgufText(Text());
            case GgufType.Array:
                return ArrayValue(depth + 1);
            case GgufType.Bool:
                return new GgufBool(Unsigned(1) != 0);
            case GgufType.Float32:
                return new GgufFloat(type, BitConverter.UInt32BitsToSingle((uint)Unsigned(4)));
            case GgufType.Float64:
                return new GgufFloat(type, BitConverter.UInt64BitsToDouble(Unsigned(8)));
            default:
                var width = GgufValue.LeastBytes(type);
                var raw = Unsigned(width);
                var shift = 64 - (8 * width);
                return GgufValue.IsUnsigned(type)
                    ? new GgufUnsigned(type, raw)
                    : new GgufSigned(type, (long)(raw << shift) >> shift);
        }
    }

    private GgufArray ArrayValue(int depth)
    {
        if (depth > DeepestArray)
        {
            Fault(BrainDiagnostics.TooDeep(name, _at));
        }

        var type = ValueType();
        var count = Sound ? Count("array elements", GgufValue.LeastBytes(type)) : 0;
        var items = new List<GgufValue>();
        for (var i = 0; i < count && Sound; i++)
        {
            items.Add(Value(type, depth));
        }

        return new(type, items.ToEquatableArray());
    }

    private int Count(string what, int leastBytes)
    {
        var start = _at;
        var count = Unsigned(8);
        if (Sound && count > (ulong)(Left / leastBytes))
        {
            Fault(BrainDiagnostics.Count(name, start, what, count, Left));
        }

        return Sound ? (int)count : 0;
    }

    private string Text()
    {
        var start = _at;
        var length = Count("bytes of text", 1);
        if (!Sound)
        {
            return "";
        }

        try
        {
            var text = StrictUtf8.GetString(bytes.Span.Slice(_at, length));
            _at += length;
            return text;
        }
        catch (DecoderFallbackException)
        {
            Fault(BrainDiagnostics.NotUtf8(name, start));
            return "";
        }
    }

    private ulong Unsigned(int width)
    {
        if (!Sound)
        {
            return 0;
        }

        if (Left < width)
        {
            Fault(BrainDiagnostics.Truncated(name, _at, width, bytes.Length));
            return 0;
        }

        Span<byte> wide = stackalloc byte[8];
        bytes.Span.Slice(_at, width).CopyTo(wide);
        _at += width;
        return BinaryPrimitives.ReadUInt64LittleEndian(wide);
    }

    private void Fault(Diagnostic fault) => _fault ??= fault;
}
