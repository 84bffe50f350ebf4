namespace HwSeed.Cli.Commands;

/// <summary>A temporary folder, removed in the end unless what lies there is worth a look.</summary>
internal sealed class WorkFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hwseed-verify-").FullName;

    public bool Keep { get; set; }

    public void Dispose()
    {
        if (!Keep && Directory.Exists(Path))
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException)
            {
                // A killed tool may still be writing: the system's temporary folder is cleaned in time.
            }
        }
    }
}
