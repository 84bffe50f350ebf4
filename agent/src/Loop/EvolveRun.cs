using System.Diagnostics;
using HwSeed.Agent.Archives;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Estimates;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Proposers;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Loop;

/// <summary>
/// The generations of one run. All that is decided follows from goal, seed, model and tools; a resumed run walks the
/// same way again and finds the expensive results in the designs' folders.
/// </summary>
internal sealed class EvolveRun
{
    private const double LeastShare = 0.15;
    private readonly RunSetup _setup;
    private readonly HostKernels _kernels;
    private readonly AgentInference _agent;
    private readonly IReadOnlyDictionary<string, string> _toolVersions;
    private readonly IReadOnlySet<Rung> _skipped;
    private readonly IProgress<EvolveEvent> _progress;
    private readonly Seed _seed;
    private readonly DesignFigures _figures;
    private readonly DesignPrompt _prompt;
    private readonly Portfolio _portfolio;
    private readonly RuleRung _rules;
    private readonly ProofRungs _proofs;
    private readonly KernelRung _kernelRung;
    private readonly Dictionary<string, Evaluation> _known = [];
    private readonly List<string> _order = [];

    public EvolveRun(
        RunSetup setup, Workload workload, HostKernels kernels, AgentInference agent,
        IReadOnlyDictionary<string, string> toolVersions, IReadOnlySet<Rung> skipped, IProgress<EvolveEvent> progress)
    {
        (_setup, _kernels, _agent, _toolVersions, _skipped, _progress) = (setup, kernels, agent, toolVersions, skipped, progress);
        var goal = setup.Goal;
        _seed = new(setup.Start.Seed);
        _figures = new(goal, workload);
        _prompt = DesignPrompt.Of(workload, goal.Device, goal.Constraints, DesignPrompt.TradeLevels - 1);
        _portfolio = new(
            [new BrainProposer(DesignWriting.Sampler(agent.Model)), new EvolutionProposer(), new SobolProposer(_seed.For("sobol"))],
            new Bandit(LeastShare));
        _rules = new(goal, workload, AreaModel.Hx8k);
        _proofs = new(goal, workload, setup.Run, _seed);
        _kernelRung = new(workload, setup.Run, _seed, kernels, agent, _prompt.Encode());
    }

    /// <summary>Everything evaluated, in the order of proposal.</summary>
    public IEnumerable<Evaluation> Evaluations => _order.Select(id => _known[id]);

    /// <summary>The design whose kernel the agent runs on; null for the start kernel.</summary>
    public string? AdoptedDesign { get; private set; }

    /// <summary>The prompt without earlier designs.</summary>
    public int[] Prompt => _prompt.Encode();

    private Budget Budget => _setup.Goal.Budget;

    /// <summary>One generation: ask, climb, keep, tell.</summary>
    public async Task<GenerationReport> GenerationAsync(int generation, double tokensPerSecond, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var predicted = Front(Evaluations.Where(IsCandidate));
        var history = new History(_prompt, _setup.Goal.Constraints, [.. Evaluations], predicted.Front.Select(p => p.Id));
        var round = _portfolio.Ask(history, Budget.Proposals, _seed.For("generation", generation));
        var fresh = Propose(generation, round);
        Climb(generation, Rung.Mapped, fresh, _rules.Climb, cancellation);

        var simulated = Select(e => e.Simulated is null, Budget.Simulate);
        Climb(generation, Rung.Simulated, simulated, _proofs.Simulate, cancellation);
        var chosen = Select(e => e is { Simulated: not null, Synthesised: null }, Budget.Verify, simulated);
        var verified = await ProveAsync(generation, chosen, cancellation).ConfigureAwait(false);
        var adoptedBefore = AdoptedDesign;
        var (rateBefore, rateAfter) = MeasureKernels(generation, verified, tokensPerSecond, cancellation);

        Keep();
        var arms = _portfolio.Tell(predicted, round.Counts, [.. fresh.Select(id => _known[id]).Where(IsCandidate)
            .Select(e => (e.Proposal.Proposer, e.DesignId, (IReadOnlyList<double>)_figures.Vector(e)))]);
        var report = Report(
            generation, round, fresh, simulated, verified, AdoptedDesign != adoptedBefore, rateBefore, rateAfter,
            clock.Elapsed.TotalSeconds);
        Journal(generation, report, arms);
        return report;
    }

    /// <summary>The front: routed designs, or where nothing can be routed, the best that was proved.</summary>
    public EquatableArray<FrontDesign> MeasuredFront()
    {
        var front = Front(Measured());
        return front.Front.Select(p => Describe(_known[p.Id])).OrderByDescending(d => d.ChipTokensPerSecond).ToEquatableArray();
    }

    /// <summary>Hypervolume of the measured front.</summary>
    public double Hypervolume => Front(Measured()).Volume;

    private static bool IsCandidate(Evaluation e) => e.Mapped is not null && e.Rejected is null;

    private IEnumerable<Evaluation> Measured() => Evaluations.Where(IsCandidate).Where(e =>
        (e.Synthesised is not null || _skipped.Contains(Rung.Synthesised))
        && (e.Level >= VerificationLevel.Sampled || _skipped.Contains(Rung.Verified))
        && e.Simulated is not null);

    private ParetoArchive Front(IEnumerable<Evaluation> evaluations)
    {
        var front = _figures.NewFront();
        foreach (var evaluation in evaluations)
        {
            front.Add(evaluation.DesignId, _figures.Vector(evaluation));
        }

        return front;
    }

    private List<string> Propose(int generation, ProposalRound round)
    {
        var fresh = new List<string>();
        foreach (var proposal in round.Proposals)
        {
            var id = DesignIdentity.Of(proposal.Architecture, _figures.Workload, _toolVersions);
            if (_known.TryAdd(id, new(id, generation, proposal)))
            {
                _order.Add(id);
                fresh.Add(id);
            }
        }

        return fresh;
    }

    /// <summary>Rungs that only compute: designs side by side, results in order.</summary>
    private void Climb(
        int generation, Rung rung, IReadOnlyList<string> designs, Func<Evaluation, Evaluation> climb, CancellationToken cancellation)
    {
        var (results, done) = (new Evaluation[designs.Count], 0);
        _progress.Report(new RungProgress(generation, rung, 0, designs.Count));
        Parallel.For(0, designs.Count, new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            results[i] = climb(_known[designs[i]]);
            _progress.Report(new RungProgress(generation, rung, Interlocked.Increment(ref done), designs.Count));
        });
        foreach (var result in results)
        {
            Update(result);
        }
    }

    private IReadOnlyList<string> Select(Func<Evaluation, bool> wants, int count, IReadOnlyList<string>? first = null)
    {
        var front = Front(Measured());
        var candidates = Evaluations.Where(IsCandidate).Where(wants)
            .Select(e => (e.DesignId, _figures.Vector(e))).ToList();
        var chosen = Selection.ByGain(front, candidates, count);

        // Where nothing promises a gain, go on with what was simulated: a run without proofs proves nothing.
        return chosen.Count > 0 || first is null ? chosen
            : [.. first.Where(id => candidates.Any(c => c.DesignId == id)).Take(count)];
    }

    /// <summary>Verilator and place and route, two designs at a time; the first of the verified are synthesised.</summary>
    private async Task<List<string>> ProveAsync(int generation, IReadOnlyList<string> chosen, CancellationToken cancellation)
    {
        await ClimbAsync(generation, Rung.Verified, chosen, _proofs.VerifyAsync, cancellation).ConfigureAwait(false);
        var passed = chosen.Where(id => IsCandidate(_known[id]) && (_known[id].Verified is not null || _skipped.Contains(Rung.Verified)))
            .Take(Budget.Synthesise).ToList();
        await ClimbAsync(generation, Rung.Synthesised, passed, _proofs.SynthesiseAsync, cancellation).ConfigureAwait(false);
        return [.. passed.Where(id => IsCandidate(_known[id]))];
    }

    private async Task ClimbAsync(
        int generation, Rung rung, IReadOnlyList<string> designs,
        Func<Evaluation, CancellationToken, Task<Evaluation>> climb, CancellationToken cancellation)
    {
        if (_skipped.Contains(rung))
        {
            return;
        }

        var (results, done) = (new Evaluation[designs.Count], 0);
        _progress.Report(new RungProgress(generation, rung, 0, designs.Count));
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForAsync(0, designs.Count, options, async (i, token) =>
        {
            results[i] = await climb(_known[designs[i]], token).ConfigureAwait(false);
            _progress.Report(new RungProgress(generation, rung, Interlocked.Increment(ref done), designs.Count));
        }).ConfigureAwait(false);
        foreach (var result in results)
        {
            Update(result);
        }
    }

    /// <summary>One kernel at a time on a machine that does nothing else meanwhile.</summary>
    private (double Before, double After) MeasureKernels(
        int generation, List<string> designs, double rate, CancellationToken cancellation)
    {
        var (before, after) = (rate, rate);
        for (var i = 0; i < designs.Count; i++)
        {
            _progress.Report(new RungProgress(generation, Rung.Kernel, i, designs.Count));
            var measured = _kernelRung.Climb(_known[designs[i]], cancellation);
            Update(measured);
            if (measured.KernelTiming is { Adopted: true } timing)
            {
                // Both rates of the pair: rates of different moments must not be compared.
                AdoptedDesign = measured.DesignId;
                (before, after) = (timing.AgainstTokensPerSecond, timing.TokensPerSecond);
            }
        }

        _progress.Report(new RungProgress(generation, Rung.Kernel, designs.Count, designs.Count));
        return (before, after);
    }

    private void Update(Evaluation evaluation) =>
        _known[evaluation.DesignId] = evaluation with { Objectives = Objectives(evaluation) };

    private EquatableArray<MetricValue> Objectives(Evaluation e) => e.KernelTiming is { } timing
        ? [.. _figures.Values(e), new(Metric.HostTokensPerSecond, timing.TokensPerSecond, false)]
        : _figures.Values(e);

    private void Keep()
    {
        _setup.Archive.Store(Evaluations);
        foreach (var evaluation in Evaluations)
        {
            foreach (var artefact in RunArtefacts.Of(_setup.Run, evaluation))
            {
                _setup.Archive.StoreArtefact(evaluation.DesignId, artefact);
            }
        }
    }

    private void Journal(int generation, GenerationReport report, IReadOnlyList<ArmResult> arms)
    {
        if (!_setup.HasGeneration(generation))
        {
            _setup.Journal.Append("generation", new { Report = report, Arms = arms.ToEquatableArray(), ArchiveDigest = _setup.Archive.Digest() });
        }
    }

    private GenerationReport Report(
        int generation, ProposalRound round, List<string> fresh, IReadOnlyList<string> simulated, List<string> proved,
        bool adopted, double before, double after, double seconds)
    {
        var rejected = fresh.Select(id => _known[id]).Where(e => e.Rejected is { At: Rung.Rules or Rung.Mapped }).ToList();
        var reasons = rejected.Select(e => e.Rejected!.Reasons[0]).GroupBy(RejectionWords.Kind)
            .Select(g => new ReasonCount(RejectionWords.Common(g), g.Count())).OrderByDescending(r => r.Designs).ThenBy(r => r.Reason, StringComparer.Ordinal);
        var here = proved.Select(id => _known[id]).ToList();
        return new(
            generation, fresh.Count, round.Counts, rejected.Count, reasons.ToEquatableArray(), fresh.Count - rejected.Count,
            simulated.Count(id => _known[id].Simulated?.OutputsMatch == true),
            simulated.Concat(proved).Distinct().Count(id => _known[id].Level >= VerificationLevel.Sampled),
            here.Count(e => e.Synthesised is not null), here.Count(e => e.Kernel is not null), adopted ? 1 : 0,
            Hypervolume, MeasuredFront(), before, after, seconds);
    }

    private FrontDesign Describe(Evaluation e) => new(
        e.DesignId, e.Proposal.Architecture.Name, e.Proposal.Proposer, _figures.ChipTokensPerSecond(e),
        _figures.CyclesPerToken(e), DesignFigures.LogicCells(e), DesignFigures.FmaxMhz(e), DesignFigures.Brams(e),
        e.Synthesised is not null, e.Verified?.Label ?? "unverified", e.KernelTiming?.TokensPerSecond,
        Directory.Exists(_setup.Run.DesignFolder(e.DesignId))
            ? Path.GetRelativePath(_setup.Run.Folder, _setup.Run.DesignFolder(e.DesignId)) : null);
}
