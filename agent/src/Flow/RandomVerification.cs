using HwSeed.Agent.Seeds;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Flow;

/// <summary>Which random pairs are verified.</summary>
/// <param name="Seed">Decides engines, workloads, mappings, operands, stalls and faults.</param>
/// <param name="Pairs">How many.</param>
public sealed record RandomPlan(Seed Seed, int Pairs)
{
    /// <summary>Workloads that one engine, and one build of it, is given.</summary>
    public int WorkloadsPerEngine { get; init; } = 1;

    /// <summary>Words of <see cref="EngineFamilies"/> that must all hold for an engine.</summary>
    public EquatableArray<string> Families { get; init; } = [];

    /// <summary>Kinds to draw from; each as likely.</summary>
    public EquatableArray<WorkloadKind> Kinds { get; init; } = [.. Enum.GetValues<WorkloadKind>()];

    /// <summary>Whether each engine's Verilog is broken in one place.</summary>
    public bool InjectsFaults { get; init; }

    /// <summary>Engines that the pairs need.</summary>
    public int Engines => (Pairs + WorkloadsPerEngine - 1) / WorkloadsPerEngine;

    /// <summary>Workloads of an engine: the last one may have fewer.</summary>
    public int WorkloadsOf(int engine) => Math.Min(WorkloadsPerEngine, Pairs - (engine * WorkloadsPerEngine));
}

/// <summary>A random pair and what became of it.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Kind">The workload's kind.</param>
/// <param name="Title">The workload.</param>
/// <param name="Cases">Its programs under cost model, simulator and Verilator.</param>
/// <param name="Verification">The engine's verification, with those of the other pairs that share it.</param>
/// <param name="WorkFolder">Where Verilog, bench and results lie; null when all pairs of the engine passed and they were removed.</param>
public sealed record VerifiedPair(
    int Index, WorkloadKind Kind, string Title, EquatableArray<CaseVerification> Cases, EngineVerification Verification, string? WorkFolder)
{
    /// <summary>Whether its programs agreed to the cycle and the bit, and the engine under random commands.</summary>
    public bool Passed => Cases.All(c => c.Passed) && Verification.Stress is null or { Agreed: true };

    /// <summary>The first thing that disagreed, in a few words.</summary>
    public string Verdict => Cases.FirstOrDefault(c => !c.Passed) is { } failed ? $"on {failed.Title}, {failed.Verdict}"
        : Passed ? "exact"
        : $"under random commands, {Verification.Stress!.Reason}";

    /// <summary>Cycles that were compared, of its programs at full speed.</summary>
    public long Cycles => Cases.Sum(c => c.SimulatedCycles);
}

/// <summary>Random (engine, workload) pairs, each compared on every port in every cycle, with and without stalls.</summary>
public static class RandomVerification
{
    /// <summary>Draws until an engine of the families has come up; beyond, there is none.</summary>
    private const int MostDraws = 20_000;

    /// <summary>Verifies the pairs of a plan, some engines at a time; those of an engine come together, engines in order.</summary>
    /// <param name="plan">Which pairs.</param>
    /// <param name="done">Engines to leave out, since they are known.</param>
    /// <param name="workFolder">A folder of this verification's own; folders of passed engines are removed.</param>
    /// <param name="atATime">Engines side by side.</param>
    /// <param name="cancellation">Stops the tools.</param>
    /// <exception cref="InvalidInputException">A tool is missing or refused what we wrote; HW5131: no engine is of all families.</exception>
    public static IAsyncEnumerable<IReadOnlyList<VerifiedPair>> RunAsync(
        RandomPlan plan, IReadOnlySet<int> done, string workFolder, int atATime = 2, CancellationToken cancellation = default)
    {
        int[] engines = [.. Enumerable.Range(0, plan.Engines).Where(e => !done.Contains(e))];
        return OrderedWork.RunAsync(
            engines.Length, atATime, (at, stop) => VerifyAsync(plan, engines[at], workFolder, stop), cancellation);
    }

    private static async Task<IReadOnlyList<VerifiedPair>> VerifyAsync(
        RandomPlan plan, int index, string workFolder, CancellationToken cancellation)
    {
        int Small(string name) => (int)(plan.Seed.For(name, index).Value & int.MaxValue);
        var engine = Engine(plan, index);
        var workloads = new List<RandomWorkload>();
        for (var i = 0; i < plan.WorkloadsOf(index); i++)
        {
            var seed = plan.Seed.For("workload", index, i);
            workloads.Add(RandomWorkload.Draw(engine, plan.Kinds[seed.For("kind").Random().NextBelow(plan.Kinds.Count)], seed));
        }

        var folder = Path.Combine(workFolder, $"engine-{index}");
        var verification = (await EngineVerification.RunAsync(
            engine, [.. workloads.SelectMany(w => w.Cases)], folder, plan.InjectsFaults ? Small("fault") : null, Small("stalls"), cancellation)
            .ConfigureAwait(false)).OrThrow();
        if (verification.Passed)
        {
            Directory.Delete(folder, recursive: true);
        }

        var pairs = new List<VerifiedPair>();
        var at = 0;
        foreach (var workload in workloads)
        {
            pairs.Add(new(
                (index * plan.WorkloadsPerEngine) + pairs.Count, workload.Kind, workload.Title,
                [.. verification.Cases.Skip(at).Take(workload.Cases.Count)], verification, verification.Passed ? null : folder));
            at += workload.Cases.Count;
        }

        return pairs;
    }

    private static Architecture Engine(RandomPlan plan, int index)
    {
        for (var draw = 0; draw < MostDraws; draw++)
        {
            var engine = RandomEngines.Mapping(draw == 0 ? plan.Seed : plan.Seed.For("family", draw), index).Architecture;
            if (plan.Families.All(EngineFamilies.Of(engine).Contains))
            {
                return engine;
            }
        }

        throw InvalidInputException.Of(AgentDiagnostics.NoSuchFamily(plan.Families));
    }
}
