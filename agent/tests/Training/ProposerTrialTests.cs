using HwSeed.Agent.Loop;
using HwSeed.Agent.Proposers;
using HwSeed.Agent.Seeds;
using HwSeed.Agent.Training;
using HwSeed.Brain;
using HwSeed.Brain.Gguf;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels;
using HwSeed.Kernels.Managed;

namespace HwSeed.Agent.Tests.Training;

/// <summary>The model earns its place: on goals it never saw, against as many evenly spread designs.</summary>
internal sealed class ProposerTrialTests
{
    private const int Designs = 64;
    private static readonly string Model = Room.Path("brain", "models", "seed.gguf");

    // Not the seed of the training: its workloads are others.
    private static readonly Seed Held = new(20_261_123);

    [Test]
    public void The_model_in_the_repository_proposes_clearly_better_designs_than_Sobol_points()
    {
        using var backend = new ManagedBackend();
        using var model = Transformer.Load(
            GgufFile.Read(Model).OrThrow(), backend, new KernelPlan(KernelDataflow.OutputStationary, 6, 16, 1024)).OrThrow();
        var cases = ProposerTrial.Cases(6, Held);
        var brain = ProposerTrial.Run(new BrainProposer(DesignWriting.Sampler(model)), cases, Designs, Held);
        var sobol = ProposerTrial.Run(new SobolProposer(Held), cases, Designs, Held);
        TestContext.Out.WriteLine(brain);
        TestContext.Out.WriteLine(sobol);
        Assert.That(brain.FeasibleShare, Is.GreaterThan(0.6).And.GreaterThan(3 * sobol.FeasibleShare));
        Assert.That(brain.MeanScore, Is.GreaterThan(3 * sobol.MeanScore));
        Assert.That(brain.BestScore, Is.GreaterThan(sobol.BestScore));
        Assert.That(brain.Hypervolume, Is.GreaterThan(1.1 * sobol.Hypervolume));
    }

    [Test]
    public void On_the_agents_own_goal_its_model_beats_Sobol_under_every_measure()
    {
        using var backend = new ManagedBackend();
        using var model = Transformer.Load(
            GgufFile.Read(Model).OrThrow(), backend, new KernelPlan(KernelDataflow.OutputStationary, 6, 16, 1024)).OrThrow();
        var own = ProposerTrial.Cases(1, Held);
        Assert.That(
            own[0].Workload.Gemms.Select(g => (g.Shape, g.Repeats)),
            Is.EqualTo(model.MatrixProducts(64).Gemms.Select(g => (g.Shape, g.Repeats))));
        var brain = ProposerTrial.Run(new BrainProposer(DesignWriting.Sampler(model)), own, Designs, Held);
        var sobol = ProposerTrial.Run(new SobolProposer(Held), own, Designs, Held);
        TestContext.Out.WriteLine(brain);
        TestContext.Out.WriteLine(sobol);
        Assert.That(brain.FeasibleShare, Is.GreaterThan(2 * sobol.FeasibleShare));
        Assert.That(brain.BestScore, Is.GreaterThan(sobol.BestScore));
        Assert.That(brain.Hypervolume, Is.GreaterThan(sobol.Hypervolume));
    }
}
