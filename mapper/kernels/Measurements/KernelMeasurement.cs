using System.Diagnostics;
using HwSeed.Hdl;
using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;

namespace HwSeed.Kernels.Measurements;

/// <summary>
/// Paired measurement of two kernels: interleaved, with fresh activations in every timed call and poisoned results, so
/// that neither drift of the machine nor a cached result decides.
/// </summary>
public static class KernelMeasurement
{
    /// <summary>Compares two plans, each on its own backend, over shapes with random weights.</summary>
    /// <param name="current">Backend and plan used now.</param>
    /// <param name="candidate">Backend and plan that may replace them.</param>
    /// <param name="shapes">The products that matter.</param>
    /// <param name="settings">How to measure; null for the defaults.</param>
    public static PairedMeasurement Compare(
        (IBackend Backend, KernelPlan Plan) current,
        (IBackend Backend, KernelPlan Plan) candidate,
        IReadOnlyList<GemmShape> shapes,
        MeasurementSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        var random = new Random((settings ?? new()).Seed ^ 0x77656967);
        var prepared = new List<IPreparedGemm>();
        try
        {
            var cases = new List<MeasuredCase>();
            foreach (var shape in shapes)
            {
                var weights = RandomOperand.Of(random, (long)shape.K * shape.N);
                prepared.Add(current.Backend.Prepare(current.Plan, weights, shape.K, shape.N));
                var old = prepared[^1];
                prepared.Add(candidate.Backend.Prepare(candidate.Plan, weights, shape.K, shape.N));
                cases.Add(new(shape, old.Multiply, prepared[^1].Multiply));
            }

            return Compare(cases, settings);
        }
        finally
        {
            prepared.ForEach(p => p.Dispose());
        }
    }

    /// <summary>Compares calls.</summary>
    /// <param name="cases">The products with both ways to compute them.</param>
    /// <param name="settings">How to measure; null for the defaults.</param>
    public static PairedMeasurement Compare(IReadOnlyList<MeasuredCase> cases, MeasurementSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(cases);
        settings ??= new();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Rounds, nameof(settings));
        var random = new Random(settings.Seed);
        var peak = settings.PeakOperationsPerSecond > 0
            ? settings.PeakOperationsPerSecond
            : MachinePeak.DeclaredOperationsPerSecond;
        var samples = new List<PairedSample>();
        var diagnostics = new List<Diagnostic>();
        var identical = true;
        var (currentTotal, candidateTotal) = (0.0, 0.0);
        foreach (var measured in cases)
        {
            var own = Measure(measured, settings, random, diagnostics, ref identical);
            samples.AddRange(own);
            var current = Median(own.Select(s => s.CurrentSeconds));
            var candidate = Median(own.Select(s => s.CandidateSeconds));
            currentTotal += current;
            candidateTotal += candidate;
            var floor = 2.0 * measured.Shape.Macs / peak;
            CheckFloor("the current kernel", measured.Shape, current, floor, diagnostics);
            CheckFloor("the candidate", measured.Shape, candidate, floor, diagnostics);
        }

        var ratio = candidateTotal > 0 ? currentTotal / candidateTotal : 0;
        return new(currentTotal, candidateTotal, ratio, samples.ToEquatableArray(), identical,
            diagnostics.ToEquatableArray());
    }

    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static List<PairedSample> Measure(
        MeasuredCase measured, MeasurementSettings settings, Random random, List<Diagnostic> diagnostics, ref bool identical)
    {
        var shape = measured.Shape;
        var currentResult = new int[shape.M * shape.N];
        var candidateResult = new int[shape.M * shape.N];
        var samples = new List<PairedSample>();
        for (var round = -settings.WarmupRounds; round < settings.Rounds; round++)
        {
            // Fresh values in one array would do; a fresh array as well defeats a cache keyed by address.
            var activations = RandomOperand.Of(random, (long)shape.M * shape.K);
            var (current, candidate) = (0.0, 0.0);
            if ((round & 1) == 0)
            {
                current = Time(measured.Current, activations, shape.M, currentResult, random.Next());
                candidate = Time(measured.Candidate, activations, shape.M, candidateResult, random.Next());
            }
            else
            {
                candidate = Time(measured.Candidate, activations, shape.M, candidateResult, random.Next());
                current = Time(measured.Current, activations, shape.M, currentResult, random.Next());
            }

            var differing = currentResult.AsSpan().CommonPrefixLength(candidateResult);
            if (differing < currentResult.Length && identical)
            {
                identical = false;
                diagnostics.Add(KernelDiagnostics.OutputsDiffer(
                    shape.ToString(), differing / shape.N, differing % shape.N, currentResult[differing], candidateResult[differing]));
            }

            if (round >= 0)
            {
                samples.Add(new(shape, round, current, candidate));
            }
        }

        return samples;
    }

    private static double Time(GemmCall call, sbyte[] activations, int m, int[] result, int poison)
    {
        // A different poison for each call: two kernels that write nothing must not agree.
        Array.Fill(result, poison);
        var start = Stopwatch.GetTimestamp();
        call(activations, m, result);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void CheckFloor(string kernel, GemmShape shape, double seconds, double floor, List<Diagnostic> diagnostics)
    {
        if (seconds < floor)
        {
            diagnostics.Add(KernelDiagnostics.BelowFloor(kernel, shape.ToString(), seconds, floor));
        }
    }
}
