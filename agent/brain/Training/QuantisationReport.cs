using HwSeed.Kernels;

namespace HwSeed.Brain.Training;

/// <summary>What int8 costs: mean cross entropy in nats a foretold token, with float32 and with int8 weights.</summary>
/// <param name="FloatLoss">Of the float32 parameters.</param>
/// <param name="Int8Loss">Of the model file as it runs.</param>
/// <param name="Foretold">Tokens that were foretold.</param>
public sealed record QuantisationReport(double FloatLoss, double Int8Loss, int Foretold)
{
    /// <summary>Measures both on the same texts.</summary>
    public static QuantisationReport Measure(
        TrainedModel model,
        Tokenizer tokenizer,
        IReadOnlyList<TrainingSequence> data,
        IBackend backend,
        KernelPlan plan)
    {
        using var transformer = Transformer.Load(model.Quantise(tokenizer), backend, plan).OrThrow();
        var (sum, count) = (0.0, 0);
        foreach (var (tokens, from) in data)
        {
            var logits = transformer.Logits(tokens.AsSpan(0, tokens.Length - 1));
            for (var i = from; i < tokens.Length; i++, count++)
            {
                var row = logits[i - 1];
                var peak = row.Max();
                sum += peak + Math.Log(row.Sum(v => Math.Exp(v - peak))) - row[tokens[i]];
            }
        }

        return new(Trainer.Loss(model, data), count == 0 ? 0 : sum / count, count);
    }
}
