using CsCheck;
using HwSeed.Brain;
using HwSeed.Brain.Sampling;
using HwSeed.Kernels.Managed;

namespace HwSeed.Agent.Tests.Brain;

public sealed class SamplingTests
{
    private const int Opening = 1;
    private const int Closing = 2;

    /// <summary>Opening, then at most eight tokens above 10 in rising order, then closing.</summary>
    private static readonly Grammar Rising = new(
        0,
        state => Mask(state),
        (state, token) => token == Closing ? Grammar.End : token == Opening ? 10 : token);

    private static readonly int[] Prompt = [5, 3, 8, 8, 2];

    [Test]
    public void Samples_keep_to_the_grammar()
    {
        using var model = TinyBrain.Load(TinyBrain.Shape);
        var samples = Generation.Sample(model, Prompt, 60, Rising, new(MaxTokens: 16), 7);
        foreach (var sample in samples.Tokens)
        {
            Assert.That(sample[0], Is.EqualTo(Opening));
            Assert.That(sample[^1], Is.EqualTo(Closing));
            Assert.That(sample[1..^1], Is.Ordered.And.All.GreaterThan(10));
        }

        Assert.That(samples.Complete, Is.All.True);
        Assert.That(samples.Stats.Tokens, Is.EqualTo(samples.Tokens.Sum(t => t.Length)));
        Assert.That(samples.Tokens.Select(t => string.Join(' ', t)).Distinct().Count(), Is.GreaterThan(20));
    }

    [Test]
    public void A_sample_does_not_depend_on_batch_or_count()
    {
        using var model = TinyBrain.Load(TinyBrain.Shape);
        var all = Generation.Sample(model, Prompt, 40, Rising, new(MaxTokens: 16, Batch: 64), 7).Tokens;
        foreach (var batch in (int[])[1, 3, 16])
        {
            var waves = Generation.Sample(model, Prompt, 17, Rising, new(MaxTokens: 16, Batch: batch), 7).Tokens;
            Assert.That(waves, Is.EqualTo(all[..17]), $"batch {batch}");
        }

        Assert.That(Generation.Sample(model, Prompt, 40, Rising, new(MaxTokens: 16), 8).Tokens, Is.Not.EqualTo(all));
    }

    [Test]
    public void Another_kernel_draws_the_same_tokens()
    {
        using var model = TinyBrain.Load(new ModelShape(128, 2, 4, 2, 384, 64, 150));
        var free = Grammar.Free(150);
        var before = Generation.Sample(model, Prompt, 30, free, new(MaxTokens: 20), 3).Tokens;
        using var backend = new ManagedBackend();
        model.UseKernel(backend, TinyBrain.Tiled);
        Assert.That(Generation.Sample(model, Prompt, 30, free, new(MaxTokens: 20), 3).Tokens, Is.EqualTo(before));
    }

    [Test]
    public void Greedy_decoding_equals_the_whole_sequence_run_at_once()
    {
        var shape = TinyBrain.Shape;
        using var model = TinyBrain.Load(shape);
        var sample = Generation.Sample(
            model, Prompt, 1, Grammar.Free(shape.Vocabulary), new(Temperature: 0, MaxTokens: 30), 0).Tokens[0];
        var logits = model.Logits([.. Prompt, .. sample]);
        for (var i = 0; i < sample.Length; i++)
        {
            var row = logits[Prompt.Length - 1 + i];
            // The cache is summed in two parts, so a near tie may fall the other way.
            Assert.That(row.Max() - row[sample[i]], Is.LessThan(0.02), $"token {i}");
        }
    }

    [Test]
    public void Draws_follow_the_weights()
    {
        float[] logits = [MathF.Log(1), MathF.Log(2), MathF.Log(4), 50];
        bool[] allowed = [true, true, true, false];
        var counts = Counts(logits, allowed, new());
        Assert.That(counts[3], Is.Zero);
        Assert.That(counts[0] / 7000.0, Is.EqualTo(1 / 7.0).Within(0.02));
        Assert.That(counts[2] / 7000.0, Is.EqualTo(4 / 7.0).Within(0.02));
        var hot = Counts(logits, allowed, new(Temperature: 0.5f));
        Assert.That(hot[0] / 7000.0, Is.EqualTo(1 / 21.0).Within(0.02));
    }

    [Test]
    public void Top_k_and_top_p_cut_the_tail()
    {
        float[] logits = [MathF.Log(1), MathF.Log(2), MathF.Log(4), 50];
        bool[] allowed = [true, true, true, false];
        var two = Counts(logits, allowed, new(TopK: 2));
        Assert.That(two[0] + two[3], Is.Zero);
        Assert.That(two[1] / 7000.0, Is.EqualTo(1 / 3.0).Within(0.02));
        Assert.That(Counts(logits, allowed, new(TopP: 0.5f))[2], Is.EqualTo(7000));
        Assert.That(Counts(logits, allowed, new(TopP: 0.6f))[0], Is.Zero);
        Assert.That(Counts(logits, allowed, new(Temperature: 0))[2], Is.EqualTo(7000));
    }

    [Test]
    public void Random_masks_are_never_broken() =>
        Gen.Select(Gen.Float[-30, 30].Array[20], Gen.Bool.Array[20], Gen.Double[0, 0.999999], Gen.Int[0, 5]).Sample(
            (logits, allowed, uniform, k) =>
            {
                var token = Sampler.Draw(
                    logits, allowed, new(TopK: k), uniform, new float[Sampler.Room(20)], new int[20]);
                return token < 0 ? !allowed.Contains(true) : allowed[token];
            });

    [Test]
    public void A_grammar_without_a_way_on_is_a_bug_that_is_named()
    {
        using var model = TinyBrain.Load(TinyBrain.Shape);
        var stuck = new Grammar(4, _ => new bool[21], (s, _) => s);
        Assert.That(
            () => Generation.Sample(model, Prompt, 3, stuck, new(MaxTokens: 4), 1),
            Throws.InvalidOperationException.With.Message.Contains("state 4"));
    }

    [Test]
    public void Prompts_beyond_the_context_are_refused()
    {
        using var model = TinyBrain.Load(TinyBrain.Shape);
        var free = Grammar.Free(21);
        Assert.That(
            () => Generation.Sample(model, Prompt, 1, free, new(MaxTokens: 36), 1),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("leaves 35 tokens"));
        Assert.That(
            () => Generation.Sample(model, [21], 1, free, new(MaxTokens: 4), 1),
            Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(Generation.Sample(model, Prompt, 0, free, new(MaxTokens: 4), 1).Tokens, Is.Empty);
    }

    [Test]
    public void The_bench_compares_kernels_that_draw_the_same_tokens()
    {
        using var plain = new ScalarBackend();
        using var tiled = new ManagedBackend();
        var report = BrainBench.Run(
            TinyBrain.File(TinyBrain.Shape),
            [new("plain", plain, Kernels.KernelPlan.Plain), new("tiled", tiled, TinyBrain.Tiled)],
            batch: 8,
            promptTokens: 4,
            tokens: 6,
            runs: 2);
        Assert.That(report.Identical, Is.True);
        Assert.That(report.Rows, Has.Count.EqualTo(1));
        Assert.That(report.Rows[0].Ratio, Is.EqualTo(report.Rows[0].Ours / report.Rows[0].Theirs));
        Assert.That(report.Shares.All(s => s.Products > 0 && s.Attention > 0 && s.Norms > 0), Is.True);
    }

    private static bool[] Mask(long state)
    {
        var mask = new bool[TinyBrain.Shape.Vocabulary];
        if (state == 0)
        {
            mask[Opening] = true;
            return mask;
        }

        mask[Closing] = true;
        for (var token = (int)state + 1; token < mask.Length; token++)
        {
            mask[token] = true;
        }

        return mask;
    }

    private static int[] Counts(float[] logits, bool[] allowed, SamplingOptions options)
    {
        var counts = new int[logits.Length];
        for (var i = 0; i < 7000; i++)
        {
            var uniform = Sampler.Uniform(11, i, 0);
            counts[Sampler.Draw(
                logits, allowed, options, uniform, new float[Sampler.Room(logits.Length)], new int[logits.Length])]++;
        }

        return counts;
    }
}
