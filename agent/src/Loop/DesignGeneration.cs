using System.Diagnostics;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Documents;
using HwSeed.Agent.Estimates;
using HwSeed.Agent.Evaluations;
using HwSeed.Agent.Goals;
using HwSeed.Agent.Proposers;
using HwSeed.Agent.Seeds;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Loop;

/// <summary>A design that the model wrote, after the two cheapest rungs.</summary>
/// <param name="Evaluation">Rejection with reasons, or exact cycles and estimates.</param>
/// <param name="ChipTokensPerSecond">At the estimated clock; null for a rejected design.</param>
public sealed record WrittenDesign(Evaluation Evaluation, double? ChipTokensPerSecond);

/// <summary>What the agent's model writes for a goal when nothing is known yet.</summary>
/// <param name="Goal">The goal's name.</param>
/// <param name="Designs">In the order of the trade-offs asked for, smallest designs first.</param>
/// <param name="SampledTokensPerSecond">Speed of writing, on the strong managed kernel.</param>
public sealed record DesignGeneration(string Goal, EquatableArray<WrittenDesign> Designs, double SampledTokensPerSecond)
{
    /// <summary>Samples designs and climbs the rule and mapping rungs with each.</summary>
    /// <param name="goalPath">The goal.</param>
    /// <param name="modelPath">A model; the goal's own when null.</param>
    /// <param name="count">Designs.</param>
    /// <param name="seed">Decides the sampling.</param>
    public static Checked<DesignGeneration> Run(string goalPath, string? modelPath, int count, Seed seed) =>
        GoalDocument.Read(goalPath).Then(goal =>
        {
            using var kernels = HostKernels.Open(useOpenCl: false);
            return AgentInference.Load(modelPath ?? RunSetup.ModelPath(goal, goalPath), kernels.Baseline).Then(agent =>
            {
                using (agent)
                {
                    return Checked.Ok(Write(goal, agent, count, seed));
                }
            });
        });

    private static DesignGeneration Write(Goal goal, AgentInference agent, int count, Seed seed)
    {
        var workload = goal.Workload switch
        {
            ModelWorkload model => agent.Model.MatrixProducts(model.Batch),
            ExplicitWorkload given => given.Workload,
            _ => throw new UnreachableException($"workload {goal.Workload.GetType().Name}"),
        };
        var prompt = DesignPrompt.Of(workload, goal.Device, goal.Constraints, DesignPrompt.TradeLevels - 1);
        var clock = Stopwatch.StartNew();
        var proposals = new BrainProposer(DesignWriting.Sampler(agent.Model))
            .Ask(new History(prompt, goal.Constraints, [], []), count, seed.For("generate"));
        var rate = proposals.Count * (DesignSpace.Fields.Count + 1) / clock.Elapsed.TotalSeconds;

        var rules = new RuleRung(goal, workload, AreaModel.Hx8k);
        var figures = new DesignFigures(goal, workload);
        var designs = proposals.AsParallel().AsOrdered().Select(proposal =>
        {
            var id = DesignIdentity.Of(proposal.Architecture, workload, new Dictionary<string, string>());
            var evaluation = rules.Climb(new(id, 1, proposal));
            return new WrittenDesign(evaluation, evaluation.Mapped is null ? null : figures.ChipTokensPerSecond(evaluation));
        });
        return new(goal.Name, designs.ToEquatableArray(), rate);
    }
}
