using System.Text;

namespace HwSeed.Brain.Files;

/// <summary>Writes files so that a reader, or a run resumed after a kill, sees the old one or the new one, whole.</summary>
public static class AtomicFile
{
    /// <summary>Writes text as UTF-8.</summary>
    /// <param name="path">Target; its folder is made when absent.</param>
    /// <param name="text">Content.</param>
    public static void WriteText(string path, string text) => WriteBytes(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes: temporary file beside the target, flushed to disk, renamed over it.</summary>
    /// <param name="path">Target; its folder is made when absent.</param>
    /// <param name="bytes">Content.</param>
    public static void WriteBytes(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        // A fixed name: a temporary file left by a kill is written over the next time, never piling up.
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.partial");
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
