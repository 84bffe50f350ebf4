namespace HwSeed.Toolchain;

/// <summary>What one run of an external tool gave.</summary>
/// <param name="ExitCode">The tool's exit status; 128 + signal when a signal ended it.</param>
/// <param name="StandardOutput">Standard output, head and tail when it was longer than the cap.</param>
/// <param name="StandardError">Standard error, head and tail when it was longer than the cap.</param>
/// <param name="Elapsed">Wall-clock time from start to end.</param>
/// <param name="TimedOut">Whether the time limit ended it.</param>
/// <param name="Sandboxed">Whether it ran inside bubblewrap.</param>
public sealed record ToolRun(
    int ExitCode, string StandardOutput, string StandardError, TimeSpan Elapsed, bool TimedOut, bool Sandboxed)
{
    /// <summary>Whether the tool ended by itself with status 0.</summary>
    public bool Succeeded => ExitCode == 0 && !TimedOut;

    /// <summary>The last few lines of what it said, for a message about a failure.</summary>
    public string LastLines(int count = 3) =>
        string.Join("; ", $"{StandardOutput}\n{StandardError}".Split('\n').Select(l => l.Trim())
            .Where(l => l.Length > 0).TakeLast(count));
}
