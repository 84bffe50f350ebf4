using HwSeed.Brain.Gguf;
using HwSeed.Brain.Inference;
using HwSeed.Hdl;

namespace HwSeed.Brain.Training;

/// <summary>Turns trained float32 parameters into a model file, int8 per output channel or float32.</summary>
internal static class Quantiser
{
    public static GgufFile ToGguf(
        ParameterLayout layout, ReadOnlySpan<float> parameters, Tokenizer tokenizer, string name, bool int8)
    {
        var shape = layout.Shape;
        if (tokenizer.Tokens.Count != shape.Vocabulary)
        {
            throw new ArgumentException(
                $"{tokenizer.Tokens.Count} tokens for a vocabulary of {shape.Vocabulary}", nameof(tokenizer));
        }

        var tensors = new List<GgufTensor>();
        AddRows(tensors, "token_embd", parameters.Slice(layout.Embedding.Offset, layout.Embedding.Length),
            shape.Embedding, int8);
        var (d, kv, f) = (shape.Embedding, shape.KeyValueWidth, shape.FeedForward);
        foreach (var (i, layer) in layout.Layers.Index())
        {
            var block = $"blk.{i}";
            AddVector(tensors, $"{block}.attn_norm.weight", parameters, layer.AttentionNorm);
            AddRows(tensors, $"{block}.attn_q", Transposed(parameters, layer.Qkv, 0, d), d, int8);
            AddRows(tensors, $"{block}.attn_k", Transposed(parameters, layer.Qkv, d, kv), d, int8);
            AddRows(tensors, $"{block}.attn_v", Transposed(parameters, layer.Qkv, d + kv, kv), d, int8);
            AddRows(tensors, $"{block}.attn_output", Transposed(parameters, layer.AttentionOutput, 0, d), d, int8);
            AddVector(tensors, $"{block}.ffn_norm.weight", parameters, layer.FeedForwardNorm);
            AddRows(tensors, $"{block}.ffn_gate", Transposed(parameters, layer.GateUp, 0, f), d, int8);
            AddRows(tensors, $"{block}.ffn_up", Transposed(parameters, layer.GateUp, f, f), d, int8);
            AddRows(tensors, $"{block}.ffn_down", Transposed(parameters, layer.Down, 0, d), f, int8);
        }

        AddVector(tensors, "output_norm.weight", parameters, layout.OutputNorm);
        if (!shape.TiedHead)
        {
            AddRows(tensors, "output", parameters.Slice(layout.Head.Offset, layout.Head.Length), d, int8);
        }

        return new([.. shape.ToMetadata(name), .. tokenizer.ToMetadata()], tensors.ToEquatableArray());
    }

    private static void AddVector(
        List<GgufTensor> tensors, string name, ReadOnlySpan<float> parameters, ParameterRange range) =>
        tensors.Add(GgufTensor.OfFloats(name, parameters.Slice(range.Offset, range.Length), range.Length));

    private static void AddRows(List<GgufTensor> tensors, string name, ReadOnlySpan<float> rows, int k, bool int8)
    {
        var count = rows.Length / k;
        if (!int8)
        {
            tensors.Add(GgufTensor.OfFloats($"{name}.weight", rows, k, count));
            return;
        }

        var quantised = QuantisedRows.From(rows, count, k);
        tensors.Add(GgufTensor.OfBytes($"{name}.weight", quantised.Weights, k, count));
        tensors.Add(GgufTensor.OfFloats($"{name}.scale", quantised.Scales, count));
    }

    /// <summary>Columns of a matrix stored inputs x outputs, one row of inputs an output.</summary>
    private static float[] Transposed(ReadOnlySpan<float> parameters, ParameterRange range, int first, int count)
    {
        var rows = new float[count * range.Rows];
        for (var column = 0; column < count; column++)
        {
            for (var k = 0; k < range.Rows; k++)
            {
                rows[(column * range.Rows) + k] = parameters[range.Offset + (k * range.Columns) + first + column];
            }
        }

        return rows;
    }
}
