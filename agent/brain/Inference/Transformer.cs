using HwSeed.Brain.Gguf;
using HwSeed.Brain.Inference;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels;
using HwSeed.Mapper.Workloads;

namespace HwSeed.Brain;

/// <summary>
/// The agent's model, ready to run: int8 weights in a backend's kernels, everything else in float32. The same file
/// gives the same logits to the bit on every exact kernel. One caller at a time.
/// </summary>
public sealed class Transformer : IDisposable
{
    private readonly Team _team = Team.OfProcessors();

    private Decoder? _decoder;

    private Transformer(ModelWeights weights, Tokenizer tokenizer)
    {
        (Weights, Tokenizer) = (weights, tokenizer);
        Products = weights.Matrices.Select((m, i) => new ModelProduct(
            m.Name, i / ModelWeights.MatricesOfALayer is var block && block < weights.Layers.Length ? block : null, m.K, m.N))
            .ToEquatableArray();
    }

    /// <summary>The hyper-parameters.</summary>
    public ModelShape Shape => Weights.Shape;

    /// <summary>The vocabulary.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>
    /// Every weight matrix, in the order in which a pass multiplies by them; a backend is asked to prepare them in the
    /// same order. Attention itself (queries by keys, scores by values) is float32 and not among them.
    /// </summary>
    public EquatableArray<ModelProduct> Products { get; }

    internal ModelWeights Weights { get; }

    internal Team Team => _team;

    /// <summary>
    /// Builds the model of a file and prepares its matrices for a kernel. Faults of the file are diagnostics; a
    /// device that refuses the kernel throws <see cref="KernelBuildException"/>.
    /// </summary>
    public static Checked<Transformer> Load(GgufFile file, IBackend backend, KernelPlan plan) =>
        ModelShape.From(file).Then(shape => Tokenizer.From(file).Then(tokenizer =>
        {
            if (tokenizer.Tokens.Count != shape.Vocabulary)
            {
                return Checked.Fail<Transformer>(BrainDiagnostics.Tokens(
                    file.Name, $"{tokenizer.Tokens.Count} tokens for {shape.Vocabulary} rows of the embedding"));
            }

            return ModelWeights.From(file, shape).Then(weights =>
            {
                weights.Use(backend, plan);
                return Checked.Ok(new Transformer(weights, tokenizer));
            });
        }));

    /// <summary>
    /// Prepares the weights for another kernel. When the device refuses it, the former kernel stays and
    /// <see cref="KernelBuildException"/> is thrown.
    /// </summary>
    public void UseKernel(IBackend backend, KernelPlan plan) => Weights.Use(backend, plan);

    /// <summary>
    /// The matrix products of one decoding step as they are really run: projections of the same input are joined.
    /// </summary>
    /// <param name="batch">Sequences decoded together: M of every product.</param>
    public Workload MatrixProducts(int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var layer = Weights.Layers[0];
        WorkloadGemm Gemm(QuantisedMatrix m, int repeats) => new(m.Name, new GemmShape(batch, m.K, m.N), repeats);
        return new(
            "brain decode",
            [
                Gemm(layer.Qkv, Shape.Layers),
                Gemm(layer.AttentionOutput, Shape.Layers),
                Gemm(layer.GateUp, Shape.Layers),
                Gemm(layer.Down, Shape.Layers),
                Gemm(Weights.Head, 1),
            ],
            batch);
    }

    /// <summary>The logits after every token of one sequence, [tokens, vocabulary].</summary>
    /// <param name="tokens">At least one and at most Shape.Context tokens of the vocabulary.</param>
    public float[][] Logits(ReadOnlySpan<int> tokens)
    {
        RequireTokens(tokens);
        var decoder = Borrow(tokens.Length, tokens.Length, 0, 0);
        decoder.Prefill(tokens);
        var logits = new float[tokens.Length][];
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = new float[Shape.Vocabulary];
            decoder.Logits(i, logits[i]);
        }

        return logits;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Weights.Dispose();
        _team.Dispose();
    }

    /// <summary>A decoder with the room asked for: the last one when it has it, for fresh memory is slow memory.</summary>
    internal Decoder Borrow(int rows, int prefixPositions, int slots, int ownPositions)
    {
        if (_decoder is null || !_decoder.Fits(rows, prefixPositions, slots, ownPositions))
        {
            _decoder = new(Weights, _team, rows, prefixPositions, slots, ownPositions);
        }

        _decoder.ResetTimes();
        return _decoder;
    }

    internal void RequireTokens(ReadOnlySpan<int> tokens)
    {
        if (tokens.Length < 1 || tokens.Length > Shape.Context)
        {
            throw new ArgumentOutOfRangeException(
                nameof(tokens), tokens.Length, $"1 to {Shape.Context} tokens are wanted");
        }

        foreach (var token in tokens)
        {
            if (token < 0 || token >= Shape.Vocabulary)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(tokens), token, $"a token lies in 0..{Shape.Vocabulary - 1}");
            }
        }
    }
}
