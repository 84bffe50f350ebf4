using HwSeed.Brain.Files;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Brain.Gguf;

/// <summary>A key of the metadata with its value.</summary>
/// <param name="Key">Dotted name, <c>llama.block_count</c>.</param>
/// <param name="Value">The value.</param>
public sealed record GgufEntry(string Key, GgufValue Value);

/// <summary>A GGUF version 3 file: metadata and tensors. Keys and tensor names are unique in files that were read.</summary>
/// <param name="Metadata">In file order.</param>
/// <param name="Tensors">In file order.</param>
public sealed record GgufFile(EquatableArray<GgufEntry> Metadata, EquatableArray<GgufTensor> Tensors)
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const long LargestFile = 1L << 30;

    /// <summary>Name for messages; plays no part in equality of content.</summary>
    internal string Name => Origin.Path;

    internal GgufOrigin Origin { get; init; } = new("model");

    /// <summary>The value of a key, or null.</summary>
    public GgufValue? Find(string key)
    {
        foreach (var entry in Metadata)
        {
            if (entry.Key == key)
            {
                return entry.Value;
            }
        }

        return null;
    }

    /// <summary>The tensor of a name, or null.</summary>
    public GgufTensor? Tensor(string name)
    {
        foreach (var tensor in Tensors)
        {
            if (tensor.Name == name)
            {
                return tensor;
            }
        }

        return null;
    }

    /// <summary>Reads a file; every fault becomes a diagnostic HW60xx with its byte offset.</summary>
    public static Checked<GgufFile> Read(string path)
    {
        byte[] bytes;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length > LargestFile)
            {
                return Checked.Fail<GgufFile>(BrainDiagnostics.TooLarge(path, stream.Length));
            }

            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Checked.Fail<GgufFile>(BrainDiagnostics.Unreadable(path, e.Message));
        }

        return Parse(bytes, path);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The whole file; the tensors keep slices of it.</param>
    /// <param name="name">Name for messages.</param>
    public static Checked<GgufFile> Parse(ReadOnlyMemory<byte> bytes, string name = "model") =>
        new GgufReader(bytes, name).Read();

    /// <summary>The bytes of the file.</summary>
    public byte[] ToBytes() => GgufWriter.Write(this);

    /// <summary>Writes atomically: a temporary file beside the target, fsync, rename.</summary>
    public void Write(string path) => AtomicFile.WriteBytes(path, ToBytes());
}

/// <summary>Where a file came from; equal to every other origin so that it does not disturb value equality.</summary>
internal sealed record GgufOrigin(string Path)
{
    public bool Equals(GgufOrigin? other) => other is not null;

    public override int GetHashCode() => 0;
}
