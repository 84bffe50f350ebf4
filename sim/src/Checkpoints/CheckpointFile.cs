using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Sim.Checkpoints;

/// <summary>
/// A snapshot on disk: mark, version, fingerprint of the design, counts, words, and a SHA-256 of all that, in
/// little-endian order.
/// </summary>
internal static class CheckpointFile
{
    private const int Version = 1;
    private const int HashBytes = 32;
    private static readonly byte[] s_mark = "HWSEEDCP"u8.ToArray();

    public static void Write(string path, SimulationSnapshot snapshot, byte[] fingerprint)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(s_mark);
        writer.Write(Version);
        writer.Write(fingerprint);
        writer.Write(snapshot.Cycles);
        writer.Write(snapshot.HasStarted);
        ulong[][] arrays = [snapshot.State, snapshot.Inputs, snapshot.Memories];
        foreach (var words in arrays)
        {
            writer.Write(words.Length);
            writer.Write(MemoryMarshal.AsBytes<ulong>(words));
        }

        writer.Flush();
        writer.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        writer.Flush();

        // A new file and a rename: a reader, or a run that goes on after a kill, sees the old one or the new one.
        var full = Path.GetFullPath(path);
        var part = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.partial");
        using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(memory.GetBuffer().AsSpan(0, (int)memory.Length));
            file.Flush(flushToDisk: true);
        }

        File.Move(part, full, overwrite: true);
    }

    public static Checked<SimulationSnapshot> Read(string path, byte[] fingerprint)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Checked.Fail<SimulationSnapshot>(SimulationDiagnostics.NoCheckpoint(path, "it cannot be read"));
        }

        var header = s_mark.Length + sizeof(int) + HashBytes;
        if (bytes.Length < header + HashBytes || !bytes.AsSpan().StartsWith(s_mark))
        {
            return Checked.Fail<SimulationSnapshot>(SimulationDiagnostics.NoCheckpoint(path, "it has another format"));
        }

        if (BitConverter.ToInt32(bytes, s_mark.Length) is var version && version != Version)
        {
            return Checked.Fail<SimulationSnapshot>(
                SimulationDiagnostics.NoCheckpoint(path, $"it has version {version}, and this program reads {Version}"));
        }

        if (!SHA256.HashData(bytes.AsSpan(0, bytes.Length - HashBytes)).AsSpan().SequenceEqual(bytes.AsSpan(^HashBytes..)))
        {
            return Checked.Fail<SimulationSnapshot>(SimulationDiagnostics.NoCheckpoint(path, "it is damaged"));
        }

        if (!bytes.AsSpan(s_mark.Length + sizeof(int), HashBytes).SequenceEqual(fingerprint))
        {
            return Checked.Fail<SimulationSnapshot>(SimulationDiagnostics.OtherDesign(path));
        }

        using var reader = new BinaryReader(new MemoryStream(bytes, header, bytes.Length - header - HashBytes));
        return Checked.Ok(new SimulationSnapshot(
            reader.ReadInt64(), reader.ReadBoolean(), ReadWords(reader), ReadWords(reader), ReadWords(reader)));
    }

    private static ulong[] ReadWords(BinaryReader reader)
    {
        var words = new ulong[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(words.AsSpan()));
        return words;
    }
}
