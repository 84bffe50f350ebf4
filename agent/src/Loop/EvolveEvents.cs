using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Proposers;
using HwSeed.Hdl;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Loop;

/// <summary>What a run is asked to do.</summary>
/// <param name="GoalPath">The goal file; not used when a run is resumed.</param>
/// <param name="RunsFolder">Where new runs are made.</param>
public sealed record EvolveOptions(string GoalPath, string RunsFolder)
{
    /// <summary>Folder of a run to go on with.</summary>
    public string? ResumeFolder { get; init; }

    /// <summary>Overrides the goal's number of generations.</summary>
    public int? Generations { get; init; }

    /// <summary>Overrides the goal's seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Name of the new run's folder; made from goal, seed and time when null.</summary>
    public string? RunId { get; init; }

    /// <summary>Leaves rungs out though their tools are there, as on a machine without them.</summary>
    public EquatableArray<Rung> Without { get; init; } = [];
}

/// <summary>A rung that this machine cannot climb.</summary>
/// <param name="Rung">Which.</param>
/// <param name="Reason">What is missing.</param>
/// <param name="HowToGet">What to install.</param>
public sealed record SkippedRung(Rung Rung, string Reason, string HowToGet);

/// <summary>Something that happened in a run, for whoever shows it.</summary>
public abstract record EvolveEvent;

/// <summary>The run begins or goes on.</summary>
public sealed record RunStarted(
    RunDirectory Run, Goal Goal, Workload Workload, bool Resumed, EquatableArray<SkippedRung> Skipped) : EvolveEvent;

/// <summary>The agent's own model runs on its start kernel.</summary>
public sealed record StartKernelMeasured(string Backend, string Plan, double TokensPerSecond) : EvolveEvent;

/// <summary>Progress within a generation.</summary>
/// <param name="Generation">From 1.</param>
/// <param name="Rung">Which rung.</param>
/// <param name="Done">Designs that have passed or failed it.</param>
/// <param name="Total">Designs that will try it.</param>
public sealed record RungProgress(int Generation, Rung Rung, int Done, int Total) : EvolveEvent;

/// <summary>A generation is done.</summary>
public sealed record GenerationFinished(GenerationReport Report) : EvolveEvent;

/// <summary>The run is done.</summary>
public sealed record RunFinished(RunSummary Summary) : EvolveEvent;

/// <summary>How many designs fell out for one reason.</summary>
public sealed record ReasonCount(string Reason, int Designs);

/// <summary>A design of the front with what is known of it.</summary>
/// <param name="DesignId">Content hash.</param>
/// <param name="Name">Its parameters as a name.</param>
/// <param name="Proposer">Who proposed it.</param>
/// <param name="ChipTokensPerSecond">Cycles a token at the clock below.</param>
/// <param name="CyclesPerToken">Exact.</param>
/// <param name="LogicCells">Routed, or estimated.</param>
/// <param name="FmaxMhz">Routed, or estimated.</param>
/// <param name="Brams">Block RAMs.</param>
/// <param name="Routed">Whether area and clock are from place and route.</param>
/// <param name="VerificationLevel">As <c>sampled(n=2, seed=1)</c>.</param>
/// <param name="HostTokensPerSecond">The agent's model on this design's kernel, when measured.</param>
/// <param name="Files">Folder with its files, relative to the run; null when it has none.</param>
public sealed record FrontDesign(
    string DesignId, string Name, string Proposer, double ChipTokensPerSecond, double CyclesPerToken, double LogicCells,
    double FmaxMhz, int Brams, bool Routed, string VerificationLevel, double? HostTokensPerSecond = null,
    string? Files = null);

/// <summary>One generation in numbers.</summary>
public sealed record GenerationReport(
    int Generation, int Proposed, EquatableArray<ProposerCount> ByProposer, int RejectedByRule,
    EquatableArray<ReasonCount> Reasons, int Mapped, int Simulated, int Verified, int Synthesised, int KernelsMeasured,
    int Adopted, double Hypervolume, EquatableArray<FrontDesign> Front, double TokensPerSecondBefore,
    double TokensPerSecondAfter, double Seconds);

/// <summary>The result of a run; the same as summary.json.</summary>
/// <param name="Run">Its folder's name.</param>
/// <param name="Goal">The goal's name.</param>
/// <param name="GoalSha256">Hash of the goal file.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Generations">Generations done.</param>
/// <param name="DesignsProposed">Different designs proposed.</param>
/// <param name="DesignsRejected">Of these, rejected by rule or infeasible.</param>
/// <param name="DesignsSimulated">Run on the compiled simulator, exact.</param>
/// <param name="DesignsVerified">Agreed with Verilator on every port in every cycle.</param>
/// <param name="Bitstreams">Routed and packed.</param>
/// <param name="Pareto">The front.</param>
/// <param name="Hypervolume">Of the front of measured designs.</param>
/// <param name="StartKernel">Backend and plan at the start.</param>
/// <param name="StartKernelTokensPerSecond">The model's rate with it, median.</param>
/// <param name="AdoptedKernel">Backend and plan now.</param>
/// <param name="AdoptedKernelTokensPerSecond">The model's rate with it, median, measured beside the start kernel.</param>
/// <param name="Speedup">Adopted over start, from interleaved pairs.</param>
/// <param name="BaselineKernel">The strong fixed baseline.</param>
/// <param name="BaselineTokensPerSecond">The model's rate with the baseline.</param>
/// <param name="RatioToBaseline">Adopted over baseline: above 1 the adopted kernel is faster.</param>
/// <param name="OutputsIdentical">Whether the model's outputs were the same under all three kernels.</param>
/// <param name="SkippedRungs">What this machine could not do.</param>
/// <param name="ArchiveDigest">SHA-256 of the archive without times: equal for a run and its resumed twin.</param>
/// <param name="WallSeconds">Wall-clock time of this process.</param>
/// <param name="AdoptedDesign">The design that it came from, if any.</param>
public sealed record RunSummary(
    string Run, string Goal, string GoalSha256, ulong Seed, int Generations, int DesignsProposed, int DesignsRejected,
    int DesignsSimulated, int DesignsVerified, int Bitstreams, EquatableArray<FrontDesign> Pareto, double Hypervolume,
    string StartKernel, double StartKernelTokensPerSecond, string AdoptedKernel,
    double AdoptedKernelTokensPerSecond, double Speedup, string BaselineKernel, double BaselineTokensPerSecond,
    double RatioToBaseline, bool OutputsIdentical, EquatableArray<SkippedRung> SkippedRungs, string ArchiveDigest,
    double WallSeconds, string? AdoptedDesign = null);
