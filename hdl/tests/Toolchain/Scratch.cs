namespace HwSeed.Hdl.Tests.Toolchain;

/// <summary>A directory that is gone after the test.</summary>
internal sealed class Scratch : IDisposable
{
    /// <summary>Absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("hwseed-test-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
