using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Kernels.Measurements;

/// <summary>One multiplication as a call: A[M,K] in, C[M,N] out, both row-major.</summary>
/// <param name="activations">A[M,K].</param>
/// <param name="m">Rows of A.</param>
/// <param name="result">C[M,N], overwritten.</param>
public delegate void GemmCall(ReadOnlySpan<sbyte> activations, int m, Span<int> result);

/// <summary>Two ways to compute the same product.</summary>
/// <param name="Shape">The product.</param>
/// <param name="Current">What is used now.</param>
/// <param name="Candidate">What may replace it.</param>
public sealed record MeasuredCase(GemmShape Shape, GemmCall Current, GemmCall Candidate);

/// <summary>One round's pair of times.</summary>
/// <param name="Shape">The product.</param>
/// <param name="Round">Round, from 0; odd rounds run the candidate first.</param>
/// <param name="CurrentSeconds">The current kernel's time.</param>
/// <param name="CandidateSeconds">The candidate's time.</param>
public sealed record PairedSample(GemmShape Shape, int Round, double CurrentSeconds, double CandidateSeconds);

/// <summary>A paired, interleaved comparison with its raw samples.</summary>
/// <param name="CurrentMedianSeconds">Sum over the shapes of the current kernel's median time.</param>
/// <param name="CandidateMedianSeconds">The same of the candidate.</param>
/// <param name="Ratio">Current over candidate: above 1 the candidate is faster.</param>
/// <param name="Samples">Every timed pair.</param>
/// <param name="OutputsIdentical">Whether every timed call of both gave the same bits.</param>
/// <param name="Diagnostics">Why the measurement must not be used (HW4106, HW4107), empty when it may.</param>
public sealed record PairedMeasurement(
    double CurrentMedianSeconds,
    double CandidateMedianSeconds,
    double Ratio,
    EquatableArray<PairedSample> Samples,
    bool OutputsIdentical,
    EquatableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether outputs agree and all times are physical.</summary>
    public bool IsTrustworthy => OutputsIdentical && Diagnostics.Count == 0;

    /// <summary>Whether the candidate may replace the current kernel.</summary>
    /// <param name="minimumRatio">How much faster it has to be; a little above 1 keeps noise out.</param>
    public bool Favours(double minimumRatio = 1.03) => IsTrustworthy && Ratio >= minimumRatio;
}

/// <summary>How a comparison is run.</summary>
/// <param name="Rounds">Timed pairs for each shape, at least 1.</param>
/// <param name="WarmupRounds">Untimed pairs before them.</param>
/// <param name="Seed">Seed of the activations.</param>
/// <param name="PeakOperationsPerSecond">No multiplication can be faster than this (a multiply-accumulate counts 2);
/// 0 for <see cref="MachinePeak.DeclaredOperationsPerSecond"/>.</param>
public sealed record MeasurementSettings(
    int Rounds = 15, int WarmupRounds = 3, int Seed = 1, double PeakOperationsPerSecond = 0);

/// <summary>A generous bound on what a processor can do.</summary>
public static class MachinePeak
{
    private const double ClockHz = 6e9;
    private const double MacsPerClock = 4 * 64;

    /// <summary>
    /// int8 operations a second of all cores, at a clock and an issue width that no processor of today has (four
    /// 512-bit dot products a clock at 6 GHz): times below what it allows were not spent on the work.
    /// </summary>
    public static double DeclaredOperationsPerSecond => Environment.ProcessorCount * ClockHz * MacsPerClock * 2;
}
