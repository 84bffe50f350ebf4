using HwSeed.Brain.Gguf;

namespace HwSeed.Brain.Training;

/// <summary>Float32 parameters of a model.</summary>
public sealed class TrainedModel
{
    private readonly float[] _parameters;

    internal TrainedModel(ModelShape shape, float[] parameters)
    {
        Shape = shape.OrThrow();
        Layout = new(shape);
        _parameters = parameters.Length == Layout.Length
            ? parameters
            : throw new ArgumentException($"{parameters.Length} values for {Layout.Length} parameters");
    }

    /// <summary>The hyper-parameters.</summary>
    public ModelShape Shape { get; }

    internal ParameterLayout Layout { get; }

    internal ReadOnlySpan<float> Parameters => _parameters;

    /// <summary>An untrained model, random by seed.</summary>
    public static TrainedModel Untrained(ModelShape shape, ulong seed) =>
        new(shape, new ParameterLayout(shape.OrThrow()).Initial(seed));

    /// <summary>A model file with int8 weights and a float32 scale per output channel.</summary>
    /// <param name="tokenizer">The words of the vocabulary.</param>
    /// <param name="name">Value of general.name.</param>
    public GgufFile Quantise(Tokenizer tokenizer, string name = "hwseed-brain") =>
        Quantiser.ToGguf(Layout, _parameters, tokenizer, name, int8: true);

    /// <summary>A model file with float32 weights.</summary>
    /// <param name="tokenizer">The words of the vocabulary.</param>
    /// <param name="name">Value of general.name.</param>
    public GgufFile ToFloat(Tokenizer tokenizer, string name = "hwseed-brain") =>
        Quantiser.ToGguf(Layout, _parameters, tokenizer, name, int8: false);
}
