using System.Diagnostics;
using HwSeed.Brain.Inference;

namespace HwSeed.Brain.Sampling;

/// <summary>Where the time of a generation went. Seconds are wall-clock seconds of the calling thread.</summary>
/// <param name="Tokens">Tokens drawn, the prompt's not among them.</param>
/// <param name="Seconds">The whole generation.</param>
/// <param name="ProductSeconds">Matrix products in the kernel.</param>
/// <param name="AttentionSeconds">Rotary embedding, caches and attention.</param>
/// <param name="NormSeconds">Embedding, norms, activations, scaling and quantising.</param>
/// <param name="SamplingSeconds">Logits, grammar and drawing.</param>
public sealed record GenerationStats(
    long Tokens,
    double Seconds,
    double ProductSeconds,
    double AttentionSeconds,
    double NormSeconds,
    double SamplingSeconds)
{
    /// <summary>Tokens drawn in a second.</summary>
    public double TokensPerSecond => Seconds > 0 ? Tokens / Seconds : 0;

    /// <summary>Everything outside the matrix products.</summary>
    public double OtherSeconds => Seconds - ProductSeconds;
}

/// <summary>Samples and how long they took.</summary>
/// <param name="Tokens">Sample by sample, without the prompt.</param>
/// <param name="Complete">Whether a sample reached the grammar's end.</param>
/// <param name="Stats">Times.</param>
public sealed record Samples(int[][] Tokens, bool[] Complete, GenerationStats Stats);

/// <summary>Draws many samples for one prompt, decoded together; the prompt is run once.</summary>
public static class Generation
{
    /// <summary>
    /// Draws samples that follow a grammar. Sample i depends on the model, the prompt, the grammar, the seed and i,
    /// and neither on count nor on the batch, the kernel or the number of threads.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">At least one token; with MaxTokens at most the model's context.</param>
    /// <param name="count">Samples, at least 0.</param>
    /// <param name="grammar">What may be written.</param>
    /// <param name="options">How to draw.</param>
    /// <param name="seed">Seed of the whole generation.</param>
    /// <param name="cancel">Stops between steps.</param>
    public static Samples Sample(
        Transformer model,
        ReadOnlySpan<int> prompt,
        int count,
        Grammar grammar,
        SamplingOptions options,
        ulong seed,
        CancellationToken cancel = default)
    {
        model.RequireTokens(prompt);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Batch, 1);
        if (prompt.Length + options.MaxTokens > model.Shape.Context)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.MaxTokens,
                $"a prompt of {prompt.Length} leaves {model.Shape.Context - prompt.Length} tokens of the context");
        }

        var start = Stopwatch.GetTimestamp();
        if (count == 0)
        {
            return new([], [], new(0, 0, 0, 0, 0, 0));
        }

        var run = new GenerationRun(model, prompt, count, grammar, options, seed);
        run.Go(cancel);
        return run.Finish(start);
    }
}

/// <summary>The state of one generation: which samples are being written and in which cache.</summary>
internal sealed class GenerationRun
{
    private readonly Transformer _model;
    private readonly Grammar _grammar;
    private readonly SamplingOptions _options;
    private readonly ulong _seed;
    private readonly Decoder _decoder;
    private readonly int _promptLength;
    private readonly int _slots;
    private readonly float[] _firstLogits;
    private readonly int[] _tokens;
    private readonly int[] _lengths;
    private readonly long[] _states;
    private readonly int[] _active;
    private readonly float[][] _logits;
    private readonly float[][] _weights;
    private readonly int[][] _order;
    private readonly Action<int, int> _draw;
    private int _activeCount;

    public GenerationRun(
        Transformer model,
        ReadOnlySpan<int> prompt,
        int count,
        Grammar grammar,
        SamplingOptions options,
        ulong seed)
    {
        (_model, _grammar, _options, _seed) = (model, grammar, options, seed);
        _promptLength = prompt.Length;
        _slots = Math.Min(options.Batch, count);
        var vocabulary = model.Shape.Vocabulary;
        _decoder = model.Borrow(Math.Max(_slots, prompt.Length), prompt.Length, _slots, options.MaxTokens);
        _decoder.Prefill(prompt);
        _firstLogits = new float[vocabulary];
        _decoder.Logits(prompt.Length - 1, _firstLogits);
        _tokens = new int[count * options.MaxTokens];
        _lengths = new int[count];
        _states = new long[count];
        Array.Fill(_states, grammar.Start);
        _active = new int[_slots];
        var parts = model.Team.Size;
        _logits = [.. Enumerable.Range(0, parts).Select(_ => new float[vocabulary])];
        _weights = [.. Enumerable.Range(0, parts).Select(_ => new float[Sampler.Room(vocabulary)])];
        _order = [.. Enumerable.Range(0, parts).Select(_ => new int[vocabulary])];
        _draw = DrawShare;
    }

    public void Go(CancellationToken cancel)
    {
        for (var first = 0; first < _lengths.Length; first += _slots)
        {
            _activeCount = Math.Min(_slots, _lengths.Length - first);
            for (var i = 0; i < _activeCount; i++)
            {
                _active[i] = first + i;
            }

            while (true)
            {
                cancel.ThrowIfCancellationRequested();
                _decoder.Times.Start();
                _model.Team.Run(Pieces, _draw);
                SetRows();
                _decoder.Times.EndSampling();
                if (_activeCount == 0)
                {
                    break;
                }

                _decoder.Run(_activeCount);
            }
        }
    }

    public Samples Finish(long start)
    {
        var tokens = new int[_lengths.Length][];
        var complete = new bool[_lengths.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i] = _tokens.AsSpan(i * _options.MaxTokens, _lengths[i]).ToArray();
            complete[i] = _states[i] == Grammar.End;
        }

        static double Seconds(long ticks) => ticks / (double)Stopwatch.Frequency;
        var times = _decoder.Times;
        return new(tokens, complete, new(
            _lengths.Sum(l => (long)l),
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            Seconds(times.Products),
            Seconds(times.Attention),
            Seconds(times.Norms),
            Seconds(times.Sampling)));
    }

    private int Pieces => (_activeCount + 31) / 32;

    private void DrawShare(int piece, int member)
    {
        var (first, end) = Team.Share(piece, Pieces, _activeCount);
        for (var row = first; row < end; row++)
        {
            var sample = _active[row];
            var place = _lengths[sample];
            Span<float> logits = _firstLogits;
            if (place > 0)
            {
                logits = _logits[member];
                _decoder.Logits(row, logits);
            }

            var state = _states[sample];
            var token = Sampler.Draw(
                logits,
                _grammar.Allowed(state),
                _options,
                Sampler.Uniform(_seed, sample, place),
                _weights[member],
                _order[member]);
            if (token < 0)
            {
                throw new InvalidOperationException($"the grammar allows no token in state {state}");
            }

            _tokens[(sample * _options.MaxTokens) + place] = token;
            _lengths[sample] = place + 1;
            _states[sample] = _grammar.Next(state, token);
        }
    }

    /// <summary>Drops finished samples; a sample keeps the cache that its place in the wave gave it.</summary>
    private void SetRows()
    {
        var kept = 0;
        for (var row = 0; row < _activeCount; row++)
        {
            var sample = _active[row];
            if (_states[sample] == Grammar.End || _lengths[sample] == _options.MaxTokens)
            {
                continue;
            }

            _active[kept] = sample;
            var length = _lengths[sample];
            var token = _tokens[(sample * _options.MaxTokens) + length - 1];
            _decoder.SetRow(kept++, token, _promptLength + length - 1, sample % _slots);
        }

        _activeCount = kept;
    }
}
