using HwSeed.Brain.Gguf;
using HwSeed.Brain.Sampling;
using HwSeed.Hdl;
using HwSeed.Kernels;

namespace HwSeed.Brain;

/// <summary>A kernel to be timed under the model.</summary>
/// <param name="Name">Label in the rows.</param>
/// <param name="Backend">Where it runs.</param>
/// <param name="Plan">What runs.</param>
public sealed record BrainContender(string Name, IBackend Backend, KernelPlan Plan);

/// <summary>One comparison, in the shape that every bench prints.</summary>
/// <param name="Name">What was timed.</param>
/// <param name="Unit">Unit of both figures; more is better.</param>
/// <param name="Ours">Median of this contender.</param>
/// <param name="Theirs">Median of the first contender.</param>
/// <param name="Against">Name of the first contender.</param>
/// <param name="Ratio">Ours / theirs: above 1 this contender is faster.</param>
/// <param name="Runs">Timed runs of each, interleaved.</param>
public sealed record BrainBenchRow(
    string Name, string Unit, double Ours, double Theirs, string Against, double Ratio, int Runs);

/// <summary>Where the time goes with one contender: microseconds a token, medians.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Products">Matrix products.</param>
/// <param name="Attention">Rotary embedding, caches and attention.</param>
/// <param name="Norms">Embedding, norms, activations, scaling and quantising.</param>
/// <param name="Sampling">Logits and drawing.</param>
public sealed record BrainTimeShares(string Name, double Products, double Attention, double Norms, double Sampling);

/// <summary>What a bench found.</summary>
/// <param name="Rows">One a contender behind the first.</param>
/// <param name="Shares">One a contender.</param>
/// <param name="Identical">Whether all contenders drew the same tokens in every run.</param>
/// <param name="TokensPerSecond">Raw samples: a list a contender, in the order of the runs.</param>
public sealed record BrainBenchReport(
    EquatableArray<BrainBenchRow> Rows,
    EquatableArray<BrainTimeShares> Shares,
    bool Identical,
    EquatableArray<EquatableArray<double>> TokensPerSecond);

/// <summary>Tokens per second of a batch under several kernels, run in turn so that drift hits all alike.</summary>
public static class BrainBench
{
    /// <summary>Times free sampling behind a short prompt; a fresh seed a run, one untimed round first.</summary>
    /// <param name="file">The model.</param>
    /// <param name="contenders">At least one; the first is what the others are compared with.</param>
    /// <param name="batch">Sequences decoded together.</param>
    /// <param name="promptTokens">Length of the prompt.</param>
    /// <param name="tokens">Tokens drawn for every sequence.</param>
    /// <param name="runs">Timed runs of each contender.</param>
    /// <param name="cancel">Stops between steps.</param>
    public static BrainBenchReport Run(
        GgufFile file,
        IReadOnlyList<BrainContender> contenders,
        int batch = 256,
        int promptTokens = 32,
        int tokens = 32,
        int runs = 5,
        CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(contenders.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        var models = new List<Transformer>();
        try
        {
            models.AddRange(contenders.Select(c => Transformer.Load(file, c.Backend, c.Plan).OrThrow()));
            return Run(models, contenders, new(batch, promptTokens, tokens, runs), cancel);
        }
        finally
        {
            models.ForEach(m => m.Dispose());
        }
    }

    private static BrainBenchReport Run(
        List<Transformer> models, IReadOnlyList<BrainContender> contenders, Load load, CancellationToken cancel)
    {
        var shape = models[0].Shape;
        int[] prompt = [.. Enumerable.Range(0, load.PromptTokens).Select(i => i % shape.Vocabulary)];
        var grammar = Grammar.Free(shape.Vocabulary);
        var options = new SamplingOptions(MaxTokens: load.Tokens, Batch: load.Batch);
        List<GenerationStats>[] stats = [.. models.Select(_ => new List<GenerationStats>())];
        var identical = true;
        for (var run = 0; run <= load.Runs; run++)
        {
            int[][]? first = null;
            foreach (var (i, model) in models.Index())
            {
                var samples = Generation.Sample(model, prompt, load.Batch, grammar, options, (ulong)run, cancel);
                first ??= samples.Tokens;
                identical &= first.Zip(samples.Tokens).All(p => p.First.AsSpan().SequenceEqual(p.Second));
                if (run > 0)
                {
                    stats[i].Add(samples.Stats);
                }
            }
        }

        double[] medians = [.. stats.Select(s => Median(s, r => r.TokensPerSecond))];
        return new(
            contenders.Index().Skip(1).Select(c => new BrainBenchRow(
                $"brain decode, batch {load.Batch}: {c.Item.Name}", "tokens/s", medians[c.Index], medians[0],
                contenders[0].Name, medians[c.Index] / medians[0], load.Runs)).ToEquatableArray(),
            contenders.Index().Select(c => Shares(c.Item.Name, stats[c.Index])).ToEquatableArray(),
            identical,
            stats.Select(s => s.Select(r => r.TokensPerSecond).ToEquatableArray()).ToEquatableArray());
    }

    private static BrainTimeShares Shares(string name, List<GenerationStats> stats)
    {
        double PerToken(Func<GenerationStats, double> seconds) => Median(stats, s => 1e6 * seconds(s) / s.Tokens);
        return new(
            name,
            PerToken(s => s.ProductSeconds),
            PerToken(s => s.AttentionSeconds),
            PerToken(s => s.NormSeconds),
            PerToken(s => s.SamplingSeconds));
    }

    private static double Median(List<GenerationStats> stats, Func<GenerationStats, double> of)
    {
        double[] values = [.. stats.Select(of).Order()];
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private sealed record Load(int Batch, int PromptTokens, int Tokens, int Runs);
}
