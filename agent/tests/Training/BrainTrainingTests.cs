using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Training;
using HwSeed.Brain;
using HwSeed.Brain.Gguf;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Agent.Tests.Training;

internal sealed class BrainTrainingTests
{
    private static readonly string Model = Room.Path("brain", "models", "seed.gguf");

    [Test]
    public void A_short_run_learns_and_makes_the_same_bytes_again()
    {
        using var folder = new TemporaryFolder();
        var losses = new List<double>();
        var progress = new Reports(p => losses.AddRange(p.Loss is { } loss ? [loss] : []));
        var options = new BrainTrainingOptions(folder.File("a.gguf"), Seed: 3, Workloads: 16, Steps: 8, BatchSequences: 8)
        {
            Candidates = 10,
            MostValidationSequences = 12,
            TrialGoals = 1,
            TrialDesigns = 5,
        };
        var report = BrainTraining.Run(options, progress);
        var again = BrainTraining.Run(options with { OutputPath = folder.File("b.gguf") });

        Assert.That(again.Sha256, Is.EqualTo(report.Sha256));
        Assert.That(File.ReadAllBytes(folder.File("a.gguf")), Is.EqualTo(File.ReadAllBytes(folder.File("b.gguf"))));
        // Even choice among all words costs ln(words); a few updates leave that behind.
        Assert.That(losses, Has.Count.EqualTo(8));
        Assert.That(losses[^1], Is.LessThan(losses[0] * 0.8));
        Assert.That(report.FloatLoss, Is.LessThan(Math.Log(DesignTokens.Vocabulary.Count)));
        Assert.That(report.Int8Loss, Is.EqualTo(report.FloatLoss).Within(0.05));
    }

    [Test]
    public void The_file_tells_how_it_was_made()
    {
        var file = GgufFile.Read(Model).OrThrow();
        Assert.That(ModelShape.From(file).OrThrow(), Is.EqualTo(BrainTraining.Shape));
        Assert.That(Tokenizer.From(file).OrThrow().Tokens, Is.EqualTo(DesignTokens.Vocabulary));
        Assert.That(file.Find("hwseed.training.command"), Is.TypeOf<GgufText>()
            .With.Property("Value").StartsWith("./hwseed brain train --seed "));
        Assert.That(file.Find("hwseed.training.seed"), Is.TypeOf<GgufUnsigned>());
        Assert.That(file.Find("hwseed.training.recipe"), Is.EqualTo(GgufValue.Of(BrainCorpus.Recipe)));
        Assert.That(new FileInfo(Model).Length, Is.LessThan(4 << 20));
        Assert.That(BrainTraining.Shape.Parameters, Is.InRange(900_000, 1_200_000));
    }

    private sealed class Reports(Action<BrainTrainingProgress> report) : IProgress<BrainTrainingProgress>
    {
        public void Report(BrainTrainingProgress value) => report(value);
    }
}
