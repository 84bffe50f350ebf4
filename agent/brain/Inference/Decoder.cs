using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HwSeed.Brain.Inference;

/// <summary>A token to run: where it stands and whose keys and values it sees.</summary>
/// <param name="Token">The token.</param>
/// <param name="Position">Its place in the sequence, from 0.</param>
/// <param name="Slot">The sequence's own cache; -1 while the shared prefix itself is filled.</param>
internal readonly record struct DecodeRow(int Token, int Position, int Slot);

/// <summary>
/// Runs rows of tokens through all layers: matrix products over the whole batch, everything else row by row on the
/// team. Holds all buffers, so that a step allocates nothing. A row's result depends on the row alone.
/// </summary>
internal sealed class Decoder
{
    private readonly ModelWeights _weights;
    private readonly ModelShape _shape;
    private readonly Team _team;
    private readonly (int Rows, int PrefixPositions, int Slots, int OwnPositions) _room;
    private readonly Rope _rope;
    private readonly KeyValueCache _prefix;
    private readonly KeyValueCache _own;
    private readonly DecodeRow[] _rows;
    private readonly float[] _stream;
    private readonly float[] _qkv;
    private readonly float[][] _scratch;
    private readonly sbyte[] _activations;
    private readonly float[] _scales;
    private readonly int[] _sums;
    private readonly Action<int, int> _embed;
    private readonly Action<int, int> _append;
    private readonly Action<int, int> _attend;
    private readonly Action<int, int> _appendAndAttend;
    private readonly Action<int, int> _afterAttention;
    private readonly Action<int, int> _activate;
    private readonly Action<int, int> _afterFeedForward;
    private int _count;
    private int _layer;
    private int _prefixLength;

    /// <param name="weights">The model.</param>
    /// <param name="team">Threads for the row-wise parts.</param>
    /// <param name="rows">Most rows of a step.</param>
    /// <param name="prefixPositions">Room for the shared prompt.</param>
    /// <param name="slots">Sequences with a cache of their own.</param>
    /// <param name="ownPositions">Room for each of them behind the prompt.</param>
    public Decoder(ModelWeights weights, Team team, int rows, int prefixPositions, int slots, int ownPositions)
    {
        (_weights, _shape, _team) = (weights, weights.Shape, team);
        _room = (rows, prefixPositions, slots, ownPositions);
        _rope = new(_shape, prefixPositions + ownPositions);
        _prefix = new(_shape, 1, prefixPositions);
        _own = new(_shape, slots, ownPositions);
        _rows = new DecodeRow[rows];
        _stream = new float[rows * _shape.Embedding];
        _qkv = new float[rows * QkvWidth];
        _activations = new sbyte[rows * Math.Max(_shape.Embedding, _shape.FeedForward)];
        _scales = new float[rows];
        _sums = new int[rows * weights.Matrices.Max(m => m.N)];
        var scratch = Math.Max(_shape.FeedForward, _shape.Embedding)
            + (2 * Attention.ScoreRoom(prefixPositions + ownPositions)) + _prefix.Stride;
        _scratch = [.. Enumerable.Range(0, team.Size).Select(_ => new float[scratch])];
        _embed = Divided(EmbedRow);
        _append = Divided(AppendRow);
        _attend = Divided(AttendRow);
        _appendAndAttend = Divided((row, scratch) =>
        {
            AppendRow(row, scratch);
            AttendRow(row, scratch);
        });
        _afterAttention = Divided((row, _) => AddAndNormalise(
            row, _weights.Layers[_layer].AttentionOutput, _weights.Layers[_layer].FeedForwardNorm));
        _activate = Divided(ActivateRow);
        _afterFeedForward = Divided((row, _) => AddAndNormalise(
            row,
            _weights.Layers[_layer].Down,
            _layer + 1 < _weights.Layers.Length ? _weights.Layers[_layer + 1].AttentionNorm : _weights.OutputNorm));
    }

    /// <summary>Where the time went.</summary>
    public PartTimes Times { get; private set; } = new();

    /// <summary>Pieces of row-wise work: large enough to be worth handing out.</summary>
    private int Pieces => (_count + 15) / 16;

    private int QkvWidth => _shape.Embedding + (2 * _shape.KeyValueWidth);

    /// <summary>Whether the buffers are large enough to be used again.</summary>
    public bool Fits(int rows, int prefixPositions, int slots, int ownPositions) =>
        rows <= _room.Rows && prefixPositions <= _room.PrefixPositions
        && slots <= _room.Slots && ownPositions <= _room.OwnPositions;

    /// <summary>Starts the times anew.</summary>
    public void ResetTimes() => Times = new();

    /// <summary>Fills the shared prefix; the logits of its tokens can be read afterwards.</summary>
    public void Prefill(ReadOnlySpan<int> tokens)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            _rows[i] = new(tokens[i], i, -1);
        }

        _prefixLength = tokens.Length;
        Run(tokens.Length);
    }

    /// <summary>Sets a row of the next step.</summary>
    public void SetRow(int row, int token, int position, int slot) => _rows[row] = new(token, position, slot);

    /// <summary>Runs the rows 0..count-1 and leaves their head sums for <see cref="Logits"/>.</summary>
    public void Run(int count)
    {
        _count = count;
        _layer = 0;
        Times.Start();
        _team.Run(Pieces, _embed);
        Times.EndNorms();
        for (_layer = 0; _layer < _weights.Layers.Length; _layer++)
        {
            var layer = _weights.Layers[_layer];
            Multiply(layer.Qkv);
            if (_rows[0].Slot < 0)
            {
                // Rows of a prompt see each other: all keys first.
                _team.Run(Pieces, _append);
                _team.Run(Pieces, _attend);
            }
            else
            {
                _team.Run(Pieces, _appendAndAttend);
            }

            Times.EndAttention();
            Multiply(layer.AttentionOutput);
            _team.Run(Pieces, _afterAttention);
            Times.EndNorms();
            Multiply(layer.GateUp);
            _team.Run(Pieces, _activate);
            Times.EndNorms();
            Multiply(layer.Down);
            _team.Run(Pieces, _afterFeedForward);
            Times.EndNorms();
        }

        Multiply(_weights.Head);
    }

    /// <summary>The logits of a row of the last step.</summary>
    public void Logits(int row, Span<float> logits) => Scale(row, _weights.Head, logits, add: false);

    private void Multiply(QuantisedMatrix matrix)
    {
        matrix.Multiply(_activations.AsSpan(0, _count * matrix.K), _count, _sums.AsSpan(0, _count * matrix.N));
        Times.EndProducts();
    }

    /// <summary>A part of the team's work that takes its share of the rows with its own scratch memory.</summary>
    private Action<int, int> Divided(Action<int, float[]> step) => (piece, member) =>
    {
        var (first, end) = Team.Share(piece, Pieces, _count);
        for (var row = first; row < end; row++)
        {
            step(row, _scratch[member]);
        }
    };

    private void EmbedRow(int row, float[] scratch)
    {
        var table = _weights.Embedding;
        var token = _rows[row].Token;
        var stream = Stream(row);
        var scale = table.Scales[token];
        var weights = table.Weights.AsSpan(token * stream.Length, stream.Length);
        for (var i = 0; i < stream.Length; i++)
        {
            stream[i] = weights[i] * scale;
        }

        Normalise(row, _weights.Layers[0].AttentionNorm);
    }

    private void AppendRow(int row, float[] scratch)
    {
        var qkv = Qkv(row);
        Scale(row, _weights.Layers[_layer].Qkv, qkv, add: false);
        var (token, position, slot) = _rows[row];
        var (d, kv) = (_shape.Embedding, _shape.KeyValueWidth);
        _rope.Turn(qkv[..d], position, 1f / MathF.Sqrt(_shape.HeadSize));
        _rope.Turn(qkv.Slice(d, kv), position);
        var (cache, sequence, at) = slot < 0 ? (_prefix, 0, position) : (_own, slot, position - _prefixLength);
        cache.Append(_layer, sequence, at, qkv.Slice(d, kv), qkv[(d + kv)..]);
    }

    private void AttendRow(int row, float[] scratch)
    {
        var (_, position, slot) = _rows[row];
        var shared = slot < 0 ? position + 1 : _prefixLength;
        var own = slot < 0 ? 0 : position - _prefixLength + 1;
        var (size, stride, group) = (_shape.HeadSize, _prefix.Stride, _shape.Heads / _shape.KeyValueHeads);
        var qkv = Qkv(row);
        var joined = scratch.AsSpan(0, _shape.Embedding);
        var result = scratch.AsSpan(_shape.Embedding, stride);
        var room = Attention.ScoreRoom(shared + own);
        var scores = scratch.AsSpan(_shape.Embedding + stride, room);
        var others = scratch.AsSpan(_shape.Embedding + stride + room, room);
        for (var head = 0; head < _shape.Heads; head++)
        {
            var source = head / group;
            var query = qkv.Slice(head * size, size);
            // Two heads that share keys go together; the second of an odd group's last pair is thrown away.
            var paired = (head % group) + 1 < group;
            var other = paired ? qkv.Slice((head + 1) * size, size) : query;
            ref var keys = ref _prefix.Keys(_layer, 0, source);
            Attention.Scores(query, other, ref keys, _prefix.Positions, shared, scores, others);
            if (own > 0)
            {
                keys = ref _own.Keys(_layer, slot, source);
                Attention.Scores(query, other, ref keys, _own.Positions, own, scores[shared..], others[shared..]);
            }

            Blend(slot, source, shared, own, scores, result, joined.Slice(head * size, size));
            if (paired)
            {
                head++;
                Blend(slot, source, shared, own, others, result, joined.Slice(head * size, size));
            }
        }

        _scales[row] = Lanes.Quantise(joined, _activations.AsSpan(row * _shape.Embedding));
    }

    /// <summary>head = softmax(scores) x values.</summary>
    private void Blend(
        int slot, int source, int shared, int own, Span<float> scores, Span<float> result, Span<float> head)
    {
        var factor = Attention.Exponentials(scores, shared + own);
        result.Clear();
        Attention.AddValues(scores[..shared], ref _prefix.Values(_layer, 0, source), _prefix.Stride, result);
        if (own > 0)
        {
            ref var values = ref _own.Values(_layer, slot, source);
            Attention.AddValues(scores.Slice(shared, own), ref values, _own.Stride, result);
        }

        for (var i = 0; i < head.Length; i++)
        {
            head[i] = result[i] * factor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ActivateRow(int row, float[] scratch)
    {
        var matrix = _weights.Layers[_layer].GateUp;
        var width = _shape.FeedForward;
        var sums = _sums.AsSpan(row * matrix.N, matrix.N);
        var active = scratch.AsSpan(0, width);
        var scale = Vector512.Create(_scales[row]);
        for (var i = 0; i < width; i += Lanes.Width)
        {
            var rest = Math.Min(Lanes.Width, width - i);
            var gate = Scaled(ref sums[i], ref matrix.Scales[i], scale, rest);
            var up = Scaled(ref sums[width + i], ref matrix.Scales[width + i], scale, rest);
            var value = Lanes.Silu(gate) * up;
            if (rest == Lanes.Width)
            {
                value.StoreUnsafe(ref active[i]);
            }
            else
            {
                Lanes.StorePart(value, ref active[i], rest);
            }
        }

        _scales[row] = Lanes.Quantise(active, _activations.AsSpan(row * width));
    }

    private void AddAndNormalise(int row, QuantisedMatrix matrix, float[] norm)
    {
        Scale(row, matrix, Stream(row), add: true);
        Normalise(row, norm);
    }

    /// <summary>Quantises stream * norm / rms(stream).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Normalise(int row, float[] norm)
    {
        var stream = Stream(row);
        var inverse = 1f / MathF.Sqrt((Lanes.SumOfSquares(stream) / stream.Length) + _shape.NormEpsilon);
        var normal = Qkv(row)[..stream.Length];
        var factor = Vector512.Create(inverse);
        var i = 0;
        for (; i <= stream.Length - Lanes.Width; i += Lanes.Width)
        {
            var v = Vector512.LoadUnsafe(ref stream[i]) * factor * Vector512.LoadUnsafe(ref norm[i]);
            v.StoreUnsafe(ref normal[i]);
        }

        for (; i < stream.Length; i++)
        {
            normal[i] = stream[i] * inverse * norm[i];
        }

        _scales[row] = Lanes.Quantise(normal, _activations.AsSpan(row * stream.Length));
    }

    /// <summary>target (+)= sums * (activation scale * channel scale).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scale(int row, QuantisedMatrix matrix, Span<float> target, bool add)
    {
        var sums = _sums.AsSpan(row * matrix.N, matrix.N);
        var scale = Vector512.Create(_scales[row]);
        for (var i = 0; i < sums.Length; i += Lanes.Width)
        {
            var rest = Math.Min(Lanes.Width, sums.Length - i);
            var value = Scaled(ref sums[i], ref matrix.Scales[i], scale, rest);
            if (rest == Lanes.Width)
            {
                ref var to = ref target[i];
                (add ? value + Vector512.LoadUnsafe(ref to) : value).StoreUnsafe(ref to);
            }
            else
            {
                ref var to = ref target[i];
                Lanes.StorePart(add ? value + Lanes.LoadPart(ref to, rest) : value, ref to, rest);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Scaled(ref int sums, ref float scales, Vector512<float> scale, int rest) =>
        rest == Lanes.Width
            ? Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref sums)) * (Vector512.LoadUnsafe(ref scales) * scale)
            : ScaledPart(ref sums, ref scales, scale, rest);

    private static Vector512<float> ScaledPart(ref int sums, ref float scales, Vector512<float> scale, int rest)
    {
        Span<int> lanes = stackalloc int[Lanes.Width];
        lanes.Clear();
        MemoryMarshal.CreateReadOnlySpan(ref sums, rest).CopyTo(lanes);
        return Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref lanes[0])) * (Lanes.LoadPart(ref scales, rest) * scale);
    }

    private Span<float> Stream(int row) => _stream.AsSpan(row * _shape.Embedding, _shape.Embedding);

    private Span<float> Qkv(int row) => _qkv.AsSpan(row * QkvWidth, QkvWidth);
}
