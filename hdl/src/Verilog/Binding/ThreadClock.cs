using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HwSeed.Hdl.Verilog.Binding;

/// <summary>
/// Processor time that a thread has used since it was made: on a busy machine a limit of seconds is about work, not about waiting.
/// Where the system does not tell, time that has passed.
/// </summary>
internal sealed class ThreadClock
{
    // Linux, time.h.
    private const int ThreadProcessorTime = 3;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly TimeSpan? _began = Used();

    /// <summary>Time since the clock was made, on the thread that made it.</summary>
    public TimeSpan Elapsed => Used() - _began ?? _watch.Elapsed;

    private static TimeSpan? Used() => OperatingSystem.IsLinux() && GetTime(ThreadProcessorTime, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
        : null;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Time(long Seconds, long Nanoseconds);
}
