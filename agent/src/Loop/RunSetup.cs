using System.Security.Cryptography;
using System.Text.Json;
using HwSeed.Agent.Archives;
using HwSeed.Agent.Documents;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Goals;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Loop;

/// <summary>What a run was started with: the journal's first event, from which it is resumed.</summary>
/// <param name="GoalPath">Absolute path of the user's goal file.</param>
/// <param name="GoalSha256">Its hash.</param>
/// <param name="ModelSha256">Hash of the agent's model.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Generations">How many.</param>
/// <param name="Without">Rungs left out by request.</param>
public sealed record StartRecord(
    string GoalPath, string GoalSha256, string ModelSha256, ulong Seed, int Generations, EquatableArray<Rung> Without);

/// <summary>A run's folder, open and locked, with its goal read and guarded.</summary>
internal sealed class RunSetup : IDisposable
{
    private readonly RunLock _lock;

    private readonly int _generationsBefore;

    private RunSetup(
        RunDirectory run, RunLock runLock, Journal journal, DesignArchive archive, Goal goal, StartRecord start,
        bool resumed, int generationsBefore)
    {
        (Run, _lock, Journal, Archive, Goal, Start, Resumed) = (run, runLock, journal, archive, goal, start, resumed);
        _generationsBefore = generationsBefore;
    }

    public RunDirectory Run { get; }

    public Journal Journal { get; }

    public DesignArchive Archive { get; }

    public Goal Goal { get; }

    public StartRecord Start { get; }

    public bool Resumed { get; }

    /// <summary>Whether the journal holds the generation already: a resumed run only walks it again.</summary>
    public bool HasGeneration(int generation) => generation <= _generationsBefore;

    public GoalGuard Guard => new(Start.GoalPath, Start.GoalSha256);

    /// <summary>Path of the agent's model: the goal's, or the one that ships with HwSeed when the goal lists its own products.</summary>
    public static string ModelPath(Goal goal, string goalPath) => goal.Workload is ModelWorkload model
        ? Path.GetFullPath(model.ModelPath, Path.GetDirectoryName(Path.GetFullPath(goalPath))!)
        : SeedModel.Path;

    /// <summary>Makes a new run.</summary>
    public static Checked<RunSetup> Begin(EvolveOptions options) =>
        ReadGoal(options.GoalPath).Then(goal => HashModel(ModelPath(goal, options.GoalPath)).Then(model =>
        {
            var seed = options.Seed ?? goal.Seed;
            var id = options.RunId ?? RunDirectory.NewId(goal.Name, seed, DateTime.UtcNow);
            return RunDirectory.Create(options.RunsFolder, id).Then(run => RunLock.Take(run).Then(runLock =>
                GoalGuard.Start(options.GoalPath, run).Then(guard =>
                {
                    var start = new StartRecord(
                        Path.GetFullPath(options.GoalPath), guard.Sha256, model, seed,
                        options.Generations ?? goal.Budget.Generations, options.Without);
                    return Open(run, runLock, goal, start, resumed: false);
                })));
        }));

    /// <summary>Opens a run to go on; goal and model must be what they were.</summary>
    public static Checked<RunSetup> Resume(string folder) =>
        RunDirectory.Open(folder).Then(run => RunLock.Take(run).Then(runLock => ReadStart(run).Then(start =>
        {
            if (new GoalGuard(start.GoalPath, start.GoalSha256).Check(run) is { } changed)
            {
                runLock.Dispose();
                return Checked.Fail<RunSetup>(changed);
            }

            return ReadGoal(start.GoalPath).Then(goal => HashModel(ModelPath(goal, start.GoalPath)).Then(model =>
                model == start.ModelSha256
                    ? Open(run, runLock, goal, start, resumed: true)
                    : Checked.Fail<RunSetup>(AgentDiagnostics.ModelChanged(ModelPath(goal, start.GoalPath), start.ModelSha256, model))));
        })));

    public void Dispose()
    {
        Archive.Dispose();
        Journal.Dispose();
        _lock.Dispose();
    }

    private static Checked<Goal> ReadGoal(string path) => GoalDocument.Read(path).Then(goal =>
        goal.Objectives.All(o => o.Metric.IsTiming())
            ? Checked.Fail<Goal>(AgentDiagnostics.OnlyTimings(path))
            : Checked.Ok(goal));

    private static Checked<RunSetup> Open(RunDirectory run, RunLock runLock, Goal goal, StartRecord start, bool resumed) =>
        Journal.Open(run.JournalPath).Then(journal => DesignArchive.Open(run.ArchivePath).Then(archive =>
        {
            var before = Journal.Verify(run.JournalPath).OrThrow().Events.Count(e => e.Event == "generation");
            if (journal.Count == 0)
            {
                journal.Append("started", start);
            }
            else if (resumed)
            {
                journal.Append("resumed", new { Utc = DateTime.UtcNow });
            }

            return Checked.Ok(new RunSetup(run, runLock, journal, archive, goal, start, resumed, before));
        }));

    private static Checked<StartRecord> ReadStart(RunDirectory run) => Journal.Verify(run.JournalPath).Then(content =>
        content.Events.FirstOrDefault(e => e.Event == "started") is { } started
        && started.Data.Deserialize<StartRecord>(AgentJson.Options) is { } start
            ? Checked.Ok(start)
            : Checked.Fail<StartRecord>(AgentDiagnostics.NoRun(run.Folder)));

    private static Checked<string> HashModel(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Checked.Ok(Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Checked.Fail<string>(AgentDiagnostics.FileUnreadable(path, "there is no readable model file"));
        }
    }
}
