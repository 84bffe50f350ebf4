using System.Text.Json;
using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Flow;

/// <summary>What is kept of a pair that passed.</summary>
/// <param name="Kind">The workload's kind.</param>
/// <param name="Title">The workload.</param>
/// <param name="Programs">Programs that it is.</param>
/// <param name="Cycles">Cycles at full speed, which cost model, simulator and Verilator agree on.</param>
public sealed record PassedPair(WorkloadKind Kind, string Title, int Programs, long Cycles);

/// <summary>What is kept of an engine whose pairs all passed.</summary>
/// <param name="Engine">Its number.</param>
/// <param name="Name">Its parameters.</param>
/// <param name="Families">Its words.</param>
/// <param name="Replayed">Cycles in which every output was compared: with and without stalls, and random commands.</param>
/// <param name="Seconds">Time that it took, beside those of other engines.</param>
/// <param name="BuildSeconds">Of it, Verilator's build.</param>
/// <param name="Pairs">Its pairs.</param>
public sealed record PassedEngine(
    int Engine, string Name, EquatableArray<string> Families, long Replayed, double Seconds, double BuildSeconds, EquatableArray<PassedPair> Pairs);

/// <summary>
/// The engines of a plan whose pairs passed, one a line, on the disk before the next is begun: a verification that was killed goes
/// on where it was. Engines that failed are not kept and are verified again.
/// </summary>
public sealed class RandomJournal : IDisposable
{
    private const string Begun = "random_pairs";
    private const string Passed = "engine";

    private readonly Journal _journal;
    private readonly FileStream _lock;
    private readonly Dictionary<int, PassedEngine> _passed;

    private RandomJournal(Journal journal, FileStream exclusive, Dictionary<int, PassedEngine> passed) =>
        (_journal, _lock, _passed) = (journal, exclusive, passed);

    /// <summary>Engines that passed, by number.</summary>
    public IReadOnlyDictionary<int, PassedEngine> Engines => _passed;

    /// <summary>
    /// Opens a journal or begins one. HW5130: it is of another plan or version. HW5108: another program writes it. HW5102, HW5103: it
    /// was changed.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">The plan; its number of pairs may grow.</param>
    /// <param name="tools">What decides a result besides the plan, as the version of Verilator.</param>
    public static Checked<RandomJournal> Open(string path, RandomPlan plan, string tools)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream exclusive;
        try
        {
            exclusive = new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Checked.Fail<RandomJournal>(AgentDiagnostics.RunInUse(path));
        }

        var opened = Read(path, plan, tools).Then(known => Journal.Open(path).Then(journal => Checked.Ok(
            new RandomJournal(journal, exclusive, known))));
        if (opened.Value is not { } made)
        {
            exclusive.Dispose();
            return opened;
        }

        if (made._journal.Count == 0)
        {
            made._journal.Append(Begun, Head(plan, tools));
        }

        return opened;
    }

    /// <summary>Keeps an engine whose pairs passed.</summary>
    /// <param name="engine">What is kept.</param>
    public void Add(PassedEngine engine)
    {
        _journal.Append(Passed, engine);
        _passed[engine.Engine] = engine;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _journal.Dispose();
        _lock.Dispose();
    }

    private static Checked<Dictionary<int, PassedEngine>> Read(string path, RandomPlan plan, string tools)
    {
        var known = new Dictionary<int, PassedEngine>();
        if (!File.Exists(path))
        {
            return Checked.Ok(known);
        }

        var content = Journal.Verify(path);
        if (!content.IsOk)
        {
            return Checked.Fail<Dictionary<int, PassedEngine>>(content.Diagnostics);
        }

        foreach (var each in content.Value.Events)
        {
            switch (each.Event)
            {
                case Begun when Data<Beginning>(each) is var begun && begun != Head(plan, tools):
                    return Checked.Fail<Dictionary<int, PassedEngine>>(AgentDiagnostics.OtherVerification(path, Difference(begun, Head(plan, tools))));
                case Passed:
                    var engine = Data<PassedEngine>(each);
                    known[engine.Engine] = engine;
                    break;
            }
        }

        return Checked.Ok(known);
    }

    private static T Data<T>(JournalEvent each) => each.Data.Deserialize<T>(AgentJson.Options)!;

    private static Beginning Head(RandomPlan plan, string tools) => new(
        plan.Seed.Value, plan.WorkloadsPerEngine, plan.Families, [.. plan.Kinds], plan.InjectsFaults, tools);

    private static string Difference(Beginning begun, Beginning now) => begun.Seed != now.Seed ? $"seed ({begun.Seed})"
        : begun.WorkloadsPerEngine != now.WorkloadsPerEngine ? $"number of workloads for each engine ({begun.WorkloadsPerEngine})"
        : begun.Tools != now.Tools ? $"version ({begun.Tools})"
        : "choice of engines or workloads";

    private sealed record Beginning(
        ulong Seed, int WorkloadsPerEngine, EquatableArray<string> Families, EquatableArray<WorkloadKind> Kinds, bool InjectsFaults, string Tools);
}
