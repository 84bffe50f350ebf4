using HwSeed.Agent.Loop;

namespace HwSeed.Cli;

/// <summary>Paths as the command shows and assumes them.</summary>
internal static class Repository
{
    /// <summary>Where runs are kept unless the user says otherwise.</summary>
    public static string DefaultRuns => Path.Combine(SeedModel.Root, "runs");

    /// <summary>A path as a user would type it here: relative when it lies below the current folder.</summary>
    public static string Shown(string path)
    {
        var whole = Path.GetFullPath(path);
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), whole);
        return relative.StartsWith("..", StringComparison.Ordinal) ? whole : relative;
    }
}
