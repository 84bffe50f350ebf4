using System.Collections.Concurrent;
using System.Diagnostics;

namespace HwSeed.Toolchain;

/// <summary>
/// Starts all child processes from one thread that never ends. Linux sends the parent-death signal when the
/// <em>thread</em> that forked ends, so a child started from a pool thread would be killed at random.
/// </summary>
internal static class Launcher
{
    private static readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Done)> s_requests = [];

    static Launcher() =>
        new Thread(Loop) { IsBackground = true, Name = "hwseed process launcher" }.Start();

    /// <summary>Starts a process; throws what <see cref="Process.Start(ProcessStartInfo)"/> throws.</summary>
    public static Task<Process> StartAsync(ProcessStartInfo info)
    {
        var done = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        s_requests.Add((info, done));
        return done.Task;
    }

    private static void Loop()
    {
        foreach (var (info, done) in s_requests.GetConsumingEnumerable())
        {
            try
            {
                done.SetResult(Process.Start(info) ?? throw new InvalidOperationException("no process was started"));
            }
#pragma warning disable CA1031 // The exception goes to the caller that waits for the process.
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
        }
    }
}
