using HwSeed.Agent.Archives;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Flow;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Kernels;
using HwSeed.Kernels.Measurements;
using HwSeed.Mapper.Mappings;
using HwSeed.Mapper.Mapspaces;
using HwSeed.Mapper.Searches;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Agent.Loop;

/// <summary>
/// The last rung: the design's loop nest as a kernel of this machine. The kernel is adopted when it is exact on shapes
/// it was not made for, when the model's outputs stay the same, and when interleaved pairs show it faster. This is the
/// only decision that looks at a clock; its raw samples are kept.
/// </summary>
/// <param name="Workload">The model's products.</param>
/// <param name="Run">Where files go.</param>
/// <param name="Seed">Decides operands and draws.</param>
/// <param name="Kernels">Where kernels run.</param>
/// <param name="Agent">The agent's model.</param>
/// <param name="Prompt">What the model is asked while it is timed.</param>
public sealed record KernelRung(
    Workload Workload, RunDirectory Run, Seed Seed, HostKernels Kernels, AgentInference Agent, int[] Prompt)
{
    private const int Rounds = 25;
    private const int UnseenShapes = 6;

    /// <summary>How much faster a kernel has to be: noise alone must not change kernels.</summary>
    private const double LeastRatio = 1.03;

    /// <summary>The mapping of the product with most multiply-accumulates.</summary>
    public Mapping MainMapping(Architecture architecture) =>
        new ExhaustiveSearch().Best(new Mapspace(Workload.Gemms.MaxBy(g => g.Shape.Macs * g.Repeats)!.Shape, architecture))
            .Best!.Mapping;

    /// <summary>Measures and perhaps adopts; a kernel that was measured before in this run is only looked up.</summary>
    public Evaluation Climb(Evaluation evaluation, CancellationToken cancellation)
    {
        var folder = Run.DesignFolder(evaluation.DesignId);
        var mapping = MainMapping(evaluation.Proposal.Architecture);
        var kernel = new PlacedKernel(Kernels.Designs, KernelPlan.From(mapping));
        var kept = new RungResult<KernelOutcome>(Path.Combine(folder, "kernel.json"));
        if (kept.Read() is not { } outcome)
        {
            DesignFiles.WriteKernel(folder, mapping, kernel);
            outcome = Measure(kernel, cancellation);
            kept.Write(outcome);
        }

        if (outcome.Timing is { Adopted: true })
        {
            Agent.Adopt(kernel);
        }

        return outcome.Problem is null
            ? evaluation with { Kernel = outcome.Result, KernelTiming = outcome.Timing }
            : evaluation with { Kernel = outcome.Result, Rejected = new(Rung.Kernel, [outcome.Problem]) };
    }

    private KernelOutcome Measure(PlacedKernel kernel, CancellationToken cancellation)
    {
        var result = new KernelResult(kernel.Backend.Name, kernel.Plan.Describe(), false);
        var tuned = Workload.Gemms.Select(g => g.Shape).Distinct().ToList();
        var unseen = KernelVerification.UnseenShapes(tuned, UnseenShapes, (int)(Seed.For("unseen").Value & int.MaxValue));
        var exact = KernelVerification.Verify(kernel.Backend, kernel.Plan, [.. tuned, .. unseen], 1);
        if (!exact.IsOk)
        {
            return new(result, Problem: exact.Diagnostics[0].ToString());
        }

        if (kernel == Agent.Kernel)
        {
            return new(result with { OutputsIdentical = true });
        }

        var compared = Agent.Compare([kernel, Agent.Kernel], Prompt, Rounds, Seed.For("kernel rounds"), cancellation);
        var adopted = compared.OutputsIdentical && compared.Ratio(0, 1) >= LeastRatio
            && compared.TokensPerSecond[0] > compared.TokensPerSecond[1];
        return new(
            result with { OutputsIdentical = compared.OutputsIdentical },
            new(compared.TokensPerSecond[0], compared.TokensPerSecond[1], adopted, compared.Samples),
            compared.OutputsIdentical ? null : "the model's outputs changed");
    }

    /// <summary>What was found, as it is kept.</summary>
    /// <param name="Result">The same in every run with the seed.</param>
    /// <param name="Timing">Null when nothing was timed.</param>
    /// <param name="Problem">Why the kernel cannot be used.</param>
    public sealed record KernelOutcome(KernelResult Result, KernelTiming? Timing = null, string? Problem = null);
}
