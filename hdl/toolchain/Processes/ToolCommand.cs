using HwSeed.Hdl;

namespace HwSeed.Toolchain;

/// <summary>One run of an external tool: what, where and within which limits. No shell is ever involved.</summary>
/// <param name="Executable">Absolute path of the program.</param>
/// <param name="Arguments">Arguments as the program gets them, unquoted.</param>
/// <param name="WorkDirectory">Absolute path of an existing directory; the only place that the tool may write.</param>
public sealed record ToolCommand(string Executable, EquatableArray<string> Arguments, string WorkDirectory)
{
    /// <summary>Wall-clock limit; the whole process group is killed when it is over.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Address space that each process may have, in bytes.</summary>
    public long MemoryLimitBytes { get; init; } = 3L << 30;

    /// <summary>Bytes kept of each output stream; of a longer one, the first and the last half.</summary>
    public int OutputCapBytes { get; init; } = 4 << 20;

    /// <summary>Further directories that the tool has to read, such as a cache below the home directory.</summary>
    public EquatableArray<string> ReadOnlyPaths { get; init; }
}
