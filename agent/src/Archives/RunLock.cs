using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Archives;

/// <summary>Keeps two programs from working on one run. The system drops the lock when its owner ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _stream;

    private RunLock(FileStream stream) => _stream = stream;

    /// <summary>Takes the lock, or says that another program has it.</summary>
    /// <param name="run">The run.</param>
    public static Checked<RunLock> Take(RunDirectory run)
    {
        try
        {
            return Checked.Ok(new RunLock(new FileStream(
                Path.Combine(run.Folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Checked.Fail<RunLock>(AgentDiagnostics.RunInUse(run.Folder));
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _stream.Dispose();
}
