using System.Runtime.CompilerServices;

namespace HwSeed.Agent.Tests;

/// <summary>Paths of the room that the tests need.</summary>
internal static class Room
{
    public static string Path(params string[] parts) => System.IO.Path.Combine([Folder(), .. parts]);

    private static string Folder([CallerFilePath] string file = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, ".."));
}

/// <summary>A folder of a test's own, removed in the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hwseed-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
