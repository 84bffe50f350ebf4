using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Brain.Files;

namespace HwSeed.Agent.Loop;

/// <summary>A rung's result on disk, whole or absent: what makes an expensive step happen once, across kills.</summary>
/// <param name="path">The JSON file.</param>
internal sealed class RungResult<T>(string path)
    where T : class
{
    /// <summary>The result, or null when there is none yet.</summary>
    public T? Read() => File.Exists(path) ? AgentJson.Read<T>(File.ReadAllText(path)) : null;

    /// <summary>Keeps a result.</summary>
    public void Write(T result) => AtomicFile.WriteText(path, AgentJson.Write(result) + "\n");
}
