using HwSeed.Brain.Gguf;
using HwSeed.Hdl;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels;

namespace HwSeed.Brain.Inference;

/// <summary>One transformer block's weights, joined where projections share their input.</summary>
internal sealed record LayerWeights(
    float[] AttentionNorm,
    QuantisedMatrix Qkv,
    QuantisedMatrix AttentionOutput,
    float[] FeedForwardNorm,
    QuantisedMatrix GateUp,
    QuantisedMatrix Down);

/// <summary>All weights of a model, checked against its shape.</summary>
internal sealed record ModelWeights(
    ModelShape Shape, QuantisedRows Embedding, LayerWeights[] Layers, float[] OutputNorm, QuantisedMatrix Head)
    : IDisposable
{
    public const int MatricesOfALayer = 4;

    /// <summary>In the order in which a pass multiplies by them.</summary>
    public IEnumerable<QuantisedMatrix> Matrices =>
        [.. Layers.SelectMany(l => new[] { l.Qkv, l.AttentionOutput, l.GateUp, l.Down }), Head];

    /// <summary>Compiles every matrix for a kernel; takes the new kernels only when all could be made.</summary>
    public void Use(IBackend backend, KernelPlan plan)
    {
        QuantisedMatrix[] matrices = [.. Matrices];
        var prepared = new List<IPreparedGemm>();
        try
        {
            foreach (var matrix in matrices)
            {
                prepared.Add(matrix.Prepare(backend, plan));
            }
        }
        catch
        {
            prepared.ForEach(p => p.Dispose());
            throw;
        }

        foreach (var (matrix, kernel) in matrices.Zip(prepared))
        {
            matrix.Use(kernel);
        }
    }

    public void Dispose()
    {
        foreach (var matrix in Matrices)
        {
            matrix.Dispose();
        }
    }

    public static Checked<ModelWeights> From(GgufFile file, ModelShape shape) => new Reader(file).Read(shape);

    private sealed class Reader(GgufFile file)
    {
        private readonly List<Diagnostic> _faults = [];

        public Checked<ModelWeights> Read(ModelShape shape)
        {
            var (d, f) = (shape.Embedding, shape.FeedForward);
            var embedding = Rows("token_embd", d, shape.Vocabulary);
            var layers = new List<LayerWeights>();
            for (var i = 0; i < shape.Layers && _faults.Count == 0; i++)
            {
                var name = $"blk.{i}";
                var norm = Vector($"{name}.attn_norm.weight", d);
                var q = Rows($"{name}.attn_q", d, d);
                var k = Rows($"{name}.attn_k", d, shape.KeyValueWidth);
                var v = Rows($"{name}.attn_v", d, shape.KeyValueWidth);
                var o = Rows($"{name}.attn_output", d, d);
                var norm2 = Vector($"{name}.ffn_norm.weight", d);
                var gate = Rows($"{name}.ffn_gate", d, f);
                var up = Rows($"{name}.ffn_up", d, f);
                var down = Rows($"{name}.ffn_down", f, d);
                if (_faults.Count == 0)
                {
                    layers.Add(new(
                        norm,
                        QuantisedMatrix.Join("blk.attn_qkv", d, q, k, v),
                        QuantisedMatrix.Join("blk.attn_output", d, o),
                        norm2,
                        QuantisedMatrix.Join("blk.ffn_gate_up", d, gate, up),
                        QuantisedMatrix.Join("blk.ffn_down", f, down)));
                }
            }

            var outputNorm = Vector("output_norm.weight", d);
            var head = shape.TiedHead ? embedding : Rows("output", d, shape.Vocabulary);
            return _faults.Count > 0
                ? Checked.Fail<ModelWeights>(_faults)
                : Checked.Ok(new ModelWeights(
                    shape, embedding, [.. layers], outputNorm, QuantisedMatrix.Join("output", d, head)));
        }

        private float[] Vector(string name, int size)
        {
            if (Tensor(name, [size]) is not { } tensor)
            {
                return [];
            }

            if (tensor.Type == GgufTensorType.I8)
            {
                _faults.Add(BrainDiagnostics.TensorShape(file.Name, name, "I8", "F32 or F16"));
                return [];
            }

            var values = tensor.ToFloats();
            RequireFinite(name, values, float.NegativeInfinity);
            return values;
        }

        /// <summary>A projection: I8 with its scales, or F32 and F16 that are quantised here.</summary>
        private QuantisedRows Rows(string name, int k, int rows)
        {
            if (Tensor($"{name}.weight", [k, rows]) is not { } tensor)
            {
                return new(0, [], []);
            }

            if (tensor.Type == GgufTensorType.I8)
            {
                var scales = Vector($"{name}.scale", rows);
                RequireFinite($"{name}.scale", scales, 0);
                return new(rows, tensor.ToBytes().ToArray(), scales);
            }

            var values = tensor.ToFloats();
            RequireFinite($"{name}.weight", values, float.NegativeInfinity);
            return QuantisedRows.From(values, rows, k);
        }

        private GgufTensor? Tensor(string name, EquatableArray<long> sizes)
        {
            var tensor = file.Tensor(name);
            if (tensor is null)
            {
                _faults.Add(BrainDiagnostics.MissingTensor(file.Name, name));
            }
            else if (tensor.Dimensions != sizes)
            {
                _faults.Add(BrainDiagnostics.TensorShape(
                    file.Name, name, $"{tensor.Type} {tensor.Dimensions}", $"{sizes}"));
                return null;
            }

            return tensor;
        }

        private void RequireFinite(string name, float[] values, float least)
        {
            if (!Array.TrueForAll(values, v => float.IsFinite(v) && v >= least))
            {
                _faults.Add(BrainDiagnostics.NotFinite(file.Name, name));
            }
        }
    }
}
