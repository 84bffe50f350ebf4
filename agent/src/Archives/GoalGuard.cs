using System.Security.Cryptography;
using HwSeed.Brain.Files;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Archives;

/// <summary>Holds a run to the goal that it began with: nobody, the agent included, moves the target.</summary>
/// <param name="GoalPath">The user's goal file.</param>
/// <param name="Sha256">Its hash at the start of the run.</param>
public sealed record GoalGuard(string GoalPath, string Sha256)
{
    /// <summary>Hashes the goal and keeps a copy in the run.</summary>
    /// <param name="goalPath">The user's goal file.</param>
    /// <param name="run">The new run.</param>
    public static Checked<GoalGuard> Start(string goalPath, RunDirectory run)
    {
        if (Bytes(goalPath) is not { } bytes)
        {
            return Checked.Fail<GoalGuard>(AgentDiagnostics.FileUnreadable(goalPath, "there is no readable file"));
        }

        AtomicFile.WriteBytes(run.GoalCopyPath, bytes);
        return Checked.Ok(new GoalGuard(goalPath, Hash(bytes)));
    }

    /// <summary>Null while goal and copy are what they were; else what changed.</summary>
    /// <param name="run">The run.</param>
    public Diagnostic? Check(RunDirectory run)
    {
        foreach (var path in new[] { GoalPath, run.GoalCopyPath })
        {
            var found = Bytes(path) is { } bytes ? Hash(bytes) : "absent";
            if (found != Sha256)
            {
                return AgentDiagnostics.GoalChanged(path, Sha256, found);
            }
        }

        return null;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[]? Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
