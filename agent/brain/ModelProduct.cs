namespace HwSeed.Brain;

/// <summary>A weight matrix that a pass of the model multiplies by: C[M,N] = A[M,K] x B[K,N].</summary>
/// <param name="Name">What it is in the model, as <c>blk.attn_qkv</c>; the same in every block.</param>
/// <param name="Block">The transformer block, from 0; null for the output projection.</param>
/// <param name="K">Input channels.</param>
/// <param name="N">Output channels.</param>
public sealed record ModelProduct(string Name, int? Block, int K, int N);
