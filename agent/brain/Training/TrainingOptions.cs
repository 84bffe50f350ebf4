namespace HwSeed.Brain.Training;

/// <summary>A text to learn from.</summary>
/// <param name="Tokens">At least two and at most the context's length plus one.</param>
/// <param name="LossFrom">The first token that is to be foretold; those before are only read. At least 1.</param>
public sealed record TrainingSequence(int[] Tokens, int LossFrom);

/// <summary>How a model is trained: AdamW with a cosine schedule.</summary>
/// <param name="Steps">Updates of the whole run.</param>
/// <param name="BatchSequences">Sequences of an update.</param>
/// <param name="LearningRate">Peak rate.</param>
/// <param name="FinalRate">Rate at the last step, as a fraction of the peak.</param>
/// <param name="WarmupSteps">Steps over which the rate rises linearly.</param>
/// <param name="Beta1">Decay of the first moment.</param>
/// <param name="Beta2">Decay of the second moment.</param>
/// <param name="WeightDecay">Decoupled decay of matrices, times the rate; norms are left alone.</param>
/// <param name="ClipNorm">Largest norm of the whole gradient.</param>
/// <param name="Seed">Seed of the initial weights and of the order of the data.</param>
/// <param name="CheckpointEvery">Steps between checkpoints.</param>
/// <param name="ValidateEvery">Steps between losses on the validation data.</param>
public sealed record TrainingOptions(
    int Steps,
    int BatchSequences = 32,
    double LearningRate = 2e-3,
    double FinalRate = 0.05,
    int WarmupSteps = 50,
    double Beta1 = 0.9,
    double Beta2 = 0.95,
    double WeightDecay = 0.1,
    double ClipNorm = 1.0,
    ulong Seed = 1,
    int CheckpointEvery = 200,
    int ValidateEvery = 200)
{
    /// <summary>The learning rate of a step, from 0.</summary>
    internal double RateAt(int step)
    {
        if (step < WarmupSteps)
        {
            return LearningRate * (step + 1) / WarmupSteps;
        }

        var progress = (step - WarmupSteps) / (double)Math.Max(1, Steps - WarmupSteps);
        var cosine = 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress)));
        return LearningRate * (FinalRate + ((1 - FinalRate) * cosine));
    }
}

/// <summary>How far a training run is.</summary>
/// <param name="Step">Updates made.</param>
/// <param name="Steps">Updates of the whole run.</param>
/// <param name="Loss">Cross entropy of the last batch, nats a foretold token.</param>
/// <param name="ValidationLoss">The same on the validation data when it was just measured.</param>
/// <param name="TokensPerSecond">Tokens read per second since the run was started or resumed.</param>
/// <param name="Remaining">Time to the end at this rate.</param>
public sealed record TrainingProgress(
    int Step, int Steps, double Loss, double? ValidationLoss, double TokensPerSecond, TimeSpan Remaining);
