using System.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>How tightly this machine lets us hold a child process.</summary>
public enum ConfinementLevel
{
    /// <summary>A session of its own and limits; grandchildren may outlive a killed hwseed.</summary>
    ProcessGroup,

    /// <summary>Also a process-id namespace: everything inside ends with hwseed.</summary>
    PidNamespace,

    /// <summary>bubblewrap: no network, read-only root, private /tmp, no capabilities.</summary>
    Bubblewrap,
}

/// <summary>Finds once per process which confinement works here, and writes its command line.</summary>
public static class Confinement
{
    private static readonly Lazy<ConfinementLevel> s_level = new(Probe);

    /// <summary>The tightest level that works on this machine, tried once with a real process.</summary>
    public static ConfinementLevel Level => s_level.Value;

    /// <summary>The full argument vector: limits and confinement around the tool.</summary>
    internal static IReadOnlyList<string> Wrap(ToolCommand command, ConfinementLevel level)
    {
        var cpuSeconds = Math.Max(1, (long)Math.Ceiling(command.TimeLimit.TotalSeconds * 4));
        string[] limited =
        [
            Require("prlimit"), $"--as={command.MemoryLimitBytes}", $"--cpu={cpuSeconds}", "--core=0", "--",
            command.Executable, .. command.Arguments,
        ];
        return level switch
        {
            ConfinementLevel.Bubblewrap => [Require("setsid"), .. Bubblewrap(command), "--", .. limited],
            ConfinementLevel.PidNamespace =>
                [Require("setsid"), Require("setpriv"), "--pdeathsig", "KILL", "--", .. PidNamespace(), .. limited],
            ConfinementLevel.ProcessGroup =>
                [Require("setsid"), Require("setpriv"), "--pdeathsig", "KILL", "--", .. limited],
            _ => throw new UnreachableException($"confinement level {level}"),
        };
    }

    private static IEnumerable<string> Bubblewrap(ToolCommand command)
    {
        yield return Require("bwrap");
        foreach (var word in (string[])["--unshare-all", "--die-with-parent", "--cap-drop", "ALL",
            "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"])
        {
            yield return word;
        }

        // Tools have no business in the user's home (keys, mail): it is hidden unless the tool itself lives there.
        var home = Environment.GetEnvironmentVariable("HOME");
        if (home is { Length: > 1 } && Directory.Exists(home) && !IsBelow(SearchPath.Resolve(command.Executable), home))
        {
            yield return "--tmpfs";
            yield return home;
        }

        foreach (var path in command.ReadOnlyPaths)
        {
            yield return "--ro-bind";
            yield return path;
            yield return path;
        }

        foreach (var word in (string[])["--bind", command.WorkDirectory, command.WorkDirectory,
            "--chdir", command.WorkDirectory])
        {
            yield return word;
        }
    }

    private static string[] PidNamespace() =>
        [Require("unshare"), "--user", "--map-root-user", "--pid", "--fork", "--kill-child=KILL", "--"];

    private static ConfinementLevel Probe()
    {
        if (SearchPath.Find("bwrap") is not null && Works(ConfinementLevel.Bubblewrap))
        {
            return ConfinementLevel.Bubblewrap;
        }

        return SearchPath.Find("unshare") is not null && Works(ConfinementLevel.PidNamespace)
            ? ConfinementLevel.PidNamespace
            : ConfinementLevel.ProcessGroup;
    }

    private static bool Works(ConfinementLevel level)
    {
        var directory = Directory.CreateTempSubdirectory("hwseed-probe-").FullName;
        try
        {
            var command = new ToolCommand(Require("true"), [], directory) { TimeLimit = TimeSpan.FromSeconds(10) };
            return Task.Run(() => ToolProcess.RunAsync(command, level, default)).GetAwaiter().GetResult().Succeeded;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Require(string name) => SearchPath.Find(name) ??
        throw new PlatformNotSupportedException(
            $"'{name}' is not on the PATH; it comes with every Linux system (Debian: util-linux, coreutils)");

    private static bool IsBelow(string path, string root) =>
        path == root || path.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);
}
