namespace HwSeed.Cli;

/// <summary>Where the files that come with HwSeed lie.</summary>
internal static class Repository
{
    /// <summary>The folder of HwSeed.sln: what the launcher says, else the nearest one above the program.</summary>
    public static string Root { get; } = Find();

    /// <summary>The goal of a run that is given none.</summary>
    public static string DefaultGoal => Path.Combine(Root, "agent", "goals", "brain-on-ice40.yaml");

    /// <summary>Where runs are kept unless the user says otherwise.</summary>
    public static string DefaultRuns => Path.Combine(Root, "runs");

    /// <summary>The agent's own model.</summary>
    public static string SeedModel => Path.Combine(Root, "agent", "brain", "models", "seed.gguf");

    /// <summary>A path as a user would type it here: relative when it lies below the current folder.</summary>
    public static string Shown(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.GetFullPath(path));
        return relative.StartsWith("..", StringComparison.Ordinal) ? Path.GetFullPath(path) : relative;
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("HWSEED_ROOT") is { Length: > 0 } told && Directory.Exists(told))
        {
            return Path.GetFullPath(told);
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HwSeed.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? Directory.GetCurrentDirectory();
    }
}
