using System.Diagnostics;

namespace HwSeed.Brain.Training;

/// <summary>
/// Trains a model from random weights. The same shape, options and data give the same weights to the bit, whatever
/// the number of threads and however often the run was stopped and resumed.
/// </summary>
public sealed class Trainer
{
    private readonly ModelShape _shape;
    private readonly TrainingOptions _options;

    /// <summary>A trainer; throws when no such model can be built or the options make no sense.</summary>
    public Trainer(ModelShape shape, TrainingOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSequences, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.CheckpointEvery, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ValidateEvery, 1);
        (_shape, _options) = (shape.OrThrow(), options);
    }

    /// <summary>
    /// Trains, resuming from the checkpoint when there is one (HW6050 when another run made it). Cancelling writes a
    /// checkpoint and throws <see cref="OperationCanceledException"/>.
    /// </summary>
    /// <param name="data">Texts to learn; each epoch takes them in another order.</param>
    /// <param name="validation">Texts only measured; may be empty.</param>
    /// <param name="progress">Called after every update, on this thread.</param>
    /// <param name="checkpointPath">Where the state is kept; null for nowhere.</param>
    /// <param name="cancel">Stops between updates.</param>
    public TrainedModel Train(
        IReadOnlyList<TrainingSequence> data,
        IReadOnlyList<TrainingSequence> validation,
        Action<TrainingProgress>? progress = null,
        string? checkpointPath = null,
        CancellationToken cancel = default)
    {
        Require(data, nameof(data));
        Require(validation, nameof(validation));
        ArgumentOutOfRangeException.ThrowIfZero(data.Count, nameof(data));
        using var team = Team.OfProcessors();
        return Train(team, data, validation, progress, checkpointPath, cancel);
    }

    /// <summary>Mean cross entropy of a model in float32, nats a foretold token; 0 without any.</summary>
    public static double Loss(TrainedModel model, IReadOnlyList<TrainingSequence> data)
    {
        using var team = Team.OfProcessors();
        return Loss(new TrainingPass(model.Layout, team), model.Parameters.ToArray(), data);
    }

    internal TrainedModel Train(
        Team team,
        IReadOnlyList<TrainingSequence> data,
        IReadOnlyList<TrainingSequence> validation,
        Action<TrainingProgress>? progress = null,
        string? checkpointPath = null,
        CancellationToken cancel = default)
    {
        var layout = new ParameterLayout(_shape);
        var parameters = layout.Initial(_options.Seed);
        var optimiser = new AdamW(layout, _options, team);
        var run = checkpointPath is null ? "" : Checkpoint.Identify(_shape, _options, data);
        var start = checkpointPath is null ? 0 : Checkpoint.Read(checkpointPath, run, parameters, optimiser);
        var pass = new TrainingPass(layout, team);
        var order = new DataOrder(data.Count, _options.Seed);
        var gradient = new float[layout.Length];
        var (watch, tokens, saved) = (Stopwatch.StartNew(), 0L, start);
        for (var step = start; step < _options.Steps; step++)
        {
            if (cancel.IsCancellationRequested)
            {
                Save(step);
                cancel.ThrowIfCancellationRequested();
            }

            var first = (long)step * _options.BatchSequences;
            var batch = new TokenBatch(
                Enumerable.Range(0, _options.BatchSequences).Select(i => data[order.At(first + i)]));
            var loss = pass.Forward(parameters, batch) / Math.Max(1, batch.Foretold);
            if (batch.Foretold > 0)
            {
                pass.Backward(gradient);
                optimiser.Update(parameters, gradient, step);
            }

            tokens += batch.Rows;
            var done = step + 1;
            if (done % _options.CheckpointEvery == 0 || done == _options.Steps)
            {
                Save(done);
            }

            var measured = validation.Count > 0 && (done % _options.ValidateEvery == 0 || done == _options.Steps);
            double? validationLoss = measured && progress is not null ? Loss(pass, parameters, validation) : null;
            var seconds = watch.Elapsed.TotalSeconds;
            progress?.Invoke(new(
                done, _options.Steps, loss, validationLoss, tokens / seconds,
                TimeSpan.FromSeconds(seconds / (done - start) * (_options.Steps - done))));
        }

        return new(_shape, parameters);

        void Save(int step)
        {
            if (checkpointPath is not null && step > saved)
            {
                Checkpoint.Write(checkpointPath, run, step, parameters, optimiser);
                saved = step;
            }
        }
    }

    private static double Loss(TrainingPass pass, float[] parameters, IReadOnlyList<TrainingSequence> data)
    {
        var (sum, count) = (0.0, 0L);
        foreach (var chunk in data.Chunk(32))
        {
            var batch = new TokenBatch(chunk);
            sum += pass.Forward(parameters, batch);
            count += batch.Foretold;
        }

        return count == 0 ? 0 : sum / count;
    }

    private void Require(IReadOnlyList<TrainingSequence> data, string name)
    {
        foreach (var (tokens, from) in data)
        {
            if (tokens.Length < 2 || tokens.Length > _shape.Context + 1)
            {
                throw new ArgumentException($"a text of {tokens.Length} tokens; 2 to {_shape.Context + 1} fit", name);
            }

            if (from < 1)
            {
                throw new ArgumentException($"token {from} cannot be foretold; the first is token 1", name);
            }

            if (Array.Exists(tokens, t => t < 0 || t >= _shape.Vocabulary))
            {
                throw new ArgumentException($"a token lies outside 0..{_shape.Vocabulary - 1}", name);
            }
        }
    }

    /// <summary>The endless row of training texts: epoch after epoch, each shuffled by seed and epoch.</summary>
    private sealed class DataOrder(int count, ulong seed)
    {
        private readonly int[] _order = new int[count];
        private long _epoch = -1;

        public int At(long place)
        {
            var epoch = place / count;
            if (epoch != _epoch)
            {
                Shuffle(epoch);
            }

            return _order[place % count];
        }

        private void Shuffle(long epoch)
        {
            _epoch = epoch;
            var random = new SplitMix(seed ^ (0xD1B54A32D192ED03 * (ulong)(epoch + 1)));
            for (var i = 0; i < count; i++)
            {
                var other = random.Below(i + 1);
                _order[i] = _order[other];
                _order[other] = i;
            }
        }
    }
}
