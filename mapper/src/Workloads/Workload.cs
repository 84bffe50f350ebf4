using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Mapper.Workloads.Convolutions;

namespace HwSeed.Mapper.Workloads;

/// <summary>One matrix product of a workload.</summary>
/// <param name="Name">What it is in the model, as <c>blk.attn_q</c>.</param>
/// <param name="Shape">C[M,N] = A[M,K] x B[K,N].</param>
/// <param name="Repeats">How often it runs in one pass.</param>
public sealed record WorkloadGemm(string Name, GemmShape Shape, int Repeats = 1)
{
    /// <summary>The convolution that it is by im2col, each group one of the repeats; null for a product as such.</summary>
    public Conv2D? Convolution { get; init; }

    /// <summary>A convolution as the products of its groups.</summary>
    /// <param name="name">What it is in the model.</param>
    /// <param name="convolution">The layer.</param>
    /// <param name="repeats">How often it runs in one pass.</param>
    public static WorkloadGemm Of(string name, Conv2D convolution, int repeats) =>
        new(name, convolution.GroupGemm, repeats * convolution.Groups) { Convolution = convolution };
}

/// <summary>What the chip has to compute in one pass: a list of matrix products.</summary>
/// <param name="Name">A label.</param>
/// <param name="Gemms">The products.</param>
/// <param name="TokensPerPass">Model tokens that one pass yields (M of the batch), for rates in tokens/s.</param>
public sealed record Workload(string Name, EquatableArray<WorkloadGemm> Gemms, int TokensPerPass)
{
    /// <summary>Multiply-accumulates of one pass.</summary>
    public long Macs => Gemms.Sum(g => g.Shape.Macs * g.Repeats);
}
