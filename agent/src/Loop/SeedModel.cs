namespace HwSeed.Agent.Loop;

/// <summary>Where the files that ship with HwSeed lie: under HWSEED_ROOT, or above the program.</summary>
public static class SeedModel
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The agent's own model.</summary>
    public static string Path => System.IO.Path.Combine(Root, "agent", "brain", "models", "seed.gguf");

    /// <summary>The default goal.</summary>
    public static string DefaultGoal => System.IO.Path.Combine(Root, "agent", "goals", "brain-on-ice40.yaml");

    private static string FindRoot()
    {
        if (Environment.GetEnvironmentVariable("HWSEED_ROOT") is { Length: > 0 } root)
        {
            return root;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "HwSeed.sln")))
            {
                return folder.FullName;
            }
        }

        return Environment.CurrentDirectory;
    }
}
