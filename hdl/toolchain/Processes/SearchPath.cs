namespace HwSeed.Toolchain;

/// <summary>Where programs are looked for: the absolute directories of the user's PATH.</summary>
internal static class SearchPath
{
    /// <summary>The directories in order; relative entries are ignored, since they would depend on where we stand.
    /// </summary>
    public static IReadOnlyList<string> Directories { get; } =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(["/usr/local/bin", "/usr/bin", "/bin"])
            .Where(Path.IsPathRooted).Distinct(),
    ];

    /// <summary>The absolute path of a program, or null when there is none.</summary>
    public static string? Find(string program) =>
        Directories.Select(d => Path.Combine(d, program)).FirstOrDefault(IsExecutable);

    /// <summary>The path behind symbolic links.</summary>
    public static string Resolve(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    private static bool IsExecutable(string path)
    {
        const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);
    }
}
