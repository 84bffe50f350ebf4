using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HwSeed.Toolchain;

/// <summary>Runs external tools: the only code in HwSeed that starts processes.</summary>
public static class ToolProcess
{
    private const int SignalKill = 9;
    private static readonly TimeSpan s_drainLimit = TimeSpan.FromSeconds(1);

    /// <summary>Runs a tool to its end, its time limit or cancellation, whichever comes first.</summary>
    /// <param name="command">What to run and within which limits.</param>
    /// <param name="cancellation">Kills the whole process group at once.</param>
    /// <exception cref="OperationCanceledException">When cancelled; no process of the run is left then.</exception>
    public static Task<ToolRun> RunAsync(ToolCommand command, CancellationToken cancellation = default) =>
        RunAsync(command, Confinement.Level, cancellation);

    internal static async Task<ToolRun> RunAsync(
        ToolCommand command, ConfinementLevel level, CancellationToken cancellation)
    {
        if (!Path.IsPathRooted(command.Executable) || !Path.IsPathRooted(command.WorkDirectory))
        {
            throw new ArgumentException("executable and work directory must be absolute paths", nameof(command));
        }

        cancellation.ThrowIfCancellationRequested();
        using var process = await Launcher.StartAsync(StartInfo(command, level)).ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        process.StandardInput.Close();
        CappedOutput output = new(command.OutputCapBytes), error = new(command.OutputCapBytes);
        var drained = Task.WhenAll(
            output.ReadAsync(process.StandardOutput.BaseStream), error.ReadAsync(process.StandardError.BaseStream));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(command.TimeLimit);
        var timedOut = false;
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            timedOut = !cancellation.IsCancellationRequested;
        }

        // Also after a normal end: a tool may leave background children in its group.
        KillGroup(process);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        var elapsed = clock.Elapsed;
        await Task.WhenAny(drained, Task.Delay(s_drainLimit, CancellationToken.None)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return new ToolRun(process.ExitCode, output.ToString(), error.ToString(), elapsed, timedOut,
            level == ConfinementLevel.Bubblewrap);
    }

    private static ProcessStartInfo StartInfo(ToolCommand command, ConfinementLevel level)
    {
        var words = Confinement.Wrap(command, level);
        var info = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = command.WorkDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        info.Environment["PATH"] = string.Join(':', SearchPath.Directories);
        info.Environment["HOME"] = command.WorkDirectory;
        info.Environment["TMPDIR"] = command.WorkDirectory;
        info.Environment["LANG"] = "C";
        info.Environment["LC_ALL"] = "C";
        return info;
    }

    private static void KillGroup(Process leader)
    {
        if (Kill(-leader.Id, SignalKill) != 0)
        {
            // There is no group yet when it is killed before setsid ran: then the process is alone.
            leader.Kill();
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
