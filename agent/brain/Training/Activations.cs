namespace HwSeed.Brain.Training;

/// <summary>What the forward pass keeps of a block for the backward pass, [rows, width] each.</summary>
internal sealed class LayerActivations(ModelShape shape, int rows, int probabilities)
{
    /// <summary>The residual stream before the block.</summary>
    public float[] Input { get; } = new float[rows * shape.Embedding];

    public float[] InputScales { get; } = new float[rows];

    public float[] Normal { get; } = new float[rows * shape.Embedding];

    /// <summary>Rotated queries, rotated keys, values.</summary>
    public float[] Qkv { get; } = new float[rows * (shape.Embedding + (2 * shape.KeyValueWidth))];

    /// <summary>Attention weights, length x length for each sequence and head.</summary>
    public float[] Probabilities { get; } = new float[probabilities];

    public float[] Joined { get; } = new float[rows * shape.Embedding];

    /// <summary>The residual stream between attention and feed-forward.</summary>
    public float[] Middle { get; } = new float[rows * shape.Embedding];

    public float[] MiddleScales { get; } = new float[rows];

    public float[] MiddleNormal { get; } = new float[rows * shape.Embedding];

    public float[] GateUp { get; } = new float[rows * 2 * shape.FeedForward];

    public float[] Active { get; } = new float[rows * shape.FeedForward];
}

/// <summary>Buffers for batches up to a size; kept from step to step.</summary>
internal sealed class Activations
{
    public Activations(ModelShape shape, int rows, int probabilities)
    {
        (Rows, ProbabilityRoom) = (rows, probabilities);
        Layers = [.. Enumerable.Range(0, shape.Layers).Select(_ => new LayerActivations(shape, rows, probabilities))];
        Output = new float[rows * shape.Embedding];
        OutputScales = new float[rows];
        OutputNormal = new float[rows * shape.Embedding];
        Logits = new float[rows * shape.Vocabulary];
        Losses = new double[rows];
        Stream = new float[rows * shape.Embedding];
        Width = new float[rows * shape.Embedding];
        WideGateUp = new float[rows * 2 * shape.FeedForward];
        WideActive = new float[rows * shape.FeedForward];
        WideQkv = new float[rows * (shape.Embedding + (2 * shape.KeyValueWidth))];
    }

    public int Rows { get; }

    public int ProbabilityRoom { get; }

    public LayerActivations[] Layers { get; }

    public float[] Output { get; }

    public float[] OutputScales { get; }

    public float[] OutputNormal { get; }

    /// <summary>Logits, then their gradient.</summary>
    public float[] Logits { get; }

    public double[] Losses { get; }

    /// <summary>Gradient of the residual stream.</summary>
    public float[] Stream { get; }

    /// <summary>Gradient of a normal or of the joined heads.</summary>
    public float[] Width { get; }

    public float[] WideGateUp { get; }

    public float[] WideActive { get; }

    public float[] WideQkv { get; }
}
