using HwSeed.Brain;
using HwSeed.Brain.Sampling;
using HwSeed.Brain.Training;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels.Managed;

namespace HwSeed.Agent.Tests.Brain;

public sealed class TrainerTests
{
    private static readonly ModelShape Shape = new(32, 2, 4, 2, 64, 24, 14);
    private static readonly TrainingOptions Short = new(12, BatchSequences: 6, CheckpointEvery: 4);

    [Test]
    public void A_toy_language_is_learnt_and_survives_quantisation()
    {
        var model = new Trainer(Shape, new(250, BatchSequences: 16, LearningRate: 4e-3, WarmupSteps: 20))
            .Train(Copies(300, 1), []);
        var unseen = Copies(60, 2);
        var untrained = Trainer.Loss(TrainedModel.Untrained(Shape, 1), unseen);
        var words = TinyBrain.Words(Shape.Vocabulary);
        using var backend = new ManagedBackend();
        var report = QuantisationReport.Measure(model, words, unseen, backend, TinyBrain.Tiled);
        Assert.That(untrained, Is.GreaterThan(2));
        Assert.That(report.FloatLoss, Is.LessThan(0.15));
        Assert.That(report.Int8Loss, Is.EqualTo(report.FloatLoss).Within(0.05));
        Assert.That(report.Foretold, Is.EqualTo(60 * 5));

        using var transformer = Transformer.Load(model.Quantise(words), backend, TinyBrain.Tiled).OrThrow();
        var right = unseen.Count(text => Generation.Sample(
            transformer,
            text.Tokens[..text.LossFrom],
            1,
            Grammar.Free(Shape.Vocabulary),
            new(Temperature: 0, MaxTokens: 5),
            0).Tokens[0].AsSpan().SequenceEqual(text.Tokens.AsSpan(text.LossFrom)));
        Assert.That(right, Is.GreaterThan(50), "texts of 60 that are copied without a fault");
    }

    [Test]
    public void A_stopped_run_resumes_to_the_same_weights()
    {
        var data = Copies(20, 3);
        var whole = new Trainer(Shape, Short).Train(data, []).Parameters.ToArray();
        Assert.That(new Trainer(Shape, Short).Train(data, []).Parameters.ToArray(), Is.EqualTo(whole));

        InFolder(path =>
        {
            var steps = new List<int>();
            using var cancel = new CancellationTokenSource();
            Assert.That(
                () => new Trainer(Shape, Short).Train(data, [], p => StopAt(p, 7), path, cancel.Token),
                Throws.InstanceOf<OperationCanceledException>());
            var resumed = new Trainer(Shape, Short).Train(data, [], p => steps.Add(p.Step), path);
            Assert.That(steps[0], Is.EqualTo(8));
            Assert.That(resumed.Parameters.ToArray(), Is.EqualTo(whole));
            // A finished run is not trained further.
            Assert.That(new Trainer(Shape, Short).Train(data, [], null, path).Parameters.ToArray(), Is.EqualTo(whole));

            void StopAt(TrainingProgress progress, int step)
            {
                if (progress.Step == step)
                {
                    cancel.Cancel();
                }
            }
        });
    }

    [Test]
    public void A_checkpoint_of_another_run_is_refused() => InFolder(path =>
    {
        new Trainer(Shape, Short).Train(Copies(20, 3), [], null, path);
        var other = new Trainer(Shape, Short with { Seed = 2 });
        var refused = Assert.Throws<InvalidInputException>(() => other.Train(Copies(20, 3), [], null, path));
        Assert.That(refused!.Diagnostics[0].Code, Is.EqualTo("HW6050"));
    });

    [Test]
    public void Progress_tells_loss_rate_and_time_left()
    {
        var reports = new List<TrainingProgress>();
        new Trainer(Shape, Short with { ValidateEvery = 6 }).Train(Copies(20, 3), Copies(4, 4), reports.Add);
        Assert.That(reports.Select(r => r.Step), Is.EqualTo(Enumerable.Range(1, 12)));
        Assert.That(reports.Where(r => r.ValidationLoss is not null).Select(r => r.Step), Is.EqualTo((int[])[6, 12]));
        Assert.That(reports[0].Loss, Is.EqualTo(Math.Log(14)).Within(0.7));
        Assert.That(reports.All(r => r.TokensPerSecond > 0));
        Assert.That(reports[^1].Remaining, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void The_rate_rises_and_falls()
    {
        var options = new TrainingOptions(100, LearningRate: 1, FinalRate: 0.1, WarmupSteps: 10);
        Assert.That(options.RateAt(0), Is.EqualTo(0.1).Within(1e-9));
        Assert.That(options.RateAt(9), Is.EqualTo(1).Within(1e-9));
        Assert.That(options.RateAt(55), Is.EqualTo(0.55).Within(1e-9));
        Assert.That(options.RateAt(100), Is.EqualTo(0.1).Within(1e-9));
    }

    [Test]
    public void Texts_that_do_not_fit_are_refused()
    {
        var trainer = new Trainer(Shape, Short);
        Assert.That(() => trainer.Train([new(new int[26], 1)], []), Throws.ArgumentException);
        Assert.That(() => trainer.Train([new([1, 2], 0)], []), Throws.ArgumentException);
        Assert.That(() => trainer.Train([new([1, 14], 1)], []), Throws.ArgumentException);
    }

    /// <summary>Four random tokens, a mark, the same four again, another mark.</summary>
    private static TrainingSequence[] Copies(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int[] word = [.. Enumerable.Range(0, 4).Select(_ => random.Next(12))];
            return new TrainingSequence([.. word, 12, .. word, 13], 5);
        })];
    }

    private static void InFolder(Action<string> test)
    {
        var folder = Directory.CreateTempSubdirectory("hwseed-train");
        try
        {
            test(Path.Combine(folder.FullName, "checkpoint.gguf"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
