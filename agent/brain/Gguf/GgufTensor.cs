using System.Buffers.Binary;
using System.Runtime.InteropServices;
using HwSeed.Hdl;

namespace HwSeed.Brain.Gguf;

/// <summary>Element types of tensors that are read and written here, numbered as ggml does.</summary>
public enum GgufTensorType
{
    /// <summary>IEEE single.</summary>
    F32 = 0,

    /// <summary>IEEE half.</summary>
    F16 = 1,

    /// <summary>Signed byte; its scales stand in a tensor of their own.</summary>
    I8 = 24,
}

/// <summary>A named tensor.</summary>
/// <param name="Name">As llama.cpp names it, <c>blk.0.attn_q.weight</c>.</param>
/// <param name="Type">Element type.</param>
/// <param name="Dimensions">Sizes, the contiguous one first (a matrix: input channels, output channels).</param>
/// <param name="Data">The elements, little-endian.</param>
public sealed record GgufTensor(
    string Name, GgufTensorType Type, EquatableArray<long> Dimensions, ReadOnlyMemory<byte> Data)
{
    /// <summary>Number of elements.</summary>
    public long Elements => Data.Length / BytesPerElement(Type);

    /// <summary>A tensor of singles.</summary>
    public static GgufTensor OfFloats(string name, ReadOnlySpan<float> values, params EquatableArray<long> dimensions)
    {
        RequireCount(values.Length, dimensions);
        var bytes = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), values[i]);
        }

        return new(name, GgufTensorType.F32, dimensions, bytes);
    }

    /// <summary>A tensor of signed bytes.</summary>
    public static GgufTensor OfBytes(string name, ReadOnlySpan<sbyte> values, params EquatableArray<long> dimensions)
    {
        RequireCount(values.Length, dimensions);
        return new(name, GgufTensorType.I8, dimensions, MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>The elements as singles, whatever the type.</summary>
    public float[] ToFloats()
    {
        var values = new float[Elements];
        var bytes = Data.Span;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Type switch
            {
                GgufTensorType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * 4)..]),
                GgufTensorType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(i * 2)..]),
                _ => (sbyte)bytes[i],
            };
        }

        return values;
    }

    /// <summary>The elements of an I8 tensor.</summary>
    public ReadOnlySpan<sbyte> ToBytes() => Type == GgufTensorType.I8
        ? MemoryMarshal.Cast<byte, sbyte>(Data.Span)
        : throw new InvalidOperationException($"tensor '{Name}' holds {Type}, not I8");

    /// <summary>Equal name, type, sizes and bytes.</summary>
    public bool Equals(GgufTensor? other) =>
        other is not null && Name == other.Name && Type == other.Type && Dimensions == other.Dimensions
        && Data.Span.SequenceEqual(other.Data.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, Dimensions, Data.Length);

    internal static int BytesPerElement(GgufTensorType type) => type switch
    {
        GgufTensorType.F32 => 4,
        GgufTensorType.F16 => 2,
        _ => 1,
    };

    private static void RequireCount(int count, EquatableArray<long> dimensions)
    {
        if (dimensions.Aggregate(1L, (product, d) => product * d) != count)
        {
            throw new ArgumentException($"{count} values do not fill a tensor of {dimensions}", nameof(dimensions));
        }
    }
}
