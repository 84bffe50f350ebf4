using HwSeed.Brain.Inference;

namespace HwSeed.Brain.Training;

/// <summary>
/// Loss and gradient of a batch in float32. Every sum has one fixed order, whatever the number of threads: rows and
/// columns are divided among them, sums are not.
/// </summary>
internal sealed class TrainingPass(ParameterLayout layout, Team team)
{
    private readonly ModelShape _shape = layout.Shape;
    private readonly Rope _rope = new(layout.Shape, layout.Shape.Context);
    private readonly FloatGemm[] _gemms = [.. Enumerable.Range(0, team.Size).Select(_ => new FloatGemm())];
    private Activations _kept = new(layout.Shape, 0, 0);
    private HeadAttention[]? _attention;
    private TokenBatch _batch = new([]);
    private float[] _parameters = [];
    private int[] _probabilityStarts = [];

    private int QkvWidth => _shape.Embedding + (2 * _shape.KeyValueWidth);

    private HeadAttention[] AttentionBlocks =>
        _attention ??= [.. _gemms.Select(gemm => new HeadAttention(_shape, gemm))];

    /// <summary>Sum of the cross entropy over the foretold tokens, in nats.</summary>
    public double Forward(float[] parameters, TokenBatch batch)
    {
        (_parameters, _batch) = (parameters, batch);
        Reserve();
        var embedding = layout.Embedding.Offset;
        var d = _shape.Embedding;
        var stream = _kept.Layers[0].Input;
        EachRow(row => _parameters.AsSpan(embedding + (batch.Inputs[row] * d), d).CopyTo(stream.AsSpan(row * d)));
        foreach (var (i, ranges) in layout.Layers.Index())
        {
            var next = i + 1 < _kept.Layers.Length ? _kept.Layers[i + 1].Input : _kept.Output;
            ForwardLayer(_kept.Layers[i], ranges, next);
        }

        Norm(_kept.Output, layout.OutputNorm, _kept.OutputNormal, _kept.OutputScales);
        Multiply(View(_kept.OutputNormal, d), Weights(layout.Head).Transposed, View(_kept.Logits, _shape.Vocabulary));
        return Losses();
    }

    /// <summary>The gradient of the last forward pass's mean loss, written over <paramref name="gradient"/>.</summary>
    public void Backward(float[] gradient)
    {
        gradient.AsSpan().Clear();
        var (d, vocabulary) = (_shape.Embedding, _shape.Vocabulary);
        EachRow(LogitGradient);
        var logits = View(_kept.Logits, vocabulary);
        Multiply(logits, Weights(layout.Head), View(_kept.Width, d));
        Multiply(logits.Transposed, View(_kept.OutputNormal, d), Of(gradient, layout.Head), add: true);
        _kept.Stream.AsSpan(0, _batch.Rows * d).Clear();
        NormBackward(_kept.Output, layout.OutputNorm, _kept.OutputScales, gradient);
        for (var i = layout.Layers.Length - 1; i >= 0; i--)
        {
            BackwardLayer(_kept.Layers[i], layout.Layers[i], gradient);
        }

        // Rows of the table may occur many times: columns are divided, so that rows are added in order.
        team.Run(team.Size, (piece, _) =>
        {
            var (first, end) = Team.Share(piece, team.Size, d);
            for (var row = 0; row < _batch.Rows; row++)
            {
                var to = gradient.AsSpan(layout.Embedding.Offset + (_batch.Inputs[row] * d), d);
                var from = _kept.Stream.AsSpan(row * d, d);
                for (var i = first; i < end; i++)
                {
                    to[i] += from[i];
                }
            }
        });
    }

    private void ForwardLayer(LayerActivations layer, LayerRanges ranges, float[] output)
    {
        var (d, f) = (_shape.Embedding, _shape.FeedForward);
        Norm(layer.Input, ranges.AttentionNorm, layer.Normal, layer.InputScales);
        Multiply(View(layer.Normal, d), Weights(ranges.Qkv), View(layer.Qkv, QkvWidth));
        EachRow(row => Turn(layer.Qkv, row, 1));
        EachHead((attention, span, start, source) =>
            attention.Forward(layer, span.First, span.Length, start, source));
        Copy(layer.Input, layer.Middle);
        Multiply(View(layer.Joined, d), Weights(ranges.AttentionOutput), View(layer.Middle, d), add: true);
        Norm(layer.Middle, ranges.FeedForwardNorm, layer.MiddleNormal, layer.MiddleScales);
        Multiply(View(layer.MiddleNormal, d), Weights(ranges.GateUp), View(layer.GateUp, 2 * f));
        EachRow(row => RowMath.Activate(
            layer.GateUp.AsSpan(row * 2 * f, 2 * f), layer.Active.AsSpan(row * f, f)));
        Copy(layer.Middle, output);
        Multiply(View(layer.Active, f), Weights(ranges.Down), View(output, d), add: true);
    }

    private void BackwardLayer(LayerActivations layer, LayerRanges ranges, float[] gradient)
    {
        var (d, f) = (_shape.Embedding, _shape.FeedForward);
        var stream = View(_kept.Stream, d);
        Multiply(stream, Weights(ranges.Down).Transposed, View(_kept.WideActive, f));
        Multiply(View(layer.Active, f).Transposed, stream, Of(gradient, ranges.Down));
        EachRow(row => RowMath.ActivateBackward(
            layer.GateUp.AsSpan(row * 2 * f, 2 * f),
            _kept.WideActive.AsSpan(row * f, f),
            _kept.WideGateUp.AsSpan(row * 2 * f, 2 * f)));
        var gateUp = View(_kept.WideGateUp, 2 * f);
        Multiply(gateUp, Weights(ranges.GateUp).Transposed, View(_kept.Width, d));
        Multiply(View(layer.MiddleNormal, d).Transposed, gateUp, Of(gradient, ranges.GateUp));
        NormBackward(layer.Middle, ranges.FeedForwardNorm, layer.MiddleScales, gradient);

        Multiply(stream, Weights(ranges.AttentionOutput).Transposed, View(_kept.Width, d));
        Multiply(View(layer.Joined, d).Transposed, stream, Of(gradient, ranges.AttentionOutput));
        EachHead((attention, span, start, source) => attention.Backward(
            layer, _kept.Width, _kept.WideQkv, span.First, span.Length, start, source));
        EachRow(row => Turn(_kept.WideQkv, row, -1));
        var qkv = View(_kept.WideQkv, QkvWidth);
        Multiply(qkv, Weights(ranges.Qkv).Transposed, View(_kept.Width, d));
        Multiply(View(layer.Normal, d).Transposed, qkv, Of(gradient, ranges.Qkv));
        NormBackward(layer.Input, ranges.AttentionNorm, layer.InputScales, gradient);
    }

    private double Losses()
    {
        var vocabulary = _shape.Vocabulary;
        EachRow(row =>
        {
            var target = _batch.Targets[row];
            var logits = _kept.Logits.AsSpan(row * vocabulary, vocabulary);
            if (target < 0)
            {
                _kept.Losses[row] = 0;
                return;
            }

            RowMath.Softmax(logits, vocabulary, 1);
            _kept.Losses[row] = -Math.Log(Math.Max(logits[target], 1e-30f));
        });
        var sum = 0.0;
        for (var row = 0; row < _batch.Rows; row++)
        {
            sum += _kept.Losses[row];
        }

        return sum;
    }

    /// <summary>Turns the probabilities that the loss left into the gradient of the logits.</summary>
    private void LogitGradient(int row)
    {
        var gradient = _kept.Logits.AsSpan(row * _shape.Vocabulary, _shape.Vocabulary);
        var target = _batch.Targets[row];
        if (target < 0)
        {
            gradient.Clear();
            return;
        }

        gradient[target] -= 1;
        var factor = 1f / _batch.Foretold;
        foreach (ref var value in gradient)
        {
            value *= factor;
        }
    }

    private void Norm(float[] x, ParameterRange weight, float[] normal, float[] scales)
    {
        var d = _shape.Embedding;
        EachRow(row => scales[row] = RowMath.Norm(
            x.AsSpan(row * d, d), Values(weight), normal.AsSpan(row * d, d), _shape.NormEpsilon));
    }

    /// <summary>From the gradient in Width: the norm's weights, and x's part added to the stream.</summary>
    private void NormBackward(float[] x, ParameterRange weight, float[] scales, float[] gradient)
    {
        var d = _shape.Embedding;
        team.Run(team.Size, (piece, _) =>
        {
            var (first, end) = Team.Share(piece, team.Size, d);
            var to = gradient.AsSpan(weight.Offset + first, end - first);
            for (var row = 0; row < _batch.Rows; row++)
            {
                var from = _kept.Width.AsSpan((row * d) + first, to.Length);
                var source = x.AsSpan((row * d) + first, to.Length);
                var scale = scales[row];
                for (var i = 0; i < to.Length; i++)
                {
                    to[i] += from[i] * source[i] * scale;
                }
            }
        });
        EachRow(row => RowMath.NormBackward(
            x.AsSpan(row * d, d),
            Values(weight),
            scales[row],
            _kept.Width.AsSpan(row * d, d),
            _kept.Stream.AsSpan(row * d, d)));
    }

    private void Turn(float[] qkv, int row, float direction) => _rope.Turn(
        qkv.AsSpan(row * QkvWidth, _shape.Embedding + _shape.KeyValueWidth),
        _batch.Positions[row],
        direction: direction);

    private void Copy(float[] from, float[] to) => from.AsSpan(0, _batch.Rows * _shape.Embedding).CopyTo(to);

    private void Multiply(MatrixView a, MatrixView b, MatrixView c, bool add = false) =>
        FloatGemm.Multiply(team, _gemms, a, b, c, add);

    private MatrixView View(float[] data, int width) => new(data, 0, _batch.Rows, width);

    private MatrixView Weights(ParameterRange range) => Of(_parameters, range);

    private ReadOnlySpan<float> Values(ParameterRange range) => _parameters.AsSpan(range.Offset, range.Length);

    private static MatrixView Of(float[] data, ParameterRange range) =>
        new(data, range.Offset, range.Rows, range.Columns);

    private void EachRow(Action<int> step)
    {
        var pieces = (_batch.Rows + 127) / 128;
        team.Run(pieces, (piece, _) =>
        {
            var (first, end) = Team.Share(piece, pieces, _batch.Rows);
            for (var row = first; row < end; row++)
            {
                step(row);
            }
        });
    }

    private void EachHead(Action<HeadAttention, (int First, int Length), int, int> step)
    {
        var heads = _shape.KeyValueHeads;
        team.Run(_batch.Spans.Length * heads, (piece, member) =>
        {
            var sequence = piece / heads;
            step(AttentionBlocks[member], _batch.Spans[sequence], _probabilityStarts[sequence], piece % heads);
        });
    }

    private void Reserve()
    {
        _ = AttentionBlocks;
        _probabilityStarts = new int[_batch.Spans.Length];
        var room = 0;
        foreach (var (i, (_, length)) in _batch.Spans.Index())
        {
            _probabilityStarts[i] = room;
            room = checked(room + (_shape.Heads * length * length));
        }

        if (_kept.Rows < _batch.Rows || _kept.ProbabilityRoom < room)
        {
            _kept = new(
                _shape, Math.Max(_kept.Rows, _batch.Rows * 9 / 8), Math.Max(_kept.ProbabilityRoom, room / 8 * 9 + 8));
        }
    }
}
