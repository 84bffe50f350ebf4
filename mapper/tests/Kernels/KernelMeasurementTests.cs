using HwSeed.Hdl.Architectures;
using HwSeed.Hdl.Diagnostics;
using HwSeed.Kernels;
using HwSeed.Kernels.Managed;
using HwSeed.Kernels.Measurements;

namespace HwSeed.Mapper.Tests.Kernels;

public sealed class KernelMeasurementTests
{
    private static readonly GemmShape Shape = new(9, 40, 33);
    private static readonly MeasurementSettings Quick = new(Rounds: 6, WarmupRounds: 1);

    private static (IPreparedGemm Plain, IPreparedGemm Tiled) Pair()
    {
        var weights = PlainReference.Bytes(new Random(2), Shape.K * Shape.N);
        using var managed = new ManagedBackend(1);
        return (managed.Prepare(KernelPlan.Plain, weights, Shape.K, Shape.N),
            managed.Prepare(KernelBench.BaselinePlan, weights, Shape.K, Shape.N));
    }

    [Test]
    public void Two_right_kernels_are_compared_and_their_samples_kept()
    {
        using var managed = new ManagedBackend(1);
        var shapes = new[] { new GemmShape(64, 128, 128), new GemmShape(5, 64, 48) };
        var measured = KernelMeasurement.Compare((managed, KernelPlan.Plain), (managed, KernelBench.BaselinePlan), shapes, Quick);
        Assert.That(measured.IsTrustworthy, Is.True, string.Join("\n", measured.Diagnostics));
        Assert.That(measured.Samples, Has.Count.EqualTo(12));
        Assert.That(measured.Samples.Select(s => s.Round).Distinct(), Is.EqualTo(Enumerable.Range(0, 6)));
        Assert.That(
            measured.CandidateMedianSeconds,
            Is.EqualTo(shapes.Sum(s => KernelMeasurement.Median(
                measured.Samples.Where(x => x.Shape == s).Select(x => x.CandidateSeconds)))).Within(1e-12));
        Assert.That(measured.Ratio, Is.EqualTo(measured.CurrentMedianSeconds / measured.CandidateMedianSeconds));
    }

    [Test]
    public void A_wrong_kernel_is_caught()
    {
        var (plain, tiled) = Pair();
        var measured = KernelMeasurement.Compare(
            [
                new(Shape, plain.Multiply, (a, m, c) =>
                {
                    tiled.Multiply(a, m, c);
                    c[^1]++;
                }),
            ],
            Quick);
        Assert.That(measured.OutputsIdentical, Is.False);
        Assert.That(measured.Favours(0), Is.False);
        Assert.That(measured.Diagnostics[0].Code, Is.EqualTo("HW4107"));
        Assert.That(measured.Diagnostics[0].Message, Does.StartWith("on 9x40x33: C[8,32] is "));
    }

    [Test]
    public void A_kernel_that_returns_a_cached_result_is_caught()
    {
        var (plain, tiled) = Pair();
        int[]? cached = null;
        void Cheat(ReadOnlySpan<sbyte> a, int m, Span<int> c)
        {
            if (cached is null)
            {
                tiled.Multiply(a, m, c);
                cached = c.ToArray();
            }

            cached.CopyTo(c);
        }

        Assert.That(KernelMeasurement.Compare([new(Shape, plain.Multiply, Cheat)], Quick).OutputsIdentical, Is.False);
    }

    [Test]
    public void A_kernel_that_leaves_the_result_alone_is_caught()
    {
        // Both sides: the poison of either must not make them agree.
        static void Idle(ReadOnlySpan<sbyte> a, int m, Span<int> c)
        {
        }

        Assert.That(KernelMeasurement.Compare([new(Shape, Idle, Idle)], Quick).OutputsIdentical, Is.False);
    }

    [Test]
    public void A_time_below_the_floor_is_rejected()
    {
        var (plain, tiled) = Pair();
        var measured = KernelMeasurement.Compare(
            [new(Shape, plain.Multiply, tiled.Multiply)], Quick with { PeakOperationsPerSecond = 1e6 });
        Assert.That(measured.OutputsIdentical, Is.True);
        Assert.That(measured.IsTrustworthy, Is.False);
        Assert.That(measured.Diagnostics.Select(d => d.Code), Is.All.EqualTo("HW4106"));
    }

    [Test]
    public void Medians_are_of_the_middle()
    {
        Assert.That(KernelMeasurement.Median([3, 1, 100]), Is.EqualTo(3));
        Assert.That(KernelMeasurement.Median([4, 1, 2, 100]), Is.EqualTo(3));
    }

    [Test]
    public void Verification_passes_a_right_kernel_on_unseen_shapes()
    {
        using var managed = new ManagedBackend(1);
        var shapes = KernelVerification.UnseenShapes(KernelBench.Shapes, 6, 11);
        Assert.That(shapes, Has.Count.EqualTo(6));
        Assert.That(shapes, Is.EqualTo(KernelVerification.UnseenShapes(KernelBench.Shapes, 6, 11)));
        var verified = KernelVerification.Verify(managed, KernelBench.BaselinePlan, shapes, 5);
        Assert.That(verified.IsOk, Is.True, string.Join("\n", verified.Diagnostics));
    }

    [Test]
    public void Verification_catches_a_kernel_that_is_right_only_on_its_tuned_shape()
    {
        using var overfitted = new Overfitted(33);
        Assert.That(KernelVerification.Verify(overfitted, KernelBench.BaselinePlan, [Shape], 5).IsOk, Is.True);
        var verified = KernelVerification.Verify(
            overfitted, KernelBench.BaselinePlan, KernelVerification.UnseenShapes([Shape], 3, 1), 5);
        Assert.That(verified.IsOk, Is.False);
        Assert.That(verified.Diagnostics.Select(d => d.Code), Is.All.EqualTo("HW4105"));
    }

    [Test]
    public void The_bench_gives_rows_in_the_contracts_shape()
    {
        var rows = KernelBench.Run(shapes: [new(8, 32, 32)], settings: new(Rounds: 3, WarmupRounds: 1));
        Assert.That(rows, Has.Count.GreaterThanOrEqualTo(2));
        Assert.That(rows.Select(r => r.Ours), Is.All.GreaterThan(0));
        Assert.That(
            System.Text.Json.JsonSerializer.Serialize(rows[0] with { Name = "n", Ours = 2, Theirs = 1, Against = "a", Ratio = 2 }),
            Is.EqualTo("""{"name":"n","unit":"GOP/s","ours":2,"theirs":1,"against":"a","ratio":2,"runs":3}"""));
    }

    [Test]
    public void Every_code_is_described_once()
    {
        var codes = KernelDiagnostics.Descriptors.Select(d => d.Code).ToList();
        Assert.That(codes, Is.Ordered.And.Unique);
        Assert.That(codes, Is.All.Match("^HW41[0-9]{2}$"));
    }

    /// <summary>Right for one number of columns only.</summary>
    private sealed class Overfitted(int columns) : IBackend
    {
        private readonly ManagedBackend _inner = new(1);

        public string Name => "overfitted";

        public IPreparedGemm Prepare(KernelPlan plan, ReadOnlySpan<sbyte> weights, int k, int n)
        {
            var changed = weights.ToArray();
            if (n != columns)
            {
                changed[0] ^= 1;
            }

            return _inner.Prepare(plan, changed, k, n);
        }

        public void Dispose() => _inner.Dispose();
    }
}
