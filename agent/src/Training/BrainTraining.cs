using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using HwSeed.Agent.DesignSpaces;
using HwSeed.Agent.Loop;
using HwSeed.Agent.Proposers;
using HwSeed.Agent.Seeds;
using HwSeed.Brain;
using HwSeed.Brain.Gguf;
using HwSeed.Brain.Training;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels;
using HwSeed.Kernels.Managed;

namespace HwSeed.Agent.Training;

/// <summary>How the agent's model is made. The file's bytes follow from all but the paths.</summary>
/// <param name="OutputPath">The model file, written atomically at the end.</param>
/// <param name="Seed">Of the corpus, the initial weights and the order of the data.</param>
/// <param name="Workloads">Random workloads that the corpus is made of.</param>
/// <param name="Steps">Updates of the weights.</param>
/// <param name="BatchSequences">Sequences of an update.</param>
/// <param name="LearningRate">Peak rate.</param>
/// <param name="CheckpointPath">Where the state is kept for resuming; null for nowhere.</param>
public sealed record BrainTrainingOptions(
    string OutputPath,
    ulong Seed = 1,
    int Workloads = 320,
    int Steps = 1300,
    int BatchSequences = 64,
    double LearningRate = 2e-3,
    string? CheckpointPath = null)
{
    /// <summary>Designs looked at for each workload; fewer only in tests.</summary>
    internal int Candidates { get; init; } = BrainCorpus.Candidates;

    /// <summary>Held-out sequences that losses are measured on, at most; they change nothing in the file.</summary>
    internal int MostValidationSequences { get; init; } = 384;

    /// <summary>Goals that proposers are compared on; they change nothing in the file.</summary>
    internal int TrialGoals { get; init; } = 8;

    /// <summary>Designs that each proposer is asked for on each of them.</summary>
    internal int TrialDesigns { get; init; } = 64;

    /// <summary>The command that makes the same file.</summary>
    public string Command { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"./hwseed brain train --seed {Seed} --workloads {Workloads} --steps {Steps} --batch {BatchSequences} --rate {LearningRate}");
}

/// <summary>How far a training is.</summary>
/// <param name="Stage">corpus, training or trial.</param>
/// <param name="Done">Workloads, steps or proposers done.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Loss">Cross entropy of the last batch, nats a token, while training.</param>
/// <param name="ValidationLoss">On held-out workloads, when it was just measured.</param>
/// <param name="TokensPerSecond">While training.</param>
/// <param name="Remaining">Time to the end of the stage at this rate, when it is known.</param>
public sealed record BrainTrainingProgress(
    string Stage,
    int Done,
    int Of,
    double? Loss = null,
    double? ValidationLoss = null,
    double? TokensPerSecond = null,
    TimeSpan? Remaining = null);

/// <summary>What a training brought.</summary>
/// <param name="Command">What makes the same file.</param>
/// <param name="Sequences">Sequences learnt from.</param>
/// <param name="ValidationSequences">Sequences of held-out workloads that losses are measured on.</param>
/// <param name="DesignsPredicted">Designs that the corpus was chosen from.</param>
/// <param name="Parameters">Trained values.</param>
/// <param name="FloatLoss">Held-out cross entropy in nats a token, float32 weights.</param>
/// <param name="Int8Loss">The same for the file as it runs.</param>
/// <param name="Brain">The model's designs on new goals.</param>
/// <param name="Sobol">As many Sobol points on the same goals, their operands set to 8 bits.</param>
/// <param name="TokensSeen">Tokens read in training, repeats included.</param>
/// <param name="TokensPerSecond">Tokens read a second in training.</param>
/// <param name="CorpusSeconds">Time to make the corpus.</param>
/// <param name="TrainingSeconds">Time to train, resumed parts left out.</param>
/// <param name="Bytes">Size of the model file.</param>
/// <param name="Sha256">Of the model file.</param>
public sealed record BrainTrainingReport(
    string Command,
    int Sequences,
    int ValidationSequences,
    long DesignsPredicted,
    long Parameters,
    double FloatLoss,
    double Int8Loss,
    ProposerResult Brain,
    ProposerResult Sobol,
    long TokensSeen,
    double TokensPerSecond,
    double CorpusSeconds,
    double TrainingSeconds,
    long Bytes,
    string Sha256);

/// <summary>Makes the agent's model: a corpus of elites, a transformer trained on it, a file, and how good it is.</summary>
public static class BrainTraining
{

    /// <summary>The shape of the model that ships with the project: about a million values.</summary>
    public static ModelShape Shape { get; } =
        new(128, 5, 4, 2, 384, DesignTokens.LongestSequence, DesignTokens.Vocabulary.Count);

    /// <summary>Trains, writes the file and measures it.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Told of every workload and every step.</param>
    /// <param name="cancel">Stops within a step and leaves a checkpoint if there is a path for one.</param>
    public static BrainTrainingReport Run(
        BrainTrainingOptions options, IProgress<BrainTrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var seed = new Seed(options.Seed);
        var watch = Stopwatch.StartNew();
        var corpus = BrainCorpus.Make(
            options.Workloads, options.Candidates, seed.For("corpus"), n => progress?.Report(new("corpus", n, options.Workloads)), cancel);
        var validation = Thin(corpus.Validation, options.MostValidationSequences);
        var corpusSeconds = watch.Elapsed.TotalSeconds;

        watch.Restart();
        var rate = 0.0;
        var trainer = new Trainer(Shape, new(
            options.Steps, options.BatchSequences, options.LearningRate, Seed: seed.For("trainer").Value));
        var model = trainer.Train(corpus.Training, validation, Report, options.CheckpointPath, cancel);
        var trainingSeconds = watch.Elapsed.TotalSeconds;

        var tokenizer = Tokenizer.From(DesignTokens.Vocabulary).OrThrow();
        var file = Describe(model.Quantise(tokenizer), options);
        var bytes = file.ToBytes();
        file.Write(options.OutputPath);

        using var backend = new ManagedBackend();
        var plan = new KernelPlan(KernelDataflow.OutputStationary, 6, 16, 1024);
        var losses = QuantisationReport.Measure(model, tokenizer, validation, backend, plan);
        var cases = ProposerTrial.Cases(options.TrialGoals, seed);
        using var brain = Transformer.Load(file, backend, plan).OrThrow();
        progress?.Report(new("trial", 0, 2));
        var brainResult = ProposerTrial.Run(new BrainProposer(DesignWriting.Sampler(brain)), cases, options.TrialDesigns, seed);
        progress?.Report(new("trial", 1, 2));
        var sobolResult = ProposerTrial.Run(new SobolProposer(seed), cases, options.TrialDesigns, seed);
        progress?.Report(new("trial", 2, 2));
        // A row of the trainer's batch is a token read, padding left out.
        var tokensSeen = (long)(corpus.Training.Average(s => s.Tokens.Length - 1) * options.BatchSequences * options.Steps);
        return new(
            options.Command, corpus.Training.Count, validation.Length, corpus.Designs, Shape.Parameters, losses.FloatLoss,
            losses.Int8Loss, brainResult, sobolResult, tokensSeen, rate, corpusSeconds, trainingSeconds, bytes.Length,
            Convert.ToHexStringLower(SHA256.HashData(bytes)));

        void Report(TrainingProgress p)
        {
            rate = p.TokensPerSecond;
            progress?.Report(new("training", p.Step, p.Steps, p.Loss, p.ValidationLoss, p.TokensPerSecond, p.Remaining));
        }
    }

    // Losses over every held-out sequence would take as long as the training itself.
    private static TrainingSequence[] Thin(IReadOnlyList<TrainingSequence> sequences, int most)
    {
        var every = Math.Max(1, (sequences.Count + most - 1) / most);
        return [.. sequences.Where((_, i) => i % every == 0)];
    }

    private static GgufFile Describe(GgufFile file, BrainTrainingOptions options) => file with
    {
        Metadata =
        [
            .. file.Metadata,
            new("hwseed.training.command", GgufValue.Of(options.Command)),
            new("hwseed.training.seed", new GgufUnsigned(GgufType.UInt64, options.Seed)),
            new("hwseed.training.recipe", GgufValue.Of(BrainCorpus.Recipe)),
        ],
    };
}
