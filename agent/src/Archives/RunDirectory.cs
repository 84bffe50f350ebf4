using System.Globalization;
using HwSeed.Agent.Evaluations;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Archives;

/// <summary>Where a run keeps its files: <c>runs/&lt;id&gt;/</c>.</summary>
/// <param name="Folder">The run's folder.</param>
public sealed record RunDirectory(string Folder)
{
    /// <summary>The events.</summary>
    public string JournalPath => Path.Combine(Folder, "journal.jsonl");

    /// <summary>The designs and what is known about them.</summary>
    public string ArchivePath => Path.Combine(Folder, "archive.sqlite");

    /// <summary>The goal as it was at the start.</summary>
    public string GoalCopyPath => Path.Combine(Folder, "goal.yaml");

    /// <summary>The run's result.</summary>
    public string SummaryPath => Path.Combine(Folder, "summary.json");

    /// <summary>The run's name: its folder's.</summary>
    public string Id => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder)));

    /// <summary>A name for a new run: goal, seed and the time in UTC.</summary>
    /// <param name="goalName">The goal's name.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="utc">Now.</param>
    public static string NewId(string goalName, ulong seed, DateTime utc)
    {
        var name = string.Concat(goalName.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
        return string.Create(CultureInfo.InvariantCulture, $"{name}-s{seed}-{utc:yyyyMMdd-HHmmss}");
    }

    /// <summary>Makes the folder of a new run; an existing run is refused.</summary>
    /// <param name="root">The folder of all runs.</param>
    /// <param name="id">The run's name.</param>
    public static Checked<RunDirectory> Create(string root, string id)
    {
        var run = new RunDirectory(Path.Combine(root, id));
        if (File.Exists(run.JournalPath) || File.Exists(run.Folder))
        {
            return Checked.Fail<RunDirectory>(AgentDiagnostics.RunExists(run.Folder));
        }

        Directory.CreateDirectory(run.Folder);
        return Checked.Ok(run);
    }

    /// <summary>The folder of a run to be resumed or audited.</summary>
    /// <param name="folder">As <c>runs/&lt;id&gt;</c>.</param>
    public static Checked<RunDirectory> Open(string folder)
    {
        var run = new RunDirectory(folder);
        return File.Exists(run.JournalPath)
            ? Checked.Ok(run)
            : Checked.Fail<RunDirectory>(AgentDiagnostics.NoRun(folder));
    }

    /// <summary>Where a design's files lie.</summary>
    /// <param name="designId">The design's whole id.</param>
    public string DesignFolder(string designId) => Path.Combine(Folder, "designs", DesignIdentity.Short(designId));
}
