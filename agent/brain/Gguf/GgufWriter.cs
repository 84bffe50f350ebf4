using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace HwSeed.Brain.Gguf;

/// <summary>Lays out a GGUF version 3 file, little-endian.</summary>
internal static class GgufWriter
{
    public const uint Magic = 0x46554747; // "GGUF"
    public const uint Version = 3;
    public const int DefaultAlignment = 32;

    public static byte[] Write(GgufFile file)
    {
        var alignment = AlignmentOf(file);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, new UTF8Encoding(false));
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write((ulong)file.Tensors.Count);
        writer.Write((ulong)file.Metadata.Count);
        foreach (var (key, value) in file.Metadata)
        {
            WriteText(writer, key);
            writer.Write((uint)value.Type);
            WriteValue(writer, value);
        }

        var offset = 0L;
        foreach (var tensor in file.Tensors)
        {
            WriteText(writer, tensor.Name);
            writer.Write((uint)tensor.Dimensions.Count);
            foreach (var size in tensor.Dimensions)
            {
                writer.Write((ulong)size);
            }

            writer.Write((uint)tensor.Type);
            writer.Write((ulong)offset);
            offset = RoundUp(offset + tensor.Data.Length, alignment);
        }

        foreach (var tensor in file.Tensors)
        {
            Pad(writer, alignment);
            writer.Write(tensor.Data.Span);
        }

        Pad(writer, alignment);
        writer.Flush();
        return stream.ToArray();
    }

    public static long RoundUp(long value, int alignment) => (value + alignment - 1) / alignment * alignment;

    private static int AlignmentOf(GgufFile file) =>
        file.Find("general.alignment") is GgufUnsigned { Value: > 0 and <= 1 << 20 } a && (a.Value & (a.Value - 1)) == 0
            ? (int)a.Value
            : DefaultAlignment;

    private static void Pad(BinaryWriter writer, int alignment)
    {
        var position = writer.BaseStream.Position;
        for (var missing = RoundUp(position, alignment) - position; missing > 0; missing--)
        {
            writer.Write((byte)0);
        }
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private static void WriteValue(BinaryWriter writer, GgufValue value)
    {
        Span<byte> bytes = stackalloc byte[8];
        switch (value)
        {
            case GgufUnsigned number:
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, number.Value);
                writer.Write(bytes[..GgufValue.LeastBytes(number.Type)]);
                break;
            case GgufSigned number:
                BinaryPrimitives.WriteInt64LittleEndian(bytes, number.Value);
                writer.Write(bytes[..GgufValue.LeastBytes(number.Type)]);
                break;
            case GgufFloat { Type: GgufType.Float32 } number:
                writer.Write((float)number.Value);
                break;
            case GgufFloat number:
                writer.Write(number.Value);
                break;
            case GgufBool truth:
                writer.Write((byte)(truth.Value ? 1 : 0));
                break;
            case GgufText text:
                WriteText(writer, text.Value);
                break;
            case GgufArray array:
                writer.Write((uint)array.ElementType);
                writer.Write((ulong)array.Items.Count);
                foreach (var item in array.Items)
                {
                    if (item.Type != array.ElementType)
                    {
                        throw new InvalidOperationException($"a {item.Type} stands in an array of {array.ElementType}");
                    }

                    WriteValue(writer, item);
                }

                break;
            default:
                throw new UnreachableException(value.GetType().Name);
        }
    }
}
