namespace HwSeed.Agent.Flow;

/// <summary>What a random engine is given to compute.</summary>
public enum WorkloadKind
{
    /// <summary>A matrix product.</summary>
    Gemm,

    /// <summary>A matrix and a vector, on either side.</summary>
    Gemv,

    /// <summary>A convolution whose input the host expands.</summary>
    ConvIm2col,

    /// <summary>A convolution that reads the input as it is.</summary>
    ConvDirect,

    /// <summary>All matrix products of one transformer block, attention's included.</summary>
    TransformerBlock,
}
